using CallCenter.Domain.Breaks;
using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Agents;

/// <summary>One agent: it alone judges its lease. Its line of facts grows for years, so that it is folded from a snapshot.</summary>
sealed class AgentGrain(SubjectPorts ports, IConfigurationStore store, [PersistentState("snapshot", GrainStores.Agents)] IPersistentState<AgentSnapshot> snapshot, ILogger<AgentGrain> log)
    : SubjectGrain<AgentState, AgentEvent>(ports, log), IAgentGrain
{
    AgentSettings? settings;
    Items<TenantId> pools;
    bool writing;

    protected override SenderKind Kind => SenderKind.Agent;
    protected override string Machine => "agent";
    protected override AgentState Nothing => AgentState.Empty;
    protected override DateTimeOffset? Deadline => State.Deadline;
    protected override bool SpeaksAhead => true; // a call bridges when it has stored that the agent joined

    AgentId Agent => new(Subject.Name);

    protected override Subject SubjectOf(TenantId owner, string name) => Subject.Agent(owner, new AgentId(name));

    protected override AgentState With(AgentState state, Fact fact) => state.With(fact);
    protected override AgentState After(AgentState state, Step step) => state.After(step);
    protected override AgentState Woken(AgentState state, DateTimeOffset now) => state.Woken(now);
    protected override AgentEvent NotAfter(AgentEvent happened, DateTimeOffset now) => happened.NotAfter(now);
    protected override AgentEvent TimeUp(DateTimeOffset at) => new AgentTimeUp(at);
    protected override Step Next(AgentEvent happened) => AgentMachine.Next(State, happened, settings);

    protected override Task<Folded<AgentState>> Snapshot(CancellationToken stop) => Task.FromResult(snapshot.RecordExists ? snapshot.State.ToFolded() : Folded<AgentState>.Empty(Nothing));

    protected override async Task Prepare(CancellationToken stop)
    {
        settings = await store.FindServing(Owner, Agent, stop);
        if (settings is { AutoSignIn: true }) _ = Observe(GrainFactory.Station(Owner, settings.Extension).Registrations()); // woken, it says whether the phone is registered
    }

    public async Task Tell(Letter<AgentEvent> letter)
    {
        Hear(letter);
        if (letter.From.Kind == SenderKind.Station) await LastCommit; // what a station says has no number: it is told once this returns
    }

    public Task Acknowledge(Ack ack)
    {
        Outbox.Acknowledge(ack);
        return Task.CompletedTask;
    }

    public Task<Refusal?> Choose(Presence presence, string? reason)
    {
        var refusal = AgentMachine.Check(presence, reason, settings);
        if (refusal is null) HappenAlone(new ChoosePresence(Now(), presence, reason));
        return Task.FromResult(refusal);
    }

    public Task<Refusal?> ChooseBreak(string? reason, BreakTerms terms, int? place)
    {
        var refusal = AgentMachine.Check(Presence.Break, reason, settings);
        if (refusal is null && place is not null && State.Presence == Presence.SignedOut) refusal = new(RefusalCode.NotSignedIn, "Sign in first; the breaks of the team are taken");
        if (refusal is null) HappenAlone(new ChoosePresence(Now(), Presence.Break, reason, terms, place));
        return Task.FromResult(refusal);
    }

    public Task<Refusal?> PutFirst()
    {
        var refusal = AgentMachine.CheckFirst(State);
        if (refusal is null) HappenAlone(new GoFirst(Now()));
        return Task.FromResult(refusal);
    }

    public Task<Refusal?> AskHelp(CallId? call)
    {
        var refusal = call is { } raised ? AgentMachine.CheckHand(State, raised) : null;
        if (refusal is null) HappenAlone(call is { } one ? new RaiseHand(Now(), one) : new LowerHand(Now()));
        return Task.FromResult(refusal);
    }

    public Task<AgentView> Look() => Task.FromResult(new AgentView(Agent, State.Presence, State.Reason, State.Work, State.NotResponding, State.Since, State.Contact?.Call, State.Contact, State.Epoch, State.Until, State.Away) { Break = BreakNow(), HelpSince = State.Hand?.Since, LastContact = State.LastContact });

    BreakView? BreakNow() => State switch
    {
        { Wish: { } wish } => new(BreakProgress.Waits, wish.Reason, wish.Since, wish.Place, null, Overrun: false, wish.Terms.Team, wish.First),
        { Break: { } running } => new(BreakProgress.Goes, running.Reason, running.Since, null, running.Until, running.Overrun, running.Terms?.Team),
        { Presence: Presence.Break, Reason: { } reason } => new(BreakProgress.Allowed, reason, State.Since, null, null, Overrun: false, State.Terms?.Team),
        _ => null,
    };

    public Task EndAfterCall(CallId call)
    {
        HappenAlone(new AfterCallDone(Now(), call));
        return Task.CompletedTask;
    }

    public async Task Refresh()
    {
        settings = await store.FindServing(Owner, Agent);
        HappenAlone(new ProfileChanged(Now()));
    }

    protected override void Send(Effect effect, long debt, Task? after)
    {
        switch (effect)
        {
            case AgentToCall word: Put(ToCall(word.Contact), Word(word), debt, after); break;
            case AgentToTeam word: ToTeam(word.Team).Put(TeamWord(word), after); break;
            case TellStatus word: TellPools(word.Status, after); break;
            case RefuseReserve word: ToRouting(word.Contact.Tenant).Put(new ReserveRefused(Now(), new(Owner, Agent), word.Contact), after); break;
        }
    }

    TeamEvent TeamWord(AgentToTeam effect) => effect switch
    {
        TellBreakWanted e => new BreakWanted(Now(), Agent, e.Since, e.First),
        TellBreakHeld => new BreakHeld(Now(), Agent),
        _ => new BreakOver(Now(), Agent),
    };

    Lane<TeamEvent> ToTeam(string team) => Outbox.To<TeamEvent, IGrainFactory>(SenderKind.Team, team, GrainFactory, grains => grains.Team(Owner, team).Tell);

    CallEvent Word(AgentToCall effect) => effect switch
    {
        OfferToCall e => new Offered(Now(), KnownTo(e), e.Epoch, Remaining(e), OperatorsName.In(e.Contact.Tenant, Owner, e.Station), e.Terms, settings?.StaffNumberIn(e.Contact.Tenant), e.StationIs),
        TellOfferTaken e => new OfferConfirmed(Now(), KnownTo(e), e.Epoch, e.Leg),
        TellOfferGone e => new OfferGone(Now(), KnownTo(e), e.Epoch),
        TellAgentRefused e => new AgentRefused(Now(), KnownTo(e)),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.GetType().Name, "has no word for a call"),
    };

    /// <summary>This agent as that call names it.</summary>
    AgentId KnownTo(AgentToCall word) => new AgentRef(Owner, Agent).In(word.Contact.Tenant);

    /// <summary>After a restart less of the offer is left than when it was made.</summary>
    TimeSpan Remaining(OfferToCall offer)
    {
        if (!State.Holds(offer.Contact, offer.Epoch) || State.Until is not { } until) return TimeSpan.Zero;
        var left = until - AgentLimits.Beyond(offer.StationIs) - Now();
        return left < offer.Remaining ? left : offer.Remaining;
    }

    /// <summary>Every pool that the agent serves, and those that it served until now.</summary>
    void TellPools(AgentStatus status, Task? after)
    {
        var now = Serving(status);
        var former = pools;
        pools = now;
        var word = new AgentIs(Now(), new(Owner, Agent), status);
        foreach (var pool in now) ToRouting(pool).Put(word, after);
        foreach (var pool in former)
            if (!now.Span.Contains(pool)) ToRouting(pool).Put(word, after);
    }

    /// <summary>The agent's own tenant, and those of its queues.</summary>
    Items<TenantId> Serving(AgentStatus status)
    {
        Items<TenantId> serving = [Owner];
        foreach (var queue in status.Queues)
            if (!serving.Span.Contains(queue.Tenant)) serving = serving.Add(queue.Tenant);
        return serving == pools ? pools : serving;
    }

    Lane<CallEvent> ToCall(Contact contact)
    {
        var key = $"{contact.Tenant}/{contact.Call}";
        return Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, key, GrainFactory, grains => grains.GetGrain<ICallGrain>(key).Tell);
    }

    Lane<RoutingEvent> ToRouting(TenantId pool) => Outbox.To<RoutingEvent, IGrainFactory>(SenderKind.Routing, pool.Value, GrainFactory, grains => grains.Routing(pool, PoolId.Default).Tell);

    protected override Task Acknowledge(Sender sender, Ack ack) =>
        sender.Kind == SenderKind.Call ? GrainFactory.GetGrain<ICallGrain>(sender.Key).Acknowledge(ack) : Task.CompletedTask;

    protected override void Committed(long number)
    {
        var due = number - snapshot.State.Entry >= AgentSnapshot.Every;
        if (due && !writing && number == Entry && State.Work == AgentWork.Idle && Outbox.IsSettled) _ = WriteSnapshot(number);
    }

    async Task WriteSnapshot(long number)
    {
        writing = true;
        Outbox.ForgetSilent();
        try
        {
            snapshot.State = new(number, State, LastDebt, CarryHeard());
            await snapshot.WriteStateAsync();
        }
        catch (Exception fault) // without it the fold is only longer
        {
            Log.SnapshotFailed(Key, number, fault.GetType().Name);
        }
        finally
        {
            writing = false;
        }
    }
}
