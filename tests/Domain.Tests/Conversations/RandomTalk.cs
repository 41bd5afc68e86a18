using CallCenter.Domain.Kpi;

namespace CallCenter.Domain.Tests.Conversations;

/// <summary>One random conversation, checked after every event.</summary>
internal sealed class RandomTalk(int seed)
{
    private readonly Scene scene = new(seed);
    private readonly List<string> story = [];
    private int lines = 1;

    public IReadOnlyList<string> Story => story;
    public Scene Scene => scene;

    public void Run(int steps)
    {
        Begin();
        for (var i = 0; i < steps && scene.Call.Phase != CallPhase.Ended; i++) Step();
        End();
    }

    private void Begin()
    {
        var (kind, at) = (scene.Chance.Next(10), scene.Now);
        if (kind < 7)
        {
            scene.Edge.Arrives(new("caller"));
            Tell(new Arrived(at, new("caller"), new("edge-0"), 1, "trunk", "86-4008001001", new(new("main"), 1), kind % 2 == 0, "", null));
        }
        else if (kind == 7) Tell(new DialOut(at, new(Agent(), false), null, Target(), null));
        else
        {
            scene.Edge.Arrives(new("phone-1"));
            Tell(new PhoneDialled(at, new("phone-1"), new("edge-0"), 1, kind == 8 ? Scene.Station(scene.Chance.Next(4)) : "2001", Dialled()));
        }
        for (var i = 0; i < 40 && scene.Call.Phase is not (CallPhase.Talking or CallPhase.Ended) && scene.Happens(0.99); i++)
        {
            if (!scene.Deliver()) Phones();
            if (scene.Call is { Phase: CallPhase.Waiting, Offers.IsEmpty: true }) Offer();
            Check();
        }
    }

    private void Step()
    {
        switch (scene.Chance.Next(14))
        {
            case <= 4: if (scene.Deliver()) story.Add("(delivered)"); break;
            case 5 or 6: Phones(); break;
            case 7: scene.Pass(TimeSpan.FromMilliseconds(scene.Chance.Next(1, scene.Happens(0.05) ? 40_000 : 3000))); break;
            case 8 when scene.Call.Phase == CallPhase.Waiting: Offer(); break;
            case 8: Trouble(); break;
            default: Order(); break;
        }
        Check();
    }

    /// <summary>Routing offers the waiting call to an agent.</summary>
    private void Offer()
    {
        if (scene.Call is not { Phase: CallPhase.Waiting, Place: { } place }) return;
        scene.Tell(scene.Chance.Next(4), new Reserve(scene.Now, Scene.Contact, new(place.Queue, TimeSpan.FromSeconds(15), scene.Rules.Queue(place.Queue)!.Recording, 1)));
    }

    private void Phones()
    {
        var rings = scene.Edge.Ringing.ToList();
        if (rings.Count == 0) return;
        var leg = rings[scene.Chance.Next(rings.Count)];
        story.Add($"phone {leg}");
        if (scene.Happens(0.75)) scene.Edge.PickUp(leg);
        else scene.Edge.Fail(leg, (LegFailure)scene.Chance.Next(4));
    }

    private void Trouble()
    {
        var live = scene.Edge.Live.ToList();
        var leg = live.Count > 0 ? live[scene.Chance.Next(live.Count)] : new("nobody");
        switch (scene.Chance.Next(14))
        {
            case 0 when scene.Happens(0.4): story.Add($"{leg} hangs up"); scene.Edge.End(leg, scene.Happens(0.8) ? LegEndedBy.FarEnd : LegEndedBy.Network); break;
            case 1: scene.Crash(); story.Add("crash"); break;
            case 2 when scene.Happens(0.05): Tell(new EdgeLost(scene.Now, new("edge-0"), 2)); foreach (var each in live) scene.Edge.End(each, LegEndedBy.Edge); break;
            case 3 when scene.Call.PartyOf(Agent()) is { Agent: { } agent } party && scene.Happens(0.2): Tell(new OfferGone(scene.Now, agent, party.Epoch)); break;
            case 4: Tell(new LegHeld(scene.Now, leg)); break;
            case 5: Tell(new LegRetrieved(scene.Now, leg)); break;
            case 12: Tell(new PathLost(scene.Now, leg)); break;
            case 13: Tell(new PathBack(scene.Now, leg)); break;
            case 6: Tell(new Referred(scene.Now, leg, Dialled(), null)); break;
            case 7: Tell(new Referred(scene.Now, leg, "", live.Count > 0 ? live[scene.Chance.Next(live.Count)] : leg)); break;
            case 8: SecondLine(); break;
            case 9: Tell(new StillThere(scene.Now, leg)); break;
            case 10 or 11 when scene.Call.Phase == CallPhase.InFlow: Tell(new DigitPressed(scene.Now, scene.Call.Customer, "12"[scene.Chance.Next(2)])); break;
            default: scene.Tell(scene.Chance.Next(4), new ChoosePresence(scene.Now, (Presence)scene.Chance.Next(4), "x")); break;
        }
    }

    private void SecondLine()
    {
        var phone = new LegId($"phone-{++lines}"); // an edge gives no name twice
        scene.Edge.Arrives(phone);
        Tell(new PhoneDialled(scene.Now, phone, new("edge-0"), 1, Scene.Station(scene.Chance.Next(4)), Dialled()));
    }

    private void Order()
    {
        var (at, by) = (scene.Now, scene.Happens(0.2) ? new Asker(null, true) : new Asker(Agent(), scene.Happens(0.3)));
        var legs = scene.Call.Legs;
        CallCommand order = Kind() switch
        {
            0 or 1 => new Hold(at, by, null),
            2 => new Retrieve(at, by, null),
            3 => new Mute(at, by, null, scene.Happens(0.5)),
            4 => new Transfer(at, by, null, Target()),
            5 or 6 => new Consult(at, by, null, Target()),
            7 => new CompleteTransfer(at, by, null),
            8 => new CancelConsult(at, by, null),
            9 => new Swap(at, by, null),
            10 => new Conference(at, by, null),
            11 => new DropLeg(at, by, null, legs.IsEmpty ? new("x") : legs[scene.Chance.Next(legs.Count)].Id),
            12 when scene.Happens(0.2) => new LeaveCall(at, by, null),
            13 => scene.Happens(0.5) ? new PauseRecording(at, by, null) : new ResumeRecording(at, by, null),
            14 or 12 => new Listen(at, new(null, true), Agent(), Agent(), (ListenMode)scene.Chance.Next(3), scene.Happens(0.8)),
            15 => new TakeOver(at, by, null),
            16 => new SendToFlow(at, by, null, new(new("pin"), 1)),
            17 => new TakeBack(at, by, null),
            _ => new PressKeys(at, by, null, "1"),
        };
        var refusal = CallMachine.Check(scene.Call, order, scene.Rules);
        var before = scene.Call;
        Tell(order);
        if (refusal is not null) Assert.Equal(before.FactCount, scene.Call.FactCount);
        Check();
        if (refusal is not null || !scene.Happens(0.1) || order is Transfer or Consult or Swap or PressKeys) return;
        var facts = scene.Call.FactCount;
        Tell(order); // repeated
        if (order is not (LeaveCall or CompleteTransfer or DropLeg)) Assert.Equal(facts, scene.Call.FactCount);
    }

    /// <summary>Mostly what makes sense as things are.</summary>
    private int Kind()
    {
        if (scene.Call.Consult is not null && scene.Happens(0.4)) return scene.Chance.Next(7, 12);
        if (scene.Call.Trip is not null && scene.Happens(0.3)) return 17;
        if (scene.Call.Parties.AsEnumerable().Any(p => p.Listens) && scene.Happens(0.3)) return scene.Chance.Next(14, 16);
        return scene.Chance.Next(19);
    }

    private void Tell(CallEvent happened)
    {
        story.Add(happened.ToString());
        scene.Tell(happened);
    }

    private AgentId Agent() => scene.Call.Parties is { IsEmpty: false } here && scene.Happens(0.5) && here[scene.Chance.Next(here.Count)].Agent is { } agent ? agent : new(Scene.Names[scene.Chance.Next(4)]);

    private string Dialled() => scene.Chance.Next(4) switch { 0 => "2002", 1 => "13800138000", _ => Scene.Station(scene.Chance.Next(4)) };

    private CallTarget Target() => scene.Chance.Next(6) switch
    {
        0 => new(Queue: scene.Happens(0.5) ? Scene.Sales : Scene.Care),
        1 or 2 => new(Agent: Agent()),
        3 => new(Extension: scene.Happens(0.5) ? "2003" : Scene.Station(1)),
        4 => new(Number: "13900139000"),
        _ => new(Agent: Agent()),
    };

    private void Check()
    {
        var model = scene.Model;
        Assert.Equal(model.Pairs([.. scene.Edge.Live.Select(l => l.Value)]), scene.Call.Phase == CallPhase.Ended ? [] : scene.Edge.Hears());
        Assert.Equal(model.Recorded(), new SortedSet<string>(scene.Edge.Tracks.Values.Select(l => l.Value), StringComparer.Ordinal));
        if (model.MustExplain) Assert.True(scene.Call.Unrecorded is not null, "connected seconds without track or reason");
        foreach (var (leg, activity) in model.Activities()) Assert.Equal(activity, scene.Call.PartyAt(leg)?.Does);
        Assert.True(model.MakesSense, $"nobody is there or comes ({scene.Call.Phase})");
    }

    /// <summary>No more whims: phones are answered, everybody but the customer hangs up in the end; then nothing may be left.</summary>
    private void End()
    {
        scene.Calm = true;
        for (var round = 0; round < 60 && !IsOver(); round++)
        {
            while (scene.Deliver()) Check();
            foreach (var leg in scene.Edge.Ringing.ToList()) scene.Edge.PickUp(leg);
            while (scene.Deliver()) Check();
            scene.Pass(TimeSpan.FromSeconds(2));
            if (round > 3)
                foreach (var leg in scene.Edge.Live.ToList())
                    if (leg != scene.Call.Customer || scene.Call.Phase is CallPhase.Waiting or CallPhase.Claiming || round > 40) scene.Edge.End(leg, LegEndedBy.FarEnd);
        }
        story.Add("the end");
        scene.Pass(TimeSpan.FromMinutes(2));
        while (scene.Deliver()) { }
        Assert.True(scene.Call.IsOver || scene.Call.Phase == CallPhase.Empty, $"goes on: {scene.Call}");
        Assert.All(scene.Agents, agent => Assert.True(agent.Work is AgentWork.Idle, $"{agent.Work}"));
        Assert.Empty(scene.Channels);
        Assert.False(scene.Slot);
        Assert.Empty(scene.Edge.Live);
        Times();
    }

    private bool IsOver() => scene.Call.IsOver || scene.Call.Phase == CallPhase.Empty;

    /// <summary>Each agent's parts add up to the wall clock of its presence.</summary>
    private void Times()
    {
        var summary = CallSummary.Of(scene.Facts.ToItems());
        var presence = new Dictionary<LegId, (DateTimeOffset From, DateTimeOffset To)>();
        foreach (var fact in scene.Facts)
            switch (fact)
            {
                case AgentJoined f: presence[f.Leg] = (f.At, f.At); break;
                case ListenerJoined f: presence[f.Leg] = (f.At, f.At); break;
                case AgentLeft f: presence[f.Leg] = (presence[f.Leg].From, f.At); break;
            }
        foreach (var (leg, (from, to)) in presence)
        {
            var parts = summary.Talks.AsEnumerable().Where(t => t.Leg == leg).ToList();
            Assert.Equal(to - from, parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.To!.Value - part.From)));
        }
        var tracks = summary.Recordings.AsEnumerable().SelectMany(r => r.Tracks.AsEnumerable()).ToList();
        Assert.All(tracks, t => Assert.NotNull(t.To));
    }
}
