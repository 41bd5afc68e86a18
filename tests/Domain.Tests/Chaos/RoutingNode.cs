namespace CallCenter.Domain.Tests.Chaos;

/// <summary>The shell of routing: nothing is stored; after a crash the open calls and the configuration's agents are asked.</summary>
internal sealed class RoutingNode(World world) : Node(world, "routing")
{
    private RoutingMachine machine = new();

    public bool IsEmpty => machine.Contacts == 0;
    public RoutingMachine Machine => machine;

    public void Start() => Activate();

    public void Happen(RoutingEvent happened)
    {
        Activate();
        World.Coverage.Count("routing", Kind(happened), happened.GetType().Name);
        Do(machine.Next(happened));
    }

    private string Kind(RoutingEvent happened) => happened switch
    {
        ContactWaits e => Contact(e.Contact),
        ContactHeld e => Contact(e.Contact),
        ContactLeft e => Contact(e.Contact),
        PlaceAsked e => Contact(e.Contact),
        AgentIs e => Agent(e.Agent),
        ReserveRefused e => Agent(e.Agent),
        QueueIs e => machine.Knows(new(e.Tenant, e.Terms.Queue!.Value)) ? "QueueKnown" : "QueueUnknown",
        _ => machine.Deadline <= happened.At ? "Due" : "NotDue",
    };

    private string Contact(Contact contact) => "Contact" + (machine.PhaseOf(contact)?.ToString() ?? "Unknown");
    private string Agent(AgentRef agent) => "Agent" + (machine.PhaseOf(agent)?.ToString() ?? "Unknown");

    private void Do(Items<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ReserveAgent e: Post(AgentNode.Of(World, e.Agent.Agent), e, false, false); break;
                case AskAgent e: Post(AgentNode.Of(World, e.Agent.Agent), e, false, false); break;
                case AskContact e: Post(World.Calls.Find(e.Contact), e, false, false); break;
                case TellPlace e: Post(World.Calls.Find(e.Contact), e, false, false); break;
                case AskQueue e:
                    var epoch = Epoch;
                    World.After(World.Between(0.01, 0.5), () => { if (Epoch == epoch) Happen(new QueueIs(Now, e.Queue.Tenant, SomeFlows.Terms(e.Queue.Queue))); });
                    break;
            }
        }
        Arm(machine.Deadline);
        TurnOver(false);
    }

    protected override void Take(Node from, object body) => Happen(body switch
    {
        TakePlace e => new ContactWaits(Now, ((CallNode)from).Contact, e.Place),
        HoldPlace e => new ContactHeld(Now, ((CallNode)from).Contact, e.Place, e.Until),
        LeavePlace => new ContactLeft(Now, ((CallNode)from).Contact),
        AskPlace => new PlaceAsked(Now, ((CallNode)from).Contact),
        TellStatus e => new AgentIs(Now, ((AgentNode)from).Ref, e.Status),
        RefuseReserve e => new ReserveRefused(Now, ((AgentNode)from).Ref, e.Contact),
        _ => throw new InvalidOperationException(body.GetType().Name),
    });

    protected override void TimeUp() => Happen(new RoutingTimeUp(Now));

    protected override void Wake()
    {
        machine = new();
        machine.Gather(Now);
        Later(() => machine.Expect(World.Calls.Live.Select(c => c.Contact).ToItems(), Now));
        Later(() => machine.Ask(World.Agents.Select(a => a.Ref).ToItems(), Now));
        Arm(machine.Deadline);
    }

    private void Later(Func<Items<Effect>> act)
    {
        var epoch = Epoch;
        World.After(World.Between(0.01, 0.3), () => { if (Epoch == epoch && Active) Do(act()); });
    }

    protected override void Stored() { }
    protected override void Lost() => machine = new();
}
