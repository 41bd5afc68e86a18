namespace CallCenter.Domain.Tests.Chaos;

/// <summary>All calls of a world.</summary>
internal sealed class CallNodes(World world)
{
    private readonly List<CallNode> live = [];
    private readonly Dictionary<string, CallNode> all = [];
    private int made;

    public IReadOnlyList<CallNode> Live => live;
    public bool AllOver => live.Count == 0;

    /// <summary>A call that an agent makes has been told to it: it lives.</summary>
    public void Lives(CallNode call)
    {
        if (call.State.Phase is not (CallPhase.Empty or CallPhase.Ended) && !live.Contains(call)) live.Add(call);
    }

    public CallNode New(EdgeNode edge)
    {
        var call = new CallNode(world, $"call-{++made:d6}", edge);
        live.Add(call);
        all[call.Name] = call;
        return call;
    }

    /// <summary>Any call: a grain can be woken though its call is long over, or never was.</summary>
    public CallNode Find(Contact contact)
    {
        if (!all.TryGetValue(contact.Call.Value, out var call)) all[contact.Call.Value] = call = new(world, contact.Call.Value, world.Edges[0]);
        return call;
    }

    /// <summary>Closed subjects are forgotten.</summary>
    public void Sweep() => live.RemoveAll(c => c.IsClosed || c.WasLost);

    public CallNode? Any() => live.Count == 0 ? null : live[world.Chance.Next(live.Count)];

    /// <summary>One that was, or is.</summary>
    public Contact AnyContact() => new(World.Acme, new($"call-{world.Chance.Next(made + 1):d6}"));

    public void CrashAll()
    {
        foreach (var call in live) call.Crash(lose: true);
    }

    public void WakeAll()
    {
        foreach (var call in live) call.Activate();
    }

    public IEnumerable<string> Leftovers() => live.Select(c => $"{c.Name}: {c.State.Phase} {string.Join(",", c.State.Legs.Where(l => l.Lives).Select(l => l.Id))}{(c.HasDebts ? $" owes {c.Debts}" : "")}");
}

/// <summary>The shell of a call.</summary>
internal sealed class CallNode(World world, string name, EdgeNode edge) : Node(world, name)
{
    private readonly List<Fact> journal = [];
    private readonly List<Fact> fresh = [];
    private bool arrived, ordered, forsaken;

    public CallState State { get; private set; } = CallState.Empty;
    public Contact Contact { get; } = new(World.Acme, new(name));
    private readonly CallRules rules = SomeFlows.Any(world.Chance, world.Plan.Queues, world.Plan.Agents);
    public CallRules Rules => rules with { Anchor = (new EdgeId(edge.Name), edge.Epoch) };
    public EdgeNode Edge => edge;

    /// <summary>Over, told to everybody, and stored.</summary>
    public bool IsClosed => State.IsOver && arrived && fresh.Count == 0 && !HasDebts;

    /// <summary>What would have begun it was lost in a crash before it was stored, here or at its edge: there never was such a call.</summary>
    public bool WasLost => (ordered || (forsaken && !World.Chaos)) && State.Phase == CallPhase.Empty && !HasDebts;

    /// <summary>Its edge has forgotten what it had yet to tell.</summary>
    public void Forsake() => forsaken = true;

    public void Happen(CallEvent happened)
    {
        Activate();
        ordered |= happened is DialOut;
        World.Coverage.Count("call", State.Phase.ToString(), happened.GetType().Name);
        if (State.Phase == CallPhase.InFlow) World.Coverage.Count("flow", Standing(), happened.GetType().Name);
        var step = CallMachine.Next(State, happened, Rules);
        var before = State;
        State = State.After(step);
        fresh.AddRange(step.Facts);
        Check(before, step);
        if (WaysOut.Missing(State, Rules) is { } rule) throw new RuleBroken($"{Name}: {rule}");
        arrived |= State.Phase != CallPhase.Empty;
        if (before.Phase == CallPhase.Empty) World.Calls.Lives(this); // an order that was lost had it given up, and then its caller was heard of
        foreach (var effect in step.Effects) Post(effect, step.Awaits);
        Arm(CallMachine.Deadline(State, Rules));
        TurnOver(step.Awaits);
        if (State.IsOver) World.Calls.Sweep();
    }

    /// <summary>Where the flow stands.</summary>
    private string Standing() => Rules.FlowOf(State).Node(State.Node) switch
    {
        VoicemailNode => State.Voicemail is null ? "Greeting" : "Recording",
        CollectNode => State.PlayedAt is null ? "Asking" : "Collecting",
        TransferNode => "Handing",
        _ => "Else",
    };

    private static void Check(CallState before, Step step)
    {
        var latest = before.Latest;
        foreach (var fact in step.Facts)
        {
            if (fact.At < latest) throw new RuleBroken($"{fact.GetType().Name} lies before an older fact");
            latest = fact.At;
        }
        if (before.Phase == CallPhase.Ended && step.Facts.Any(f => f is not (LegEnded or LegAnswered or TrackSealed or SealsGivenUp))) throw new RuleBroken("a call that has ended goes on");
    }

    private void Post(Effect effect, bool awaits)
    {
        switch (effect)
        {
            case EdgeCommand: Post(Edge, effect, effect.Owed, awaits); break;
            case CallToRouting: Post(World.Routing, effect, effect.Owed, awaits); break;
            case CallToTenant: Post(World.Tenant, effect, effect.Owed, awaits); break;
            case CallToAgent e: Post(AgentNode.Of(World, e.Agent), effect, effect.Owed, awaits); break;
        }
    }

    protected override void Take(Node from, object body) => Happen(body switch
    {
        CallEvent e => e.NotAfter(Now),
        OfferToCall e => new Offered(Now, ((AgentNode)from).Ref.Agent, e.Epoch, e.Remaining, e.Station, e.Terms, "8001", e.StationIs),
        TellOfferTaken e => new OfferConfirmed(Now, ((AgentNode)from).Ref.Agent, e.Epoch, e.Leg),
        TellOfferGone e => new OfferGone(Now, ((AgentNode)from).Ref.Agent, e.Epoch),
        TellAgentRefused => new AgentRefused(Now, ((AgentNode)from).Ref.Agent),
        TellPlace e => new PlaceIs(Now, e.Position),
        AskContact => new PlaceWanted(Now),
        true => new SlotGranted(Now),
        false => new SlotRefused(Now),
        _ => throw new InvalidOperationException(body.GetType().Name),
    });

    protected override void TimeUp() => Happen(new CallTimeUp(Now));

    protected override void Wake()
    {
        State = CallState.Empty;
        foreach (var fact in journal) State = State.With(fact);
        State = State.Woken(Now);
        Arm(CallMachine.Deadline(State, Rules));
        if (State.Phase != CallPhase.Empty && State.EdgeEpoch != Edge.Epoch) World.After(World.Between(0, 0.1), () => Happen(new EdgeLost(Now, State.Edge, Edge.Epoch)));
    }

    protected override void Stored()
    {
        journal.AddRange(fresh);
        fresh.Clear();
        if (State.IsOver) World.After(TimeSpan.Zero, World.Calls.Sweep);
    }

    protected override void Lost()
    {
        fresh.Clear();
        State = CallState.Empty;
        foreach (var fact in journal) State = State.With(fact);
    }
}
