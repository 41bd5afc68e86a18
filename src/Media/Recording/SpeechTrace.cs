namespace CallCenter.Media.Recording;

/// <summary>A stretch of speech on a track, in ms from its start.</summary>
public readonly record struct Spurt(int From, int To)
{
    public int Length => To - From;
}

/// <summary>When one side spoke while it was recorded.</summary>
/// <param name="Start">Of the track.</param>
/// <param name="Length">Of the track, ms.</param>
/// <param name="Spurts">In order, apart from each other.</param>
public sealed record SpeechTrace(MediaInstant Start, long Length, IReadOnlyList<Spurt> Spurts)
{
    /// <summary>ms.</summary>
    public long Speech => Spurts.Sum(static s => (long)s.Length);

    /// <summary>The longest stretch without speech, before the first and after the last word too; ms.</summary>
    public long LongestSilence
    {
        get
        {
            var (longest, from) = (0L, 0L);
            foreach (var spurt in Spurts)
            {
                longest = Math.Max(longest, spurt.From - from);
                from = spurt.To;
            }
            return Math.Max(longest, Length - from);
        }
    }

    /// <summary>How long each of two spoke while the other one was speaking already, ms: both speak, and the one who began later is talking over.</summary>
    public static (long First, long Second) TalkingOver(SpeechTrace first, SpeechTrace second)
    {
        var shift = (long)(second.Start - first.Start).TotalMilliseconds;
        var (byFirst, bySecond) = (0L, 0L);
        for (int i = 0, j = 0; i < first.Spurts.Count && j < second.Spurts.Count;)
        {
            var (a, from, to) = (first.Spurts[i], second.Spurts[j].From + shift, second.Spurts[j].To + shift);
            var both = Math.Min(a.To, to) - Math.Max(a.From, from);
            if (both > 0 && a.From > from) byFirst += both;
            else if (both > 0) bySecond += both;
            if (a.To < to) i++;
            else j++;
        }
        return (byFirst, bySecond);
    }
}
