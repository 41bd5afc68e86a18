using System.Net;
using System.Net.Mail;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Hands mails to an SMTP server.</summary>
internal sealed class SmtpMailer(MailOptions? options) : IMailer
{
    private const int TimeoutMilliseconds = 20_000;

    public async Task Send(Mail mail, CancellationToken stop = default)
    {
        if (options is null) throw new MailException("no mail server is set (Mail:Host)");
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls, Timeout = TimeoutMilliseconds };
        if (options.User is { } user) client.Credentials = new NetworkCredential(user, options.Password?.Value);
        using var message = new MailMessage(options.From, mail.To, mail.Subject, mail.Text);
        try
        {
            await client.SendMailAsync(message, stop);
        }
        catch (SmtpException fault)
        {
            throw new MailException($"the mail server refused it or does not answer ({fault.StatusCode})", fault);
        }
    }
}
