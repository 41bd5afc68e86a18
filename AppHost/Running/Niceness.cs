using System.Runtime.InteropServices;

namespace CallCenter.AppHost.Running;

/// <summary>
/// The program goes before other work of the machine: who talks hears each thread that is held up, above all one that collects garbage while
/// all others stand. Media threads go before the rest of it.
/// </summary>
internal static partial class Niceness
{
    private const int OfProcess = -5;

    /// <summary>To be said first: a thread takes its niceness (−20–19) from the one that starts it. Without CAP_SYS_NICE or a limit that allows it all stays as it is.</summary>
    public static void Take() => _ = SetPriority(0, 0, OfProcess);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int thread, int niceness);
}
