using System.Runtime.InteropServices;

namespace CallCenter.Kit.Media;

/// <summary>Where and before whom a thread runs (sched(7)).</summary>
static unsafe partial class ThreadPlace
{
    /// <summary>SCHED_FIFO; what the thread starts is as all others are.</summary>
    const int FirstComeFirst = 1 | 0x4000_0000;

    /// <summary>The media loops of the product have the least, 1.</summary>
    const int Priority = 2;

    /// <summary>The calling thread stays on that processor, and goes before all with a lower priority in real time.</summary>
    /// <returns>False: the process may not, or has no such processor.</returns>
    public static bool TryFirstOn(int processor)
    {
        if (processor >= 64) return false;
        var (set, priority) = (1ul << processor, Priority);
        return SetAffinity(0, sizeof(ulong), &set) == 0 && SetScheduler(0, FirstComeFirst, &priority) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, int* priority);
}
