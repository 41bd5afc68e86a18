namespace CallCenter.Domain.Calls;

/// <summary>
/// One step in the making: every fact is folded at once, so that what follows sees the state as it has become. The deciding
/// instant is the event's; the facts' instant never lies before an older fact's.
/// </summary>
internal sealed class CallTurn(CallState before, DateTimeOffset now, CallRules rules)
{
    private readonly List<Fact> facts = new(4);
    private readonly List<Effect> effects = new(4);
    private Items<Mark> marks;
    private bool awaits;

    public CallState Call { get; private set; } = before;
    public CallState Before { get; } = before;
    public CallRules Rules => rules;
    public FlowPlan Flow => rules.FlowOf(Call);

    /// <summary>By which time limits are judged.</summary>
    public DateTimeOffset Now => now;

    /// <summary>At of the next fact.</summary>
    public DateTimeOffset At { get; } = now > before.Latest ? now : before.Latest;

    public void Fact(Fact fact)
    {
        facts.Add(fact);
        Call = Call.With(fact);
    }

    public void Do(Effect effect) => effects.Add(effect);

    public void Mark(Mark mark)
    {
        marks = marks.Add(mark);
        Call = Call.With(mark);
    }

    /// <summary>The effects wait for the commit.</summary>
    public void Await() => awaits = true;

    public Step Done()
    {
        if (facts.Count > 0) Settlement.Settle(this, Before, ends: false);
        return facts.Count + effects.Count + marks.Count == 0 ? Step.Ignored : new(facts.ToItems(), InOrder(), awaits, marks) { Folded = marks.IsEmpty ? new(Before, Call) : default };
    }

    /// <summary>Phones stop first, then what is heard and recorded changes, then all else: what plays to a leg comes after its leaving a room.</summary>
    private Items<Effect> InOrder()
    {
        if (effects.Count < 2) return effects.ToItems();
        var ordered = new List<Effect>(effects.Count);
        for (var rank = 0; rank <= Last; rank++)
            foreach (var effect in effects) if (Rank(effect) == rank) ordered.Add(effect);
        return ordered.ToItems();
    }

    private const int Last = 6;

    private static int Rank(Effect effect) => effect switch
    {
        TellReferral => 0, // within the dialog that may end right after
        HangUpLeg or RejectLeg => 1,
        AnswerLeg => 2,
        StopTrack => 3,
        SetRoom => 4,
        StartTrack => 5,
        _ => Last,
    };
}
