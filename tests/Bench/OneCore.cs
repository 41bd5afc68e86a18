using System.Globalization;
using System.Runtime.InteropServices;

namespace CallCenter.Bench;

/// <summary>Holds every thread of the process on one core, those to come included (they inherit it).</summary>
static partial class OneCore
{
    static ulong before;

    internal static void Enter()
    {
        if (!OperatingSystem.IsLinux()) return;
        sched_getaffinity(0, sizeof(ulong), out before);
        Set(before & (~before + 1));
    }

    internal static void Leave()
    {
        if (OperatingSystem.IsLinux()) Set(before);
    }

    static void Set(ulong mask)
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            sched_setaffinity(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), sizeof(ulong), in mask);
        }
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int pid, nint size, out ulong mask);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int pid, nint size, in ulong mask);
}
