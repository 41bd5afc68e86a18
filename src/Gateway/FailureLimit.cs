using System.Collections.Concurrent;

namespace CallCenter.Gateway;

/// <summary>Counts failures by address in windows of fixed length; successes cost nothing.</summary>
internal sealed class FailureLimit(GatewayOptions options, TimeProvider time)
{
    private const int SweepAt = 50_000;
    private readonly ConcurrentDictionary<string, Window> windows = new();

    /// <summary>How long the address must wait; null if it need not.</summary>
    public TimeSpan? Wait(string address) =>
        windows.TryGetValue(address, out var window) && window.Failures >= options.FailuresPerAddress && window.Ends - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    public void Failed(string address)
    {
        var now = time.GetUtcNow();
        if (windows.Count >= SweepAt)
            foreach (var (old, window) in windows)
                if (window.Ends <= now) windows.TryRemove(old, out _);
        windows.AddOrUpdate(address, _ => new(1, now + options.FailureWindow), (_, window) => window.Ends <= now ? new(1, now + options.FailureWindow) : window with { Failures = window.Failures + 1 });
    }

    private readonly record struct Window(int Failures, DateTimeOffset Ends);
}
