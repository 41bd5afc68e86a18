namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Orders of people and words of phones, at any time and to any call: most of them can no longer be done, or never could.</summary>
internal static class StrayOrders
{
    public static void Send(World world)
    {
        if (Any(world) is not { } call) return;
        var state = call.State;
        var at = call.Now;
        var leg = state.Legs.IsEmpty ? new("agent-nobody-0") : state.Legs[world.Chance.Next(state.Legs.Count)].Id;
        call.Happen(world.Chance.Next(4) == 0 ? Word(world, state, at, leg) : Order(world, state, at, leg));
        call.Happen(Browsers(world, call.State, call.Now, leg));
        world.Calls.Lives(call);
    }

    /// <summary>What a browser says, and what is said of it.</summary>
    private static CallEvent Browsers(World world, CallState state, DateTimeOffset at, LegId leg)
    {
        var agent = Agent(world);
        var (by, epoch) = (new Asker(agent, false), state.EpochOf(agent) - (world.Happens(0.5) ? 0 : 1));
        return world.Chance.Next(5) switch
        {
            0 => new PathLost(at, leg),
            1 => new PathBack(at, leg),
            2 => new ShowOffer(at, by, null, epoch),
            3 => new AnswerOffer(at, by, null, epoch),
            _ => new RejectOffer(at, by, null, epoch),
        };
    }

    /// <summary>What is rare gets its share.</summary>
    private static CallNode? Any(World world)
    {
        if (world.Happens(0.1)) return world.Calls.Find(new(World.Acme, new("call-never")));
        if (world.Happens(0.15)) return world.Calls.Find(world.Calls.AnyContact());
        var wanted = world.Chance.Next(4) switch { 0 => CallPhase.Claiming, 1 => CallPhase.Dialling, 2 => CallPhase.InFlow, _ => CallPhase.Talking };
        return world.Calls.Live.FirstOrDefault(c => c.State.Phase == wanted) ?? world.Calls.Any();
    }

    private static CallEvent Word(World world, CallState state, DateTimeOffset at, LegId leg) => world.Chance.Next(8) switch
    {
        0 => new LegHeld(at, leg),
        1 => new LegRetrieved(at, leg),
        2 => new Referred(at, leg, Dialled(world), world.Happens(0.3) ? leg : null),
        3 when state.Phase != CallPhase.Empty => new PhoneDialled(at, state.Legs.IsEmpty ? leg : state.Legs[0].Id, state.Edge, state.EdgeEpoch, "2002", Dialled(world)),
        4 => new AgentRefused(at, Agent(world)),
        6 when state.Phase != CallPhase.Empty => new EmergencyDialled(at, state.Legs.IsEmpty ? leg : state.Legs[0].Id, state.Edge, state.EdgeEpoch, "2002", "110", "trunk", "", at.AddSeconds(60)),
        5 => new DialCleared(at, leg, "trunk", "02112345678"),
        _ => new DialRefused(at, leg, DialRefusal.NoTrunk),
    };

    private static CallCommand Order(World world, CallState state, DateTimeOffset at, LegId leg)
    {
        var by = world.Happens(0.3) ? new Asker(null, true) : new Asker(state.Parties is { IsEmpty: false } here && world.Happens(0.7) ? here[world.Chance.Next(here.Count)].Agent : Agent(world), false);
        return world.Chance.Next(21) switch
        {
            0 => new Hold(at, by, null),
            1 => new Retrieve(at, by, null),
            2 => new Mute(at, by, null, world.Happens(0.5)),
            3 => new Transfer(at, by, null, Target(world)),
            4 => new Consult(at, by, null, Target(world)),
            5 => new CompleteTransfer(at, by, null),
            6 => new CancelConsult(at, by, null),
            7 => new Swap(at, by, null),
            8 => new Conference(at, by, null),
            9 => new DropLeg(at, by, null, leg),
            10 => new LeaveCall(at, by, null),
            11 => new PressKeys(at, by, null, "1"),
            12 => new PauseRecording(at, by, null),
            13 => new ResumeRecording(at, by, null),
            14 or 15 => new Listen(at, new(null, true), Agent(world), Agent(world), (ListenMode)world.Chance.Next(3), true),
            16 => new TakeOver(at, by, null),
            17 => new SendToFlow(at, by, null, new(new("survey"), 1)),
            18 => new TakeBack(at, by, null),
            _ => new DialOut(at, by, null, new(), null), // to nobody: a call that was never made does not begin
        };
    }

    private static AgentId Agent(World world) => world.Agents[world.Chance.Next(world.Agents.Count)].Ref.Agent;

    private static string Dialled(World world) => world.Chance.Next(3) switch { 0 => "2003", 1 => "13900139000", _ => world.Agents[world.Chance.Next(world.Agents.Count)].Station };

    private static CallTarget Target(World world) => world.Chance.Next(4) switch
    {
        0 => new(Queue: SomeFlows.Queue(world.Chance.Next(world.Plan.Queues))),
        1 => new(Extension: "2004"),
        2 => new(Number: "13900139000"),
        _ => new(Agent: Agent(world)),
    };
}
