using System.Runtime;

namespace CallCenter.AppHost.Running;

/// <summary>
/// Full collections run beside the media threads, not in their place. The runtime ends the thread of its background collector after
/// 20 s without work; the next full collection, which starts the thread anew, is then done blocking (seen three times of three, 54 ms
/// at 55 MB). So there is always one before that: some 50 ms of CPU each at that size.
/// </summary>
internal sealed class Collections : IDisposable
{
    /// <summary>Below the runtime's 20 s, with room for a timer that is late.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly ITimer timer;

    public Collections(TimeProvider time)
    {
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        timer = time.CreateTimer(static _ => Begin(), null, TimeSpan.Zero, Pause);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Returns when the collection is under way; one that is under way already is left alone.</summary>
    private static void Begin() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
}
