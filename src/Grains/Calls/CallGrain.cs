using CallCenter.Domain.Calls.Conversations;
using CallCenter.Grains.Flows;
using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Calls;

/// <summary>One call: the machine decides, the journal remembers, the outbox speaks.</summary>
sealed class CallGrain(SubjectPorts ports, FlowBook flows, IConfigurationStore store, IPersonal personal, ILogger<CallGrain> log) : SubjectGrain<CallState, CallEvent>(ports, log), ICallGrain
{
    /// <summary>A waiting caller hears of a change of the queue's music or announcements within this time.</summary>
    static readonly TimeSpan RulesStayFresh = TimeSpan.FromSeconds(2);

    readonly DialledNumbers dialled = new();
    CallCopies? copies;
    EdgeLink? edge;
    bool placeWanted;

    protected override SenderKind Kind => SenderKind.Call;
    protected override string Machine => "call";
    protected override CallState Nothing => CallState.Empty;
    protected override bool Exists => State.Phase != CallPhase.Empty;
    protected override bool MayClose => State.IsOver;
    protected override DateTimeOffset? Deadline => Edge.IsKnown ? CallMachine.Deadline(State, Rules) : null;

    protected override Subject SubjectOf(TenantId owner, string name) => Subject.Call(owner, new CallId(name));

    CallId Call => new(Subject.Name);
    Contact Contact => new(Owner, Call);
    CallSources Sources => new(GrainFactory, flows, store);
    CallRules Rules => copies?.Rules ?? CallCopies.None;
    EdgeLink Edge => edge ??= new(GrainFactory, new(Owner, Call), this);

    protected override CallState With(CallState state, Fact fact) => state.With(fact);
    protected override CallState After(CallState state, Step step) => state.After(step);
    protected override CallState Woken(CallState state, DateTimeOffset now) => state.Woken(now);
    protected override CallEvent NotAfter(CallEvent happened, DateTimeOffset now) => happened.NotAfter(now);
    protected override CallEvent TimeUp(DateTimeOffset at) => new CallTimeUp(at);

    protected override async Task Prepare(CancellationToken stop)
    {
        if (State.Phase == CallPhase.Empty || State.IsOver) return;
        if (State.Phase != CallPhase.Ended)
        {
            dialled.Resume(await personal.Read(Subject, stop));
            copies = await CallCopies.Read(Sources, Owner, State.Flow == default ? null : State.Flow, Now());
            await copies.Resume(State);
        }
        Edge.Expect(State, Now()); // one that has ended waits for its legs and tracks: their edge may be gone too
    }

    public async Task<Refusal?> Ask(CallCommand command)
    {
        if (!Exists && !IsClosed && !MayBegin) throw new StorageOutageException("no call begins while nothing can be stored");
        await Learn(command);
        if (CallMachine.Check(State, command, Rules) is { } refusal) return refusal;
        var begins = !Exists;
        HappenAlone(command);
        if (begins) await LastCommit; // who is promised a call finds its record, whatever happens; nobody else speaks to it yet
        return null;
    }

    public Task<CallLive?> Look() => Task.FromResult(CallLook.Of(Call, State));

    public Task Tell(Letter<CallEvent> letter)
    {
        Hear(letter);
        return Task.CompletedTask;
    }

    public async Task TellFromEdge(Letter<CallEvent> letter, IEdgeObserver edge)
    {
        for (var i = 0; i < letter.Messages.Count; i++) await Learn(letter.Messages[i].Body);
        if (State is { Phase: CallPhase.Waiting, Place: { } place } && copies is not null && Now() - copies.ReadAt > RulesStayFresh) await copies.Renew(place.Queue, Now(), Log);
        else if (State.Phase == CallPhase.InFlow && Rules.FlowOf(State) is { Hours.IsEmpty: false } flow && copies is not null) await copies.RenewHours(flow, Log);
        Edge.Heard(edge, letter.From, Now());
        Hear(letter);
    }

    public Task Acknowledge(Ack ack)
    {
        Outbox.Acknowledge(ack);
        return Task.CompletedTask;
    }

    public Task Wake()
    {
        if (!IsClosed && Exists) Edge.CheckSoon(Now());
        return Task.CompletedTask;
    }

    public Task DoubtEdge()
    {
        if (!IsClosed && Exists && !State.IsOver) Edge.CheckSoon(Now());
        return Task.CompletedTask;
    }

    /// <summary>Reads what an event rests on, and with the event that begins the call all that its decisions will.</summary>
    async ValueTask Learn(CallEvent happened)
    {
        if (IsClosed) return;
        if (State.Phase == CallPhase.Empty)
        {
            if (happened is Arrived arrived) copies = await CallCopies.Read(Sources, Owner, arrived.Flow, Now());
            else if (happened is DialOut or PhoneDialled or EmergencyDialled) copies = await CallCopies.Read(Sources, Owner, null, Now());
        }
        if (copies is not null) await copies.Learn(happened, State, Log);
    }

    protected override Step Next(CallEvent happened)
    {
        if (happened is PlaceWanted && !Edge.IsKnown)
        {
            placeWanted = true; // a call whose edge is gone must not be served
            Edge.CheckSoon(Now());
            return Step.Ignored;
        }
        if (happened is Arrived arrived && State.Phase == CallPhase.Empty) RememberCaller(arrived);
        if (dialled.Note(happened, CallMachine.Personal(State, happened, Rules)) is { } number && !IsAgents(happened)) Remember(number);
        var step = CallMachine.Next(State, happened, Rules);
        if (State.Phase == CallPhase.Empty && step.Facts is [CallDialled begun, ..]) Edge.Expect(begun.Edge, begun.EdgeEpoch, Now());
        if (CallMachine.NumberOfFlow(State, step, Rules) is { } ofFlow)
            foreach (var value in dialled.Ask(step, ofFlow)) Remember(value);
        foreach (var mark in step.Marks)
            if (mark is DigitsKept kept) Remember(new(PersonalFields.Collected(kept.Node), kept.Digits.Value));
        Count(step);
        return step;
    }

    /// <summary>The number that is cleared is an agent's own: no call keeps it.</summary>
    bool IsAgents(CallEvent happened) => happened is DialCleared cleared && State.Leg(cleared.Leg) is { Station: not null };

    void RememberCaller(Arrived arrived)
    {
        Edge.Expect(arrived.Edge, arrived.EdgeEpoch, Now());
        if (arrived.CallerNumber.Length > 0)
            Remember(new(PersonalFields.CallerNumber, arrived.CallerNumber, PhoneNumber.TryParse(arrived.CallerNumber, out var number) ? number.Canonical : arrived.CallerNumber));
        if (arrived.CallerName is { Length: > 0 } name) Remember(new(PersonalFields.CallerName, name));
        if (arrived.Web is { Data.IsEmpty: false } web) Remember(new(PersonalFields.Visit, VisitorData.Write(web.Data)));
    }

    void Count(Step step)
    {
        foreach (var fact in step.Facts)
            switch (fact)
            {
                case CallArrived or CallDialled: Meters.CallStarted(); break;
                case CallEnded ended: Meters.CallEnded(ended); break;
                case AgentJoined: Meters.OfferEnded("joined"); break;
                case OfferEnded ended: Meters.OfferEnded(ended.Why.ToString()); break;
            }
    }

    protected override void Send(Effect effect, long debt, Task? after)
    {
        switch (effect)
        {
            case EdgeCommand command: Put(Edge.Lane(Outbox), command, debt, after); break;
            case CallToAgent word: Put(ToAgent(word.Agent), CallWords.ToAgent(word, Contact, Now()), debt, after); break;
            case CallToRouting word: Put(ToRouting(), CallWords.ToRouting(word, Contact, Now()), debt, after); break;
            case CallToTenant word: Put(ToTenant(), CallWords.ToTenant(word, Call, dialled, Now()), debt, after); break;
        }
    }

    Lane<AgentEvent> ToAgent(AgentId known)
    {
        var agent = AgentRef.Of(Owner, known);
        return Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, $"{agent.Owner}/{agent.Agent}", GrainFactory, grains => grains.Agent(agent).Tell);
    }

    Lane<RoutingEvent> ToRouting() => Outbox.To<RoutingEvent, CallGrain>(SenderKind.Routing, "", this, static self => self.GrainFactory.Routing(self.Owner, PoolId.Default).Tell);

    Lane<TenantEvent> ToTenant() => Outbox.To<TenantEvent, CallGrain>(SenderKind.Tenant, $"{Owner}/tenant", this, static self => self.GrainFactory.Tenant(self.Owner).Tell);

    protected override Task Acknowledge(Sender sender, Ack ack) => sender.Kind switch
    {
        SenderKind.Edge => Edge.Acknowledge(ack),
        SenderKind.Agent => GrainFactory.GetGrain<IAgentGrain>(sender.Key).Acknowledge(ack),
        _ => Task.CompletedTask, // what routing and the tenant say has no number
    };

    protected override Task Rung() => IsClosed || !Exists || State.IsOver ? Task.CompletedTask : Edge.Ring(Now());

    /// <summary>It is known whether the edge that held the legs is still there.</summary>
    internal void KnowEdge()
    {
        var wanted = placeWanted;
        placeWanted = false;
        if (wanted) HappenAlone(new PlaceWanted(Now()));
        else EndTurn();
    }

    /// <summary>The edge that held the legs was started anew, or is gone.</summary>
    /// <param name="at">When: what was cut off then did not go on until now.</param>
    internal void LoseEdge(EdgeId gone, long newEpoch, DateTimeOffset at)
    {
        Log.EdgeLost(Key, gone.Value);
        HappenAlone(new EdgeLost(at, gone, newEpoch));
    }

    internal new Outbox Outbox => base.Outbox;

    /// <summary>
    /// The values that some orders name. The agent's phone that is rung to make a call shows the number that will be called.
    /// </summary>
    internal Items<PersonalValue> PersonalOf(IReadOnlyList<EdgeCommand> orders)
    {
        var values = dialled.For(orders);
        var called = State is { Calling: { Agent: null, Extension: null }, Dialler: null } ? dialled.Dialled(PersonalFields.Dial(State.Customer)) : "";
        return called.Length > 0 ? values.Add(new(PersonalFields.CallerNumber, called)) : values;
    }
}
