using System.Threading.Channels;
using CallCenter.Contracts.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.SignIn;

/// <summary>Sends mails beside the requests, so that an answer takes as long for an account that is not there as for one that is.</summary>
internal sealed partial class MailRoom(IMailer mailer, ILogger<MailRoom> log) : BackgroundService
{
    private const int Most = 1_000;
    private readonly Channel<Mail> waiting = System.Threading.Channels.Channel.CreateBounded<Mail>(Most);

    public void Post(Mail mail)
    {
        if (!waiting.Writer.TryWrite(mail)) Full(log, Most);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mail in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await mailer.Send(mail, stoppingToken);
            }
            catch (MailException fault) // who asked for a link asks again; the reason is for those who run this
            {
                NotSent(log, fault.Message);
            }
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "A mail was not sent: {Reason}")]
    private static partial void NotSent(ILogger log, string reason);

    [LoggerMessage(3202, LogLevel.Warning, "A mail was dropped: {Most} wait already")]
    private static partial void Full(ILogger log, int most);
}
