using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Routing;

/// <summary>
/// One routing pool. Its memory is soft: contacts say their place anew every 2 s; after an activation the calls that the journal
/// knows as open are asked for theirs, and the agents that the configuration lists for their word. No turn waits for storage or
/// for another grain.
/// </summary>
[KeepAlive]
sealed class RoutingGrain(IJournal journal, IConfigurationStore store, TimeProvider clock, Epochs epochs, ILogger<RoutingGrain> log) : SpeakingGrain(SenderKind.Routing, clock, epochs, log), IRoutingGrain
{
    /// <summary>Two clocks of one platform are not further apart; what is, was on its way for so long.</summary>
    static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(250);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly RoutingMachine machine = new();
    readonly Onlookers onlookers = new();

    PoolId Pool => new(GrainKeys.Name(Key));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        machine.Gather(Now());
        _ = AskCalls();
        _ = AskAgents();
        EndTurn();
    }

    public Task Tell(Letter<RoutingEvent> letter)
    {
        var now = Now();
        foreach (var message in letter.Messages)
            Happen(message.Body, now);
        EndTurn();
        return Task.CompletedTask;
    }

    public Task<QueueLive> Live(QueueRef queue) => Task.FromResult(Onlookers.Figures(machine, queue));

    public Task<Items<QueueTold>> Watch(string id, IQueueWatcher watcher) => Task.FromResult(onlookers.Watch(id, watcher, machine, Now()));

    /// <summary>Reads which calls are open, beside the turns, and asks them. Those who do not answer in time are served when they speak.</summary>
    async Task AskCalls()
    {
        try
        {
            var open = await journal.Open(SubjectKind.Call);
            Send(machine.Expect(open.Where(call => call.Owner == Owner).Select(call => new Contact(call.Owner, new(call.Name))).ToItems(), Now()));
            EndTurn();
        }
        catch (Exception fault) // an outage of the journal: the gathering ends by its time
        {
            Log.CallsNotRead(Key, fault.GetType().Name);
        }
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
        if (onlookers.Any && onlookers.Turn(machine, Now()) is { } tell) WakeBy(tell);
    }

    protected override Task Rung()
    {
        var now = Now();
        if (machine.Deadline <= now) Happen(new RoutingTimeUp(now), now);
        EndTurn();
        return Task.CompletedTask;
    }

    void Send(Items<Effect> effects)
    {
        foreach (var effect in effects)
            switch (effect)
            {
                case ReserveAgent e: ToAgent(e.Agent).Put(new Reserve(Now(), e.Contact, e.Terms, e.Since)); break;
                case AskAgent e: ToAgent(e.Agent).Put(new Asked(Now())); break;
                case AskContact e: ToCall(e.Contact).Put(new PlaceWanted(Now())); break;
                case TellPlace e: ToCall(e.Contact).Put(new PlaceIs(Now(), e.Position)); break;
                case AskQueue e: ToQueue(e.Queue).Put(e.Queue); break;
            }
    }

    Lane<AgentEvent> ToAgent(AgentRef agent) => Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, $"{agent.Owner}/{agent.Agent}", GrainFactory, grains => grains.Agent(agent).Tell);

    Lane<CallEvent> ToCall(Contact contact) => Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, $"{contact.Tenant}/{contact.Call}", GrainFactory, grains => grains.Call(contact.Tenant, contact.Call).Tell);

    Lane<QueueRef> ToQueue(QueueRef queue) => Outbox.To<QueueRef, RoutingGrain>(SenderKind.Queue, $"{queue.Tenant}/{queue.Queue}", this, self => _ => self.GrainFactory.Queue(queue).Introduce(self.Owner, self.Pool));
}
