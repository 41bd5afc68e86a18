namespace CallCenter.Domain.Kpi;

/// <summary>What happened on the floor in one step of time.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="Waiting">The most who waited at one moment of it.</param>
/// <param name="Talking">The most who talked with an agent at one moment of it.</param>
/// <param name="Offered">Who were put into a queue in it; the next three are of these.</param>
/// <param name="InTime">Answered within <see cref="Kpi.ServiceLevel.Within"/>.</param>
/// <param name="Lost">Left before anybody answered.</param>
public readonly record struct FloorStep(DateTimeOffset At, int Waiting, int Talking, int Offered, int Answered, int InTime, int Lost)
{
    /// <summary>0–1; null while nobody's waiting is over.</summary>
    public double? ServiceLevel => Kpi.ServiceLevel.Of(InTime, Answered, Lost);
}

/// <summary>The last hours of the floor, step by step.</summary>
public static class FloorCourse
{
    /// <param name="from">Where the first step begins.</param>
    /// <param name="to">Where the last one ends; it may go on.</param>
    public static Items<FloorStep> Of(IReadOnlyCollection<QueueSpell> spells, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var steps = new FloorStep[(int)Math.Ceiling((to - from) / step)];
        for (var n = 0; n < steps.Length; n++) steps[n] = new(from + n * step, 0, 0, 0, 0, 0, 0);
        foreach (var spell in spells)
        {
            if (spell.From < from || spell.From >= to) continue;
            ref var one = ref steps[(int)((spell.From - from) / step)];
            var answered = spell.AnsweredAt is not null;
            one = one with { Offered = one.Offered + 1, Answered = one.Answered + (answered ? 1 : 0), InTime = one.InTime + (spell.InTime ? 1 : 0), Lost = one.Lost + (!answered && spell.Until is not null ? 1 : 0) };
        }
        Peaks(spells, steps, from, to, step);
        return steps.ToItems();
    }

    /// <summary>Goes through all that changed in its order; who ends at an instant is gone before who begins at it.</summary>
    private static void Peaks(IEnumerable<QueueSpell> spells, FloorStep[] steps, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var (waiting, talking, at) = (0, 0, 0);
        foreach (var change in spells.SelectMany(Changes).Where(change => change.At < to).OrderBy(change => (change.At, change.Waiting + change.Talking)))
        {
            for (; at < steps.Length && from + (at + 1) * step <= change.At; at++) Carry(steps, at + 1, waiting, talking);
            (waiting, talking) = (waiting + change.Waiting, talking + change.Talking);
            if (change.At < from) steps[0] = steps[0] with { Waiting = waiting, Talking = talking };
            else steps[at] = steps[at] with { Waiting = Math.Max(steps[at].Waiting, waiting), Talking = Math.Max(steps[at].Talking, talking) };
        }
        for (; at < steps.Length; at++) Carry(steps, at + 1, waiting, talking);
    }

    /// <summary>Who is there when a step begins.</summary>
    private static void Carry(FloorStep[] steps, int n, int waiting, int talking)
    {
        if (n < steps.Length) steps[n] = steps[n] with { Waiting = waiting, Talking = talking };
    }

    private static IEnumerable<(DateTimeOffset At, int Waiting, int Talking)> Changes(QueueSpell spell)
    {
        yield return (spell.From, 1, 0);
        if (spell.AnsweredAt is { } answered) yield return (answered, -1, 1);
        if (spell.Until is { } until) yield return spell.AnsweredAt is null ? (until, -1, 0) : (until, 0, -1);
    }
}
