using System.Collections.Concurrent;
using System.Net.Security;
using CallCenter.Contracts;
using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Media;
using CallCenter.Domain.Tenants;
using Microsoft.Extensions.Logging;

namespace CallCenter.Gateway.Tls;

/// <summary>
/// Which certificate a host shows, by the name that the browser asks for (SNI, RFC 6066 §3). The configuration is asked at each handshake, which costs more
/// than the question by far: what was changed is shown from the next one on. Only what was parsed is kept.
/// </summary>
internal sealed class HostCertificates(IConfigurationStore store, ITenantCipher cipher, DefaultCertificate fallback, ILogger<HostCertificates> log)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <param name="name">Null or unknown: nobody's host.</param>
    public async ValueTask<SslStreamCertificateContext> For(string? name, CancellationToken stop)
    {
        var host = name?.ToLowerInvariant() ?? "";
        if (!HostName.IsValid(host)) return fallback.Shown;
        try
        {
            return await Own(host, stop) ?? fallback.Shown;
        }
        catch (StorageOutageException) // who was shown a certificate before goes on with it
        {
            return kept.TryGetValue(host, out var before) ? before.Shown : fallback.Shown;
        }
    }

    private async Task<SslStreamCertificateContext?> Own(string host, CancellationToken stop)
    {
        if (await store.FindTenantByDomain(host, stop) is not { } tenant || await store.Find<HostCertificate>(tenant.Tenant, host, stop) is not { } certificate)
        {
            kept.TryRemove(host, out _);
            return null;
        }
        if (kept.TryGetValue(host, out var known) && known.Owner == certificate.Owner && known.Thumbprint == certificate.Thumbprint && known.Version == certificate.Version) return known.Shown;
        if (cipher.Open(certificate.Owner, certificate.Key) is not { } key || ShownCertificate.FromPem(certificate.Chain, key.Value) is not { } shown)
        {
            log.CertificateUnreadable(host);
            return null;
        }
        if (kept.Count >= Most) kept.Clear();
        kept[host] = new(certificate.Owner, certificate.Version, certificate.Thumbprint, shown);
        return shown;
    }

    private sealed record Kept(TenantId Owner, long Version, string Thumbprint, SslStreamCertificateContext Shown);
}

internal static partial class TlsLog
{
    [LoggerMessage(4101, LogLevel.Error, "The certificate of {Host} cannot be read or its key cannot be opened; the platform's own is shown: set it again")]
    public static partial void CertificateUnreadable(this ILogger log, string host);

    [LoggerMessage(4102, LogLevel.Warning, "The changed file of the platform's certificate cannot be read ({Fault}); the one before is shown")]
    public static partial void DefaultCertificateUnreadable(this ILogger log, string fault);
}
