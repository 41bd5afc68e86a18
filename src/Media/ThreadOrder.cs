using CallCenter.Media.Transport;

namespace CallCenter.Media;

/// <summary>Which threads the machine runs first.</summary>
public static class ThreadOrder
{
    /// <summary>Of the calling thread, from now on.</summary>
    /// <param name="niceness">-20 (first) to 19. Without the right to go before others (CAP_SYS_NICE) the thread stays where it is.</param>
    public static void Set(int niceness) => Libc.SetPriority(0, 0, niceness);
}
