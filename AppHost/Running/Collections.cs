using System.Runtime;
using CallCenter.Contracts.Edges;
using CallCenter.Media;

namespace CallCenter.AppHost.Running;

/// <summary>
/// Collections that stop the media threads for as short a time as can be.
/// </summary>
/// <remarks>
/// <para>Full ones run beside the media threads, not in their place. The runtime ends the thread of its background collector after 20 s without work; the next full
/// collection, which starts the thread anew, is then done blocking (seen three times of three, 54 ms at 55 MB). So there is always one before that: some 50 ms of CPU each
/// at that size.</para>
/// <para>The middle generation is collected often, and so a little at a time, while many talk (<see cref="Many"/>): left alone it gathers what two seconds of calls leave
/// behind, which takes 6–14 ms to move at 50 calls/s; by every third young collection mostly 4–6, 9 at worst. It is done by a thread that goes before others: all others
/// wait for it. It costs some 0.7 ms of CPU a call at that rate, so it is left alone where few would hear the difference.</para>
/// </remarks>
internal sealed class Collections : IDisposable
{
    /// <summary>Below the runtime's 20 s, with room for a timer that is late.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>Between two looks: young collections are some 80 ms apart at 50 calls/s.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private const int YoungOnes = 3, Niceness = -11;

    /// <summary>Live calls from which on short stops are worth their price.</summary>
    private const int Many = 100;

    private readonly ITimer full;
    private readonly Thread middle;
    private readonly ManualResetEventSlim over = new();
    private volatile IEdges? edges;

    public Collections(TimeProvider time)
    {
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        full = time.CreateTimer(static _ => Begin(), null, TimeSpan.Zero, Pause);
        middle = new(KeepMiddleSmall) { Name = "collections", IsBackground = true };
        middle.Start();
    }

    /// <summary>From now on it is known how many calls there are.</summary>
    public void Watch(IEdges? calls) => edges = calls;

    public void Dispose()
    {
        full.Dispose();
        over.Set();
        middle.Join();
        over.Dispose();
    }

    /// <summary>Returns when the collection is under way; one that is under way already is left alone.</summary>
    private static void Begin() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);

    private void KeepMiddleSmall()
    {
        ThreadOrder.Set(Niceness);
        for (var (youngThen, middleThen) = (0, 0); !over.Wait(Look);)
        {
            if (edges is not { LiveCalls: >= Many }) continue;
            var (young, done) = (GC.CollectionCount(0), GC.CollectionCount(1)); // each counts the older ones too
            if (done == middleThen && young - youngThen < YoungOnes) continue;
            if (done == middleThen) GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            (youngThen, middleThen) = (GC.CollectionCount(0), GC.CollectionCount(1));
        }
    }
}
