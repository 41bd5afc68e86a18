using System.Net;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// Counts failed log-ins by source address, tenant and extension: after too many within a minute a wrong digest is refused with 403
/// instead of being challenged again. Failures only: a right digest always passes, and so does everybody else at that address.
/// Lives on the loop.
/// </summary>
sealed class SourceGuard(int allowed)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Counts remembered; a flood of forged addresses forgets them all, and costs no memory beyond.</summary>
    const int Most = 10_000;

    readonly Dictionary<(IPAddress, TenantId, string), (int Failures, DateTimeOffset Since)> sources = [];

    public bool IsBlocked(IPAddress source, TenantId tenant, string extension, DateTimeOffset now) =>
        sources.TryGetValue(Key(source, tenant, extension), out var seen) && seen.Failures >= allowed && now - seen.Since < Window;

    public void Failed(IPAddress source, TenantId tenant, string extension, DateTimeOffset now)
    {
        if (sources.Count >= Most) sources.Clear();
        var key = Key(source, tenant, extension);
        var seen = sources.GetValueOrDefault(key);
        sources[key] = now - seen.Since < Window ? (seen.Failures + 1, seen.Since) : (1, now);
    }

    public void Succeeded(IPAddress source, TenantId tenant, string extension) => sources.Remove(Key(source, tenant, extension));

    /// <summary>What cannot be an extension is counted as one: such a text may have the length of a datagram.</summary>
    static (IPAddress, TenantId, string) Key(IPAddress source, TenantId tenant, string extension) =>
        (source, tenant, Domain.Agents.Extension.IsValid(extension) ? extension : "");
}
