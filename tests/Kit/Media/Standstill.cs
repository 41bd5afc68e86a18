namespace CallCenter.Kit.Media;

/// <summary>
/// When this process itself stood still: times in which a mouth was due to speak, or a phone to send a message, and did not run, because its process, its
/// processor or its machine was stopped. What a far end did not send in such a time nobody can have heard.
/// </summary>
public static class Standstill
{
    /// <summary>ns; less is the ordinary lateness of a timer.</summary>
    const long Least = 5_000_000;

    static readonly Lock gate = new();
    static readonly List<(long From, long To)> times = [];

    /// <summary>A mouth or a phone was due, and ran. Both ns, CLOCK_MONOTONIC.</summary>
    public static void Note(long due, long ran)
    {
        if (ran - due < Least) return;
        lock (gate) times.Add((due, ran));
    }

    /// <summary>ns of a time span in which the process stood still; counted once, however many mouths noticed.</summary>
    public static long Within(long from, long to)
    {
        (long From, long To)[] hit;
        lock (gate) hit = [.. times.Where(t => t.From < to && t.To > from)];
        var (sum, upTo) = (0L, from);
        foreach (var (begin, end) in hit.OrderBy(static t => t.From))
        {
            var (first, last) = (Math.Max(begin, upTo), Math.Min(end, to));
            if (last <= first) continue;
            sum += last - first;
            upTo = last;
        }
        return sum;
    }

    /// <summary>ns of a time span in which it ran.</summary>
    public static long Without(long from, long to) => to - from - Within(from, to);
}
