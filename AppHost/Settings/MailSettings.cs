using System.Net;
using System.Net.Mail;
using CallCenter.Api;
using CallCenter.Domain;

namespace CallCenter.AppHost.Settings;

/// <summary>The server that takes our mails: <c>Mail:Host</c> (absent = none are sent), <c>Mail:Port</c>, <c>Mail:From</c>, <c>Mail:User</c>, <c>Mail:Password</c>, <c>Mail:Tls</c>.</summary>
internal static class MailSettings
{
    /// <summary>Submission (RFC 6409 §3.1).</summary>
    private const int SubmissionPort = 587;

    public static MailOptions? Read(SettingsReader read)
    {
        var (port, tls) = (read.Number("Mail:Port", SubmissionPort, 1, IPEndPoint.MaxPort), read.Flag("Mail:Tls") ?? true);
        if (read.Text("Mail:Host") is not { } host) return null;
        var from = read.Text("Mail:From");
        if (from is null || !MailAddress.TryCreate(from, out _)) read.Fault("Mail:From", "must be an e-mail address where Mail:Host is set");
        return new(host, port, from ?? "", read.Text("Mail:User"), read.Text("Mail:Password") is { } password ? new Secret(password) : null, tls);
    }
}
