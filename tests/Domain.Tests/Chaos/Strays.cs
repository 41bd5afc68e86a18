namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Words out of place: late, repeated, out of order, for a call or a lease that is over or never was. None may do harm.</summary>
internal static class Strays
{
    public static void Send(World world)
    {
        switch (world.Chance.Next(5))
        {
            case 0: SendToAgent(world); break;
            case 1 or 2: SendToRouting(world); break;
            default: SendToCall(world); break;
        }
    }

    private static void SendToCall(World world)
    {
        var rare = world.Happens(0.5) ? CallPhase.Claiming : CallPhase.Dialling;
        var scarce = world.Calls.Live.FirstOrDefault(c => c.State.Phase == rare); // rare, so it gets its share
        var call = scarce is not null && world.Happens(0.7) ? scarce : world.Happens(0.2) ? world.Calls.Find(new(World.Acme, new("call-never"))) : world.Happens(0.15) ? world.Calls.Find(world.Calls.AnyContact()) : world.Calls.Any();
        if (call is null) return;
        var state = call.State;
        var agent = world.Agents[world.Chance.Next(world.Agents.Count)];
        var (at, old) = (call.Now, state.EpochOf(agent.Ref.Agent) - world.Chance.Next(1, 3));
        var ended = state.Legs.Where(l => !l.Lives).Select(l => l.Id).FirstOrDefault(new LegId("agent-nobody-0"));
        call.Happen(world.Chance.Next(22) switch
        {
            0 when state.Phase != CallPhase.Empty => new Arrived(at, state.Customer, state.Edge, state.EdgeEpoch, null, "1", state.Flow, state.Limited, "", null),
            1 => new Answered(at, ended),
            2 => new Alerting(at, ended),
            3 => new PickedUp(at, ended),
            4 => new NotPickedUp(at, ended, LegFailure.Busy, 486),
            5 => new HungUp(at, ended, LegEndedBy.FarEnd, 0, 0),
            6 => new DigitPressed(at, new("caller"), '7'),
            7 => new PlayEnded(at, new("caller"), "menu.1000"),
            8 => new StillThere(at, world.Happens(0.5) ? ended : new("caller")),
            9 => new EdgeLost(at, new(call.Edge.Name), call.Edge.Epoch - 1),
            10 => new SlotGranted(at),
            11 when state.Phase != CallPhase.Claiming => new SlotRefused(at),
            12 => new Offered(at, agent.Ref.Agent, old, TimeSpan.FromSeconds(12), agent.Station, SomeFlows.Terms(SomeFlows.Queue(0)), Kind: world.Happens(0.3) ? StationKind.Number : StationKind.Phone),
            13 => new OfferConfirmed(at, agent.Ref.Agent, old, ended),
            14 => new OfferGone(at, agent.Ref.Agent, old),
            15 => new PlaceIs(at, world.Chance.Next(25)),
            16 => new PlaceWanted(at),
            17 => new TrackKept(at, "r1", "nobody-1", 1, 0, "ab"),
            18 => new FellQuiet(at, new("caller"), at.AddSeconds(-5)),
            19 => new FaxHeard(at, world.Happens(0.3) ? ended : new("caller"), (FaxTone)world.Chance.Next(2)),
            20 => new SoundTurned(at, world.Happens(0.5) ? ended : new("caller"), true, 2.5, 12, 40, null),
            _ => new CallTimeUp(at),
        });
        if (at.Ticks % 5 < 2) call.Happen(new AnswerHeard(call.Now, at.Ticks % 2 == 0 ? ended : LegId.Called, new(AnswerKind.Machine, 0.9, 2000)));
    }

    private static void SendToAgent(World world)
    {
        SendOneToAgent(world);
        if (world.Agents.Exists(a => a.State.NotResponding)) SendOneToAgent(world);
    }

    private static void SendOneToAgent(World world)
    {
        var silent = world.Agents.Find(a => a.State.NotResponding); // rare, so it gets its share
        var agent = silent is not null && world.Happens(0.95) ? silent : world.Agents[world.Chance.Next(world.Agents.Count)];
        var (at, contact, old) = (agent.Now, world.Calls.AnyContact(), agent.State.Epoch - world.Chance.Next(1, 3));
        if (at.Ticks % 4 == 0) agent.FallsSilent();
        agent.Happen(world.Chance.Next(18) switch
        {
            0 => new Reserve(at, contact, SomeFlows.Terms(SomeFlows.Queue(0))),
            1 => new Take(at, contact, old, new("agent-nobody-0")),
            2 => new Close(at, contact, old, OfferEnd.Withdrawn),
            3 => new Release(at, contact, old),
            4 => new Renew(at, contact, old),
            5 => new Asked(at),
            6 => new ProfileChanged(at),
            7 => new StationDown(at, "another"),
            8 => new StationUp(at, agent.Station, world.Happens(0.2) ? StationKind.Number : agent.State.Kind),
            9 => new ChoosePresence(at, Presence.NotReady, null), // without a reason it is no choice
            11 => new BreakAllowed(at),
            12 => new BreakPlaceIs(at, world.Chance.Next(1, 5)),
            16 => new GoFirst(at),
            13 => new RaiseHand(at, agent.State.Contact?.Call ?? contact.Call),
            14 => new LowerHand(at),
            10 => new ReserveDirect(at, contact, SomeFlows.Terms(SomeFlows.Queue(0)) with { Queue = null }),
            15 => new AfterCallDone(at, world.Happens(0.5) && agent.State.Contact is { } own ? own.Call : contact.Call),
            _ => new AgentTimeUp(agent.State.Deadline is { } due && world.Plan.Sabotage == Sabotage.NoLeaseExpiry && due <= at ? at.AddHours(-3) : at),
        });
    }

    private static void SendToRouting(World world)
    {
        var routing = world.Routing;
        var agent = world.Happens(0.1) ? new AgentRef(World.Acme, new("agent-0")) : world.Agents[world.Chance.Next(world.Agents.Count)].Ref;
        var call = world.Calls.Any();
        var contact = call is not null && world.Happens(0.7) ? call.Contact : world.Calls.AnyContact();
        var place = call?.State.Place ?? new Place(SomeFlows.Queue(world.Chance.Next(world.Plan.Queues)), routing.Now, 5);
        var at = routing.Now;
        routing.Happen(world.Chance.Next(8) switch
        {
            0 => new ContactWaits(at, contact, place),
            1 => new ContactHeld(at, contact, place, at.AddSeconds(1)),
            2 => new ContactLeft(at, contact),
            3 => new PlaceAsked(at, contact),
            4 => new AgentIs(at, agent, new(world.Happens(0.5) ? 1 : at.UtcTicks - 100, world.Happens(0.7), world.Happens(0.5), at, null, at, [new(World.Acme, SomeFlows.Queue(0))])),
            5 => new ReserveRefused(at, agent, contact),
            6 => new QueueIs(at, World.Acme, SomeFlows.Terms(SomeFlows.Queue(world.Chance.Next(world.Plan.Queues)))),
            _ => new RoutingTimeUp(at),
        });
    }
}
