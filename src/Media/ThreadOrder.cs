using CallCenter.Media.Transport;

namespace CallCenter.Media;

/// <summary>Which threads the machine runs first.</summary>
public static class ThreadOrder
{
    /// <summary>Of the calling thread, from now on.</summary>
    /// <param name="niceness">-20 (first) to 19. Without the right to go before others (CAP_SYS_NICE) the thread stays where it is.</param>
    public static void Set(int niceness) => Libc.SetPriority(0, 0, niceness);

    /// <summary>
    /// The calling thread goes before every thread that has no deadline of this kind, from now on: SCHED_RR (sched(7)), with the least of its priorities. What it starts is as
    /// all others are. The machine keeps a twentieth of a core for the others, should it never rest.
    /// </summary>
    /// <returns>False: the process may not (CAP_SYS_NICE or RLIMIT_RTPRIO), and the thread stays as it was.</returns>
    public static unsafe bool TryRealTime()
    {
        var priority = 1;
        return Libc.SetScheduler(0, Libc.SchedRoundRobin | Libc.SchedResetOnFork, &priority) == 0;
    }
}
