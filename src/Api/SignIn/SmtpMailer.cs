using System.Net;
using System.Net.Mail;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Hands mails to an SMTP server.</summary>
internal sealed class SmtpMailer(MailOptions? options, TimeProvider time) : IMailer
{
    /// <summary>A server that takes longer has the mail not; <see cref="SmtpClient.Timeout"/> does not hold for what is sent asynchronously.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task Send(Mail mail, CancellationToken stop = default)
    {
        if (options is null) throw new MailException("no mail server is set (Mail:Host)");
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls };
        if (options.User is { } user) client.Credentials = new NetworkCredential(user, options.Password?.Value);
        using var message = new MailMessage(options.From, mail.To, mail.Subject, mail.Text);
        using var late = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await client.SendMailAsync(message, either.Token);
        }
        catch (SmtpException fault)
        {
            throw new MailException($"the mail server refused it or cannot be reached ({fault.StatusCode})", fault);
        }
        catch (OperationCanceledException gaveUp) when (!stop.IsCancellationRequested)
        {
            throw new MailException("the mail server does not answer", gaveUp);
        }
    }
}
