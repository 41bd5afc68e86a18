using System.Collections.Concurrent;

namespace CallCenter.Api.Access;

/// <summary>
/// Sessions that ended before their time, each remembered in a file until the token would have expired anyway. Sign-out
/// bites at once in the process that did it, and within <see cref="Trust"/> in any other.
/// </summary>
internal sealed class EndedSessions(IBlobs blobs, TimeProvider time)
{
    /// <summary>How long a look at the files is believed.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);
    private const string Folder = "ended-sessions/";
    private const int SweepAt = 10_000;

    private readonly ConcurrentDictionary<string, Known> known = new();

    public async Task End(SessionToken session, CancellationToken stop)
    {
        known[session.Id] = new(Ended: true, session.Expires, DateTimeOffset.MaxValue);
        await blobs.Write(session.Tenant, NameOf(session), "ended"u8.ToArray(), stop);
        await DropExpired(session.Tenant, stop);
    }

    public async ValueTask<bool> HasEnded(SessionToken session, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(session.Id, out var seen) && seen.Until > now) return seen.Ended;
        var ended = await blobs.Read(session.Tenant, NameOf(session), stop) is not null;
        if (known.Count >= SweepAt) Sweep(now);
        var read = new Known(ended, session.Expires, ended ? DateTimeOffset.MaxValue : now + Trust);
        return known.AddOrUpdate(session.Id, read, (_, other) => other.Ended ? other : read).Ended; // it may have ended while we looked
    }

    /// <summary>The folder does not grow without end. A session's id begins with its end, so that the oldest stand first.</summary>
    private async Task DropExpired(TenantId tenant, CancellationToken stop)
    {
        var now = SessionToken.NewId(time.GetUtcNow());
        foreach (var name in (await blobs.List(tenant, Folder, stop)).TakeWhile(name => string.CompareOrdinal(name, Folder + now) < 0))
            await blobs.Delete(tenant, name, stop);
    }

    /// <summary>Nor does the memory.</summary>
    private void Sweep(DateTimeOffset now)
    {
        foreach (var (id, seen) in known)
            if (seen.Expires < now || seen.Until < now) known.TryRemove(id, out _);
    }

    private static string NameOf(SessionToken session) => Folder + session.Id;

    private readonly record struct Known(bool Ended, DateTimeOffset Expires, DateTimeOffset Until);
}
