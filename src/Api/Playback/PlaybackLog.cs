using System.Collections.Concurrent;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Playback;

/// <summary>Writes down who listened to what, before the first byte leaves. A player asks for a recording in many ranges: they are one playback for <see cref="Once"/>.</summary>
internal sealed class PlaybackLog(IAuditLog audit, TimeProvider time)
{
    public static readonly TimeSpan Once = TimeSpan.FromMinutes(10);
    private const int SweepAt = 10_000;

    private readonly ConcurrentDictionary<(TenantId Tenant, string User, string? Address, string Recording), DateTimeOffset> written = new();

    public async Task Add(Caller caller, string recording, CancellationToken stop)
    {
        var (key, now) = ((caller.Tenant, caller.User, caller.Address, recording), time.GetUtcNow());
        if (written.TryGetValue(key, out var at) && now - at < Once) return;
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.RecordingPlayed, recording), stop);
        if (written.Count >= SweepAt) Sweep(now);
        written[key] = now;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, at) in written)
            if (now - at >= Once) written.TryRemove(key, out _);
        if (written.Count >= SweepAt) written.Clear(); // the same is written twice then
    }
}
