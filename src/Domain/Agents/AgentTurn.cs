namespace CallCenter.Domain.Agents;

/// <summary>One step in the making; see <c>CallTurn</c>.</summary>
internal sealed class AgentTurn(AgentState before, DateTimeOffset now, AgentSettings? settings)
{
    private readonly List<Fact> facts = new(2);
    private readonly List<Effect> effects = new(2);
    private Items<Mark> marks;
    private bool awaits;

    public AgentState Agent { get; private set; } = before;
    public AgentSettings? Settings => settings;

    /// <summary>By which leases are judged.</summary>
    public DateTimeOffset Now => now;

    /// <summary>At of the next fact.</summary>
    public DateTimeOffset At { get; } = now > before.Latest ? now : before.Latest;

    public void Fact(Fact fact)
    {
        facts.Add(fact);
        Agent = Agent.With(fact);
    }

    public void Do(Effect effect) => effects.Add(effect);

    public void Mark(Mark mark)
    {
        marks = marks.Add(mark);
        Agent = Agent.With(mark);
    }

    /// <summary>The effects wait for the commit.</summary>
    public void Await() => awaits = true;

    /// <summary>
    /// The agent's word to routing as it is now. Its number rises through restarts too, since it is at least the clock's ticks; should
    /// the clock have gone back, routing asks after a while and then takes any number.
    /// </summary>
    public void TellStatus()
    {
        var sequence = Math.Max(Agent.Sequence + 1, now.UtcTicks);
        Mark(new StatusTold(now, sequence));
        Do(new TellStatus(new(sequence, settings is not null && Agent.Presence != Presence.SignedOut, settings is not null && Agent.IsFree, Agent.RetryFrom, Silent(), Agent.IdleSince, settings?.Queues ?? [], settings?.Profiles ?? [], settings?.Skills ?? [])));
    }

    /// <summary>When routing must ask again: never while free; at the end of the lease or the after-call work; else once a minute.</summary>
    private DateTimeOffset? Silent()
    {
        if (settings is not null && Agent.IsFree) return null;
        var longest = now + AgentLimits.WordStands;
        return Agent.Until is { } until && (until < longest || Agent.Work == AgentWork.Offered) ? until : longest;
    }

    public Step Done() => facts.Count + effects.Count + marks.Count == 0 ? Step.Ignored : new(facts.ToItems(), effects.ToItems(), awaits, marks);
}
