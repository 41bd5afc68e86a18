using System.Net;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// Counts failed log-ins by source address and extension: after too many within a minute a wrong digest is refused with 403
/// instead of being challenged again. Failures only: a right digest always passes, and so does everybody else at that address.
/// Lives on the loop.
/// </summary>
sealed class SourceGuard(int allowed)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Sources remembered; a flood of forged addresses forgets the oldest counts, and costs no memory beyond.</summary>
    const int Most = 10_000;

    readonly Dictionary<(IPAddress, string), (int Failures, DateTimeOffset Since)> sources = [];

    public bool IsBlocked(IPAddress source, string extension, DateTimeOffset now) =>
        sources.TryGetValue((source, extension), out var seen) && seen.Failures >= allowed && now - seen.Since < Window;

    public void Failed(IPAddress source, string extension, DateTimeOffset now)
    {
        if (sources.Count >= Most) sources.Clear();
        var seen = sources.GetValueOrDefault((source, extension));
        sources[(source, extension)] = now - seen.Since < Window ? (seen.Failures + 1, seen.Since) : (1, now);
    }

    public void Succeeded(IPAddress source, string extension) => sources.Remove((source, extension));
}
