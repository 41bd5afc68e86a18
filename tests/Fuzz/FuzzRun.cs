using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Fuzz;

/// <summary>
/// Runs targets in turn for a number of messages or a time. It ends with a fault if one throws, if a message takes too long, or if memory grows
/// once the first tenth is through.
/// </summary>
sealed class FuzzRun
{
    /// <summary>One message takes microseconds; whoever takes this long hangs.</summary>
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    /// <summary>Of live objects; buffers of the parts that were idle in the first tenth are among them.</summary>
    const long MostManaged = 8 << 20;

    /// <summary>Of the whole process, native libraries included: heaps settle late, a leak of 100 B a message does not stay below.</summary>
    const long MostResident = 64 << 20;

    readonly IReadOnlyList<FuzzTarget> targets;
    readonly Stopwatch watch = Stopwatch.StartNew();
    FuzzTarget? current;
    long since;

    public FuzzRun(IReadOnlyList<FuzzTarget> targets) => this.targets = targets;

    /// <param name="count">Messages in all; 0 = as many as the time allows.</param>
    /// <param name="time">How long at most.</param>
    /// <returns>The exit code.</returns>
    public int Run(long count, TimeSpan time)
    {
        using var guard = new Timer(_ => LookForHang(), null, Hang, TimeSpan.FromSeconds(1));
        var round = targets.Sum(t => (long)t.Share);
        (long Managed, long Resident) before = default;
        for (long done = 0, rounds = 0; (count == 0 || done < count) && watch.Elapsed < time; done += round, rounds++)
        {
            foreach (var target in targets) Run(target);
            if (before.Managed == 0 && (watch.Elapsed > time / 10 || count > 0 && done > count / 10)) before = Memory();
        }
        var after = Memory();
        foreach (var target in targets) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {target.Count} messages, {target.ReadPercent:F1} % read"));
        var (managed, resident) = (after.Managed - before.Managed, after.Resident - before.Resident);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{targets.Sum(t => t.Count)} messages in {watch.Elapsed.TotalSeconds:F0} s; grown by {managed / 1024} kB of objects, {resident / 1024} kB resident"));
        if (managed <= MostManaged && resident <= MostResident) return 0;
        Console.Error.WriteLine("memory grows");
        return 1;
    }

    void Run(FuzzTarget target)
    {
        Volatile.Write(ref since, Stopwatch.GetTimestamp());
        Volatile.Write(ref current, target);
        target.Run(target.Share);
        Volatile.Write(ref current, null);
    }

    void LookForHang()
    {
        if (Volatile.Read(ref current) is not { } target || Stopwatch.GetElapsedTime(Volatile.Read(ref since)) < Hang) return;
        Console.Error.WriteLine($"{target.Name} hangs after {target.Count} messages");
        Environment.Exit(1);
    }

    static (long Managed, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (managed, self.WorkingSet64);
    }
}
