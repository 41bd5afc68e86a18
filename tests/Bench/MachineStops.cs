using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Bench;

/// <summary>
/// <c>bench stops [seconds]</c>: how often and for how long this machine takes each core away from a thread that only reads the clock, and what that alone does
/// to the delay of a relay: no loop on these cores can do better at that load, whatever its code. To be read beside the figures of <c>bench relay</c>.
/// </summary>
static class MachineStops
{
    /// <summary>Reading the clock takes well below; what is longer was no time of the thread's own.</summary>
    const double LeastMs = 0.05;

    /// <summary>When the core was away, in ms from the beginning.</summary>
    readonly record struct Stop(double From, double Until)
    {
        public double Ms => Until - From;
    }

    public static int Run(ReadOnlySpan<string> args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        var seen = new List<Stop>[Environment.ProcessorCount];
        var threads = seen.Select((_, core) => new Thread(() => seen[core] = Spin(seconds)) { Name = "spin" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine("core  stops/s  % of the time  longest ms  over 2 ms  over 5 ms");
        for (var core = 0; core < seen.Length; core++)
        {
            var stops = seen[core];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{core,4}  {stops.Count / (double)seconds,7:F1}  {stops.Sum(s => s.Ms) / seconds / 10,13:F2}  {stops.Select(s => s.Ms).DefaultIfEmpty().Max(),10:F1}  {stops.Count(s => s.Ms > 2),9}  {stops.Count(s => s.Ms > 5),9}"));
        }
        Console.WriteLine("\na loop that is busy for … of its core: delay p99 / longest, in ms, by these stops alone");
        foreach (var busy in new[] { 30, 50, 60, 70, 80, 90, 95 })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{busy,3} %  {string.Join("   ", seen.Select(stops => Delays(stops, seconds * 1000, busy / 100.0)).Select(d => $"{d.P99:F1} / {d.Longest:F1}"))}"));
        return 0;
    }

    static List<Stop> Spin(int seconds)
    {
        List<Stop> stops = new(100_000);
        var (began, perMs) = (Stopwatch.GetTimestamp(), Stopwatch.Frequency / 1000.0);
        for (double last = 0, end = seconds * 1000; last < end;)
        {
            var now = (Stopwatch.GetTimestamp() - began) / perMs;
            if (now - last > LeastMs) stops.Add(new(last, now));
            last = now;
        }
        return stops;
    }

    /// <summary>
    /// The queue of a server that work reaches as an even stream: while the core is away it grows by <paramref name="busy"/> ms a ms, and what comes waits for the end of the
    /// stop besides; afterwards it shrinks by 1 − <paramref name="busy"/>.
    /// </summary>
    static (double P99, double Longest) Delays(List<Stop> stops, double ms, double busy)
    {
        const double Step = 0.05;
        var delays = new Histogram();
        var (queue, next, longest) = (0.0, 0, 0.0);
        for (double now = 0; now < ms; now += Step)
        {
            while (next < stops.Count && stops[next].Until <= now) next++;
            var away = next < stops.Count && stops[next].From <= now ? stops[next].Until - now : 0;
            queue = Math.Max(0, queue + Step * (away > 0 ? busy : busy - 1));
            delays.Add((long)((queue + away) * 1000));
            longest = Math.Max(longest, queue + away);
        }
        return (delays.Percentile(.99) / 1000, longest);
    }
}
