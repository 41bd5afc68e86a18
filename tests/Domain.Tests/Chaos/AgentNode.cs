namespace CallCenter.Domain.Tests.Chaos;

/// <summary>The shell of an agent, and the person behind it who signs in and out and takes a break.</summary>
internal sealed class AgentNode : Node
{
    private readonly List<Fact> fresh = [];
    private readonly AgentSettings settings;
    private AgentState stored = AgentState.Empty;
    private long leaseSince;
    private (AgentWork, long) lease;
    private (CallNode Call, long Epoch)? asked;

    public AgentNode(World world, int number) : base(world, $"agent-{number}")
    {
        Ref = new(World.Acme, new(Name));
        stationIs = number % 3 == 2 ? StationKind.Number : StationKind.Phone;
        var queues = Enumerable.Range(0, world.Plan.Queues).Where(q => number % world.Plan.Queues == q || number % 3 == 0).Select(q => new QueueRef(World.Acme, SomeFlows.Queue(q))).ToItems();
        var profiles = queues.Select((queue, i) => new QueueProfile(queue, 1 + (number + i) % 2, world.Plan.Sabotage == Sabotage.None ? (number + i) % 3 * 2 : 0)).ToItems();
        settings = new(World.Acme, Ref.Agent, Name, Name, Station, AutoSignIn: true, world.Plan.Sabotage == Sabotage.None ? number % 2 * 8 : 0, 2, new(2, 2, 1, 2), queues, Profiles: profiles);
    }

    public AgentRef Ref { get; }
    public AgentState State { get; private set; } = AgentState.Empty;
    public bool IsFree => State.IsFree;
    /// <summary>In calm each agent asks for a break, gets it, and comes back.</summary>
    public bool IsRested { get; private set; }
    public string Standing => $"{State.Presence} {State.Work}{(State.Away ? " away" : "")}{(State.NotResponding ? " not responding" : "")}{(IsRested ? "" : " not rested")}";
    public string Station => "1" + Name[6..].PadLeft(3, '0');

    public static AgentNode Of(World world, AgentId agent) => world.Agents[int.Parse(agent.Value.AsSpan(6))];

    /// <summary>Of the newest offer: a queue rings shorter than somebody who is called by name.</summary>
    private TimeSpan offerTerm, storedOfferTerm;

    private static TimeSpan? TermOf(Fact fact) => fact is OfferMade made ? made.Terms.RingTime + AgentLimits.Beyond(made.StationIs) : null;

    /// <summary>Every third agent is called at an outside number, once its phone has signed it in.</summary>
    private readonly StationKind stationIs;

    public void Begin()
    {
        World.After(World.Between(0, 2), () => Happen(new StationUp(Now, Station)));
        if (stationIs != StationKind.Phone) World.After(TimeSpan.FromSeconds(2.5), ComeUp);
    }

    /// <summary>Its station is there, whatever it is.</summary>
    public void ComeUp() => Happen(new StationUp(Now, Station, stationIs));

    /// <summary>After a restart the station's grain tells again; and again with each registration.</summary>
    public void StationAgain() => World.After(World.Between(0, 2), ComeUp);

    /// <summary>Its browser is not heard for a moment.</summary>
    public void FallsSilent()
    {
        Happen(new StationSilent(Now, World.Happens(0.5) ? Station : "another"));
        World.After(World.Between(0.1, 4), ComeUp);
    }

    public void SettleDown()
    {
        World.After(World.Between(0, 2), ComeUp);
        World.After(World.Between(3, 5), BeThere);
    }

    /// <summary>As the API does it: a turn from the team, then the word to the agent.</summary>
    public void AskBreak(bool always)
    {
        var place = World.Team.Claim(this, always);
        if (World.Chaos && World.Happens(0.1)) return; // the API crashed in between
        World.After(World.Between(0, 0.2), () => Happen(new ChoosePresence(Now, Presence.Break, "lunch", new(TeamNode.TeamId, TimeSpan.FromSeconds(20), "2026-03-02"), place)));
    }

    /// <summary>Somebody looks after a minute whether the agent is still available: phones that rang in vain may have ended that.</summary>
    private void BeThere()
    {
        if (State.Wish is null) Happen(new ChoosePresence(Now, Presence.Available, null));
        if (State.Wish is null && !IsRested) World.After(World.Between(2, 4), () => AskBreak(always: false));
        World.After(TimeSpan.FromMinutes(1), BeThere);
    }

    public void Happen(AgentEvent happened)
    {
        Activate();
        World.Coverage.Count("agent", Kind(), happened.GetType().Name);
        var step = AgentMachine.Next(State, happened, settings);
        var latest = State.Latest;
        foreach (var fact in step.Facts)
        {
            if (fact.At < latest) throw new RuleBroken($"{fact.GetType().Name} lies before an older fact");
            latest = fact.At;
            offerTerm = TermOf(fact) ?? offerTerm;
        }
        State = State.After(step);
        if (WaysOut.Missing(State, Now) is { } rule) throw new RuleBroken($"{Name}: {rule}");
        if (!World.Chaos && step.Facts.Any(fact => fact is BreakBegun)) World.After(World.Between(1, 3), ComeBack);
        fresh.AddRange(step.Facts);
        if (step.Marks.Any(m => m is LeaseRenewed) || lease != (State.Work, State.Epoch)) Leased();
        foreach (var effect in step.Effects) Post(effect, step.Awaits);
        asked = null;
        Arm(World.Plan.Sabotage == Sabotage.NoLeaseExpiry ? null : State.Deadline);
        TurnOver(step.Awaits);
    }

    private void ComeBack()
    {
        IsRested = true;
        Happen(new ChoosePresence(Now, Presence.Available, null));
    }

    private void Leased() => (lease, leaseSince) = ((State.Work, State.Epoch), World.Ticks);

    /// <summary>The rule: no lease is older than its term and a second.</summary>
    public void CheckLease()
    {
        if (!Active || State.Work is not (AgentWork.Offered or AgentWork.Talking)) return;
        var term = State.Work == AgentWork.Talking ? AgentLimits.TalkLease : offerTerm;
        if (World.Ticks - leaseSince > (term + TimeSpan.FromSeconds(1)).Ticks) throw new RuleBroken($"{Name}: the lease ({State.Work}) is older than its term");
    }

    /// <summary>The machine stood still: nobody could judge a lease meanwhile.</summary>
    public void Forgive(TimeSpan pause) => leaseSince += pause.Ticks;

    public string Kind() => State switch
    {
        { Work: not AgentWork.Idle } s => s.Work.ToString(),
        { Presence: Presence.SignedOut } => "SignedOut",
        { NotResponding: true } => "NotResponding",
        { Presence: Presence.Available } => "Free",
        _ => "NotReady",
    };

    private void Post(Effect effect, bool awaits)
    {
        switch (effect)
        {
            case TellOfferTaken e when asked is { } by: Post(by.Call, e with { Contact = by.Call.Contact, Epoch = by.Epoch }, effect.Owed, awaits); break;
            case AgentToTeam: Post(World.Team, effect, effect.Owed, awaits); break;
            case AgentToCall e: Post(World.Calls.Find(e.Contact), effect, effect.Owed, awaits); break;
            default: Post(World.Routing, effect, effect.Owed, awaits); break;
        }
    }

    protected override void Take(Node from, object body) => Happen(body switch
    {
        AgentEvent e => e.NotAfter(Now),
        ReserveAgent e => new Reserve(Now, e.Contact, e.Terms),
        AskAgent => new Asked(Now),
        SeekAgent e => new ReserveDirect(Now, ((CallNode)from).Contact, e.Terms),
        TakeOffer e => Taken((CallNode)from, e),
        CloseOffer e => new Close(Now, Meant(from, e.Epoch).Contact, Meant(from, e.Epoch).Epoch, e.Why),
        ReleaseAgent e => new Release(Now, Meant(from, e.Epoch).Contact, Meant(from, e.Epoch).Epoch),
        RenewLease e => new Renew(Now, Meant(from, e.Epoch).Contact, Meant(from, e.Epoch).Epoch),
        _ => throw new InvalidOperationException(body.GetType().Name),
    });

    /// <summary>The lease that a call's word is about; sabotaged, whatever lease there is, as if nobody compared.</summary>
    private (Contact Contact, long Epoch) Meant(Node from, long epoch) =>
        World.Plan.Sabotage == Sabotage.NoEpochCheck && State.Contact is { } present ? (present, State.Epoch) : (((CallNode)from).Contact, epoch);

    private Take Taken(CallNode call, TakeOffer e)
    {
        var (contact, epoch) = Meant(call, e.Epoch);
        if (epoch != e.Epoch) asked = (call, e.Epoch); // the answer goes to whoever asked
        return new(Now, contact, epoch, e.Leg);
    }

    protected override void TimeUp() => Happen(new AgentTimeUp(Now));

    protected override void Wake()
    {
        State = stored.Woken(Now);
        offerTerm = storedOfferTerm;
        Leased();
        Arm(World.Plan.Sabotage == Sabotage.NoLeaseExpiry ? null : State.Deadline);
        World.After(TimeSpan.Zero, () => Happen(new ProfileChanged(Now))); // its settings were read
    }

    protected override void Stored()
    {
        foreach (var fact in fresh)
        {
            stored = stored.With(fact);
            storedOfferTerm = TermOf(fact) ?? storedOfferTerm;
        }
        fresh.Clear();
    }

    protected override void Lost()
    {
        fresh.Clear();
        State = stored;
    }
}
