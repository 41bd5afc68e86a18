using System.Net.Security;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace CallCenter.Gateway.Tls;

/// <summary>What hosts without a certificate of their own show: a file, read anew when it has changed. While a new one cannot be read the old one is shown.</summary>
internal sealed class DefaultCertificate
{
    /// <summary>Between two looks at the file.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly string file;
    private readonly string? password;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock turn = new();
    private SslStreamCertificateContext shown;
    private DateTime writtenAt;
    private long lookedAt;

    /// <exception cref="CryptographicException">There is no certificate with its key in the file.</exception>
    public DefaultCertificate(string file, string? password, TimeProvider time, ILogger log)
    {
        (this.file, this.password, this.time, this.log) = (file, password, time, log);
        (writtenAt, lookedAt) = (File.GetLastWriteTimeUtc(file), time.GetTimestamp());
        shown = ShownCertificate.FromFile(file, password);
    }

    public SslStreamCertificateContext Shown
    {
        get
        {
            lock (turn)
            {
                if (time.GetElapsedTime(lookedAt) >= Look) LookAgain();
                return shown;
            }
        }
    }

    private void LookAgain()
    {
        lookedAt = time.GetTimestamp();
        var written = File.GetLastWriteTimeUtc(file);
        if (written == writtenAt) return;
        try
        {
            shown = ShownCertificate.FromFile(file, password);
            writtenAt = written;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or ArgumentException or UnauthorizedAccessException) // half written: the next look reads it
        {
            log.DefaultCertificateUnreadable(fault.GetType().Name);
        }
    }
}
