using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Routing;

/// <summary>
/// One routing pool. Its memory is soft: contacts say their place anew every 2 s, and the agents that the configuration lists are
/// asked once after an activation. No turn waits for storage or for another grain.
/// </summary>
[KeepAlive]
sealed class RoutingGrain(IConfigurationStore store, TimeProvider clock, Epochs epochs, ILogger<RoutingGrain> log) : SpeakingGrain(SenderKind.Routing, clock, epochs, log), IRoutingGrain
{
    /// <summary>Two clocks of one platform are not further apart; what is, was on its way for so long.</summary>
    static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(250);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Within this time after a crash every waiting call has said its place again: the edges' watchdog beats every 2 s.</summary>
    static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2.2);

    readonly RoutingMachine machine = new();
    readonly List<QueueIs> held = [];
    DateTimeOffset activatedAt;

    PoolId Pool => new(GrainKeys.Name(Key));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        activatedAt = Now();
        _ = AskAgents();
    }

    public Task Tell(Letter<RoutingEvent> letter)
    {
        var now = Now();
        foreach (var message in letter.Messages)
            if (!Holds(message.Body, now)) Happen(message.Body, now);
        EndTurn();
        return Task.CompletedTask;
    }

    public Task<QueueLive> Live(QueueRef queue)
    {
        var figures = machine.Look(queue);
        return Task.FromResult(new QueueLive(figures.Waiting, figures.OldestSince, figures.SignedIn, figures.Free));
    }

    /// <summary>Reads who there is, beside the turns, and asks them.</summary>
    async Task AskAgents()
    {
        var reader = new AgentLister(store, Owner);
        while (true)
        {
            try
            {
                var agents = await Task.Run(() => reader.Read());
                Send(machine.Ask(agents, Now()));
                EndTurn();
                return;
            }
            catch (Exception fault) // an outage of the configuration; those who speak by themselves are routed meanwhile
            {
                Log.AgentsNotRead(Key, fault.GetType().Name);
            }
            await Task.Delay(Pause, Clock);
        }
    }

    /// <summary>
    /// After a crash the first to speak must not be the first to be served: without a queue's terms the machine only collects, so
    /// these are held back until everyone has had time to speak. The grain is kept alive, so that only a start pays for this.
    /// </summary>
    bool Holds(RoutingEvent told, DateTimeOffset now)
    {
        if (now - activatedAt >= Gathering || told is not QueueIs terms) return false;
        if (held.Exists(known => IsOf(known, terms) && known.Terms.QueueVersion > terms.Terms.QueueVersion)) return true;
        held.RemoveAll(known => IsOf(known, terms)); // the first of its terms would serve those who wait: it must be the newest
        held.Add(terms);
        return true;
    }

    static bool IsOf(QueueIs one, QueueIs other) => one.Tenant == other.Tenant && one.Terms.Queue == other.Terms.Queue;

    void EndGathering(DateTimeOffset now)
    {
        foreach (var terms in held) Happen(terms, now);
        held.Clear();
    }

    void Happen(RoutingEvent happened, DateTimeOffset now)
    {
        var late = (happened.At - now).Duration() > Drift;
        var effects = machine.Next(late ? happened with { At = now } : happened);
        if (effects.IsEmpty) return;
        Send(effects);
    }

    void EndTurn()
    {
        Outbox.Flush();
        if (machine.Deadline is { } due) WakeBy(due);
        if (held.Count > 0) WakeBy(activatedAt + Gathering);
    }

    protected override Task Rung()
    {
        var now = Now();
        if (held.Count > 0 && now - activatedAt >= Gathering) EndGathering(now);
        if (machine.Deadline <= now) Happen(new RoutingTimeUp(now), now);
        EndTurn();
        return Task.CompletedTask;
    }

    void Send(Items<Effect> effects)
    {
        foreach (var effect in effects)
            switch (effect)
            {
                case ReserveAgent e: ToAgent(e.Agent).Put(new Reserve(Now(), e.Contact, e.Terms)); break;
                case AskAgent e: ToAgent(e.Agent).Put(new Asked(Now())); break;
                case TellPlace e: ToCall(e.Contact).Put(new PlaceIs(Now(), e.Position)); break;
                case AskQueue e: ToQueue(e.Queue).Put(e.Queue); break;
            }
    }

    Lane<AgentEvent> ToAgent(AgentRef agent) => Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, $"{agent.Owner}/{agent.Agent}", GrainFactory, grains => grains.Agent(agent).Tell);

    Lane<CallEvent> ToCall(Contact contact) => Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, $"{contact.Tenant}/{contact.Call}", GrainFactory, grains => grains.Call(contact.Tenant, contact.Call).Tell);

    Lane<QueueRef> ToQueue(QueueRef queue) => Outbox.To<QueueRef, RoutingGrain>(SenderKind.Queue, $"{queue.Tenant}/{queue.Queue}", this, self => _ => self.GrainFactory.Queue(queue).Introduce(self.Owner, self.Pool));
}
