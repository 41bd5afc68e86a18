using System.Diagnostics;

namespace CallCenter.AppHost.Running;

/// <summary>
/// The process's one clock: UTC read once, then the monotonic clock. A step of the machine's clock neither stretches nor
/// shortens a call, and no two parts of the process disagree about "now".
/// </summary>
internal sealed class AnchoredTime : TimeProvider
{
    public static readonly AnchoredTime Instance = new();

    private readonly DateTimeOffset anchor = System.GetUtcNow();
    private readonly long start = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => anchor + Stopwatch.GetElapsedTime(start);
}
