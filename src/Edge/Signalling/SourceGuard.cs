using System.Net;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// Counts failed log-ins by source address, tenant and extension. After too many within a minute a wrong digest is refused with 403
/// instead of being challenged again, and guessing is slow, however many requests are sent at once: passwords are looked at one after
/// the other, and each wrong one takes a second. Failures only: a right digest passes, as does everybody else at that address;
/// it waits only while guesses of its own source and extension stand before it. Lives on the loop.
/// </summary>
sealed class SourceGuard(int allowed)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>What a wrong password costs.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Who would wait longer is refused unseen: a phone gives its request up after 32 s (RFC 3261 §17.1.2.2), and comes again.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>Counts remembered; a flood of forged addresses forgets them all, and costs no memory beyond.</summary>
    const int Most = 10_000;

    readonly Dictionary<(IPAddress, TenantId, string), Seen> sources = [];

    /// <param name="FreeAt">When the next password may be looked at.</param>
    readonly record struct Seen(int Failures, DateTimeOffset Since, DateTimeOffset FreeAt);

    public bool IsBlocked(IPAddress source, TenantId tenant, string extension, DateTimeOffset now) =>
        sources.TryGetValue(Key(source, tenant, extension), out var seen) && IsBlocked(seen, now);

    /// <summary>How long a password must wait before it is looked at; it is the next one's turn a pause later. Null: too many wait.</summary>
    public TimeSpan? Turn(IPAddress source, TenantId tenant, string extension, DateTimeOffset now)
    {
        var key = Key(source, tenant, extension);
        if (!sources.TryGetValue(key, out var seen) || !IsBlocked(seen, now)) return TimeSpan.Zero;
        var at = seen.FreeAt > now ? seen.FreeAt : now;
        if (at - now > LongestWait) return null;
        sources[key] = seen with { FreeAt = at + Pause };
        return at - now;
    }

    public void Failed(IPAddress source, TenantId tenant, string extension, DateTimeOffset now)
    {
        if (sources.Count >= Most) sources.Clear();
        var key = Key(source, tenant, extension);
        var seen = sources.GetValueOrDefault(key);
        sources[key] = now - seen.Since < Window ? seen with { Failures = seen.Failures + 1 } : new(1, now, seen.FreeAt);
    }

    public void Succeeded(IPAddress source, TenantId tenant, string extension) => sources.Remove(Key(source, tenant, extension));

    bool IsBlocked(in Seen seen, DateTimeOffset now) => seen.Failures >= allowed && now - seen.Since < Window;

    /// <summary>What cannot be an extension is counted as one: such a text may have the length of a datagram.</summary>
    static (IPAddress, TenantId, string) Key(IPAddress source, TenantId tenant, string extension) =>
        (source, tenant, Domain.Agents.Extension.IsValid(extension) ? extension : "");
}
