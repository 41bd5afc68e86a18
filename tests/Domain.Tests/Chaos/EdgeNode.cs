namespace CallCenter.Domain.Tests.Chaos;

/// <summary>An edge: the legs it holds, what the people at their ends do, and the watchdog. It knows the calls' commands only.</summary>
internal sealed class EdgeNode(World world, string name) : Node(world, name)
{
    private readonly Dictionary<(CallNode Call, LegId Leg), EdgeLeg> legs = [];
    private readonly HashSet<(CallNode, LegId)> gone = [];
    private readonly HashSet<(CallNode, string)> played = [];
    private readonly HashSet<(CallNode, TrackKey)> recorded = [];
    private readonly List<(CallNode Call, TrackKey Key, LegId Leg)> tracks = [];

    public bool IsEmpty => legs.Count == 0;

    public void NewCall()
    {
        Activate();
        var call = World.Calls.New(this);
        var leg = new LegId("caller");
        Add(new(this, call, leg, null));
        var number = World.Chance.Next(2) == 0 ? "01012345678" : "";
        Tell(call, new Arrived(Now, leg, new(Name), Epoch, "trunk", "86-4008001001", new(new("flow"), 1), World.Happens(0.4), number, null, World.Happens(0.2) ? new("https://shop.example", 1, []) : null));
    }

    /// <summary>A phone dials, or an agent has itself called.</summary>
    public void NewDialled()
    {
        Activate();
        var call = World.Calls.New(this);
        var agent = World.Agents[World.Chance.Next(World.Agents.Count)];
        var dialled = World.Chance.Next(3) switch { 0 => "2001", 1 => World.Agents[World.Chance.Next(World.Agents.Count)].Station, _ => "13800138000" };
        if (World.Happens(0.3))
        {
            call.Happen(new DialOut(call.Now, new(agent.Ref.Agent, false), null, new(Number: "13800138000"), null));
            return;
        }
        var leg = new LegId("phone-1");
        var (isEmergency, none) = (World.Happens(0.1), "2002");
        var station = isEmergency || World.Happens(0.2) ? none : agent.Station; // in an emergency a phone has no lease, and may talk beside another call
        Add(new(this, call, leg, null, station));
        if (isEmergency) RingEmergency(call, leg, station);
        else Tell(call, new PhoneDialled(Now, leg, new(Name), Epoch, station, dialled));
    }

    /// <summary>Nothing can be stored: the edge rings by itself, and the call hears of it.</summary>
    private void RingEmergency(CallNode call, LegId phone, string station)
    {
        var until = Now + CallLimits.NumberRings;
        Tell(call, new EmergencyDialled(Now, phone, new(Name), Epoch, station, "110", "trunk", "02112345678", until));
        Add(new(this, call, LegId.Called, new(LegId.Called, "", until)));
    }

    public void SettleDown()
    {
        foreach (var leg in legs.Values.ToList()) leg.SettleDown();
    }

    public EdgeLeg? Leg(CallNode call, LegId leg) => legs.GetValueOrDefault((call, leg));

    public void Tell(CallNode call, CallEvent happened, bool owed = true)
    {
        Post(call, happened, owed, false);
        TurnOver(false);
    }

    /// <summary>A leg is over: its call hears of it, once.</summary>
    public void Remove(EdgeLeg leg, CallEvent told)
    {
        if (!legs.Remove((leg.Call, leg.Id))) return;
        gone.Add((leg.Call, leg.Id));
        leg.Over = true;
        Tell(leg.Call, told);
        Keep(t => t.Call == leg.Call && t.Leg == leg.Id);
    }

    private void Add(EdgeLeg leg)
    {
        legs[(leg.Call, leg.Id)] = leg;
        leg.Begin();
        Watch(leg);
    }

    /// <summary>Every 2 s: this leg lives.</summary>
    private void Watch(EdgeLeg leg) => World.After(TimeSpan.FromSeconds(2), () =>
    {
        if (leg.Over) return;
        Tell(leg.Call, new StillThere(Now, leg.Id), owed: false);
        Watch(leg);
    });

    protected override void Take(Node from, object body)
    {
        var call = (CallNode)from;
        switch (body)
        {
            case AnswerLeg e: if (Held(call, e.Leg) is { } answered) answered.Answer(); break;
            case AlertLeg e: if (Held(call, e.Leg) is { } shown) shown.Alert(); break;
            case RejectLeg e: if (Held(call, e.Leg) is { } refused) Remove(refused, new HungUp(Now, e.Leg, LegEndedBy.Us, e.SipStatus, e.Q850)); break;
            case PlayToLeg e: if (Held(call, e.Leg) is { } listener && played.Add((call, e.Play))) listener.Play(e); break;
            case RingStation e:
                if (gone.Contains((call, e.Leg))) Held(call, e.Leg);
                else if (Leg(call, e.Leg) is null) Add(new(this, call, e.Leg, e));
                break;
            case RingNumber e:
                if (gone.Contains((call, e.Leg))) Held(call, e.Leg);
                else if (Leg(call, e.Leg) is null) Add(new(this, call, e.Leg, new(e.Leg, call.State.Leg(e.Leg)?.Station ?? "", e.Until), takesByKey: call.State.Leg(e.Leg) is { Station: not null }));
                break;
            case HangUpLeg e: if (Held(call, e.Leg) is { } leg) leg.HangUp(); break;
            case SetRoom { Members.Count: > 1 } e: Bridge(call, e); break;
            case StartTrack e: Record(call, e); break;
            case StopTrack e: Keep(t => t.Call == call && t.Key == new TrackKey(e.Recording, e.Track)); break;
        }
        TurnOver(false);
    }

    /// <summary>The leg; for one that this edge does not hold it answers that it is gone, each time: the call may have lost the word in a crash.</summary>
    private EdgeLeg? Held(CallNode call, LegId id)
    {
        if (Leg(call, id) is { } leg) return leg;
        gone.Add((call, id));
        Tell(call, new HungUp(Now, id, LegEndedBy.Edge, 0, 0));
        return null;
    }

    /// <summary>Each track once; of a leg that is gone nothing is kept.</summary>
    private void Record(CallNode call, StartTrack e)
    {
        var key = new TrackKey(e.Recording, e.Track);
        if (!recorded.Add((call, key))) return;
        tracks.Add((call, key, e.Leg));
        if (Leg(call, e.Leg) is null) Keep(t => t.Call == call && t.Key == key);
    }

    /// <summary>The segments are written a little later, and the call hears it then.</summary>
    private void Keep(Func<(CallNode Call, TrackKey Key, LegId Leg), bool> which)
    {
        foreach (var track in tracks.Where(which).ToList())
        {
            tracks.Remove(track);
            var start = Epoch;
            World.After(World.Between(0.001, 0.2), () => { if (Epoch == start) Tell(track.Call, new TrackKept(Now, track.Key.Recording, track.Key.Track, 1, 0, "ab")); });
        }
    }

    private void Bridge(CallNode call, SetRoom e)
    {
        foreach (var member in e.Members)
        {
            if (Held(call, member.Leg) is not { } leg) continue;
            leg.Bridged = Leg(call, e.Members.AsEnumerable().First(m => m.Leg != member.Leg).Leg);
            foreach (var other in World.Edges.SelectMany(edge => edge.legs.Values))
                if (leg.Station is ['1', ..] && other != leg && other.Station == leg.Station && other.Bridged is { Over: false } && other.Call != call && IsIn(other) && IsIn(leg)) throw new RuleBroken($"station {leg.Station} talks in {other.Call.Name} and {call.Name}");
            if (leg.Station is not null) leg.Talk();
        }
    }

    /// <summary>A call that has let an agent go may wait for its edge to hang up, and the agent need not.</summary>
    private static bool IsIn(EdgeLeg leg) => leg.Call.State.PartyAt(leg.Id) is not null;

    protected override void Wake() { }
    protected override void Stored() { }

    protected override void Lost()
    {
        foreach (var leg in legs.Values) leg.Over = true;
        var calls = legs.Keys.Select(k => k.Call).Distinct().ToList();
        legs.Clear();
        gone.Clear();
        played.Clear();
        recorded.Clear();
        tracks.Clear();
        // The edge's new start is noticed by the grains of its calls, if they live; the others notice when they wake.
        foreach (var call in World.Calls.Live)
        {
            if (call.Edge != this) continue;
            call.Forsake();
            World.After(World.Between(0.1, 3), () => call.Happen(new EdgeLost(call.Now, new(Name), Epoch)));
        }
    }
}

/// <summary>One leg at an edge, with the person at its far end.</summary>
/// <param name="takesByKey">It is an agent's outside number.</param>
internal sealed class EdgeLeg(EdgeNode edge, CallNode call, LegId id, RingStation? ring, string? station = null, bool takesByKey = false)
{
    private World World => edge.World;
    public CallNode Call => call;
    public LegId Id => id;
    public string? Station => ring?.Station ?? station;
    public EdgeLeg? Bridged;
    public bool Over, Answered;
    private readonly bool isBrowser = ring is not null && !takesByKey && edge.World.Happens(0.3);
    private int play;

    public void Begin()
    {
        if (ring is null) BeCaller();
        else BePhone();
    }

    private void BeCaller()
    {
        if (World.Chaos && World.Happens(0.6)) HangUpAfter(World.Between(0, 60));
        else if (station is not null) HangUpAfter(World.Between(30, 90)); // whoever dialled gives up, or has said all
        Press();
    }

    private void Press() => World.After(World.Between(0.2, 8), () =>
    {
        if (Over) return;
        if (Bridged is null && World.Happens(0.1)) edge.Tell(call, new FellQuiet(edge.Now, id, edge.Now.AddSeconds(-5)));
        else if (Bridged is null) edge.Tell(call, new DigitPressed(edge.Now, id, World.Chaos ? "1129*#"[World.Chance.Next(6)] : '1'));
        Press();
    });

    private void BePhone()
    {
        World.After(isBrowser ? TimeSpan.FromSeconds(2) : World.Between(0.05, 0.5), () => { if (!Over && !Answered) edge.Tell(call, new Alerting(edge.Now, id)); });
        var until = ring!.Until - edge.Now;
        World.After(until, () => Fail(LegFailure.NoAnswer));
        switch (World.Chaos ? World.Chance.Next(10) : 0)
        {
            case <= 4: World.After(World.Between(0.1, World.Chaos ? 15 : 5), PickUp); break;
            case 5: World.After(World.Between(0.1, 5), () => Fail(LegFailure.Rejected)); break;
            case 6: World.After(World.Between(0.01, 0.2), () => Fail(LegFailure.Busy)); break;
            case 7: World.After(World.Between(0.01, 4), () => Fail(LegFailure.Unreachable)); break;
        }
    }

    private void PickUp()
    {
        if (Over || Answered) return;
        Answered = true;
        edge.Tell(call, new PickedUp(edge.Now, id));
        if (takesByKey && !(World.Chaos && World.Happens(0.2))) World.After(World.Between(0.2, 4), TakeByKey); // else: a voicemail
        if (isBrowser && World.Chaos && World.Happens(0.4)) World.After(World.Between(0, 15), LosePath);
        HangUpAfter(TimeSpan.FromSeconds(45), unless: () => Bridged is not null); // nobody there: the agent gives up
    }

    private void TakeByKey()
    {
        if (!Over) edge.Tell(call, new DigitPressed(edge.Now, id, World.Chaos ? "1115"[World.Chance.Next(4)] : '1'));
    }

    /// <summary>The browser is not heard: it is back soon, or given up. Its agent hears of it beside the call.</summary>
    private void LosePath()
    {
        if (Over) return;
        edge.Tell(call, new PathLost(edge.Now, id));
        var agent = World.Agents.Find(a => a.Station == Station);
        agent?.Happen(new StationSilent(agent.Now, agent.Station));
        if (World.Happens(0.5)) World.After(World.Between(0.1, 5), () => FindPath(agent));
        else World.After(TimeSpan.FromSeconds(30), () => GiveUpPath(agent));
    }

    private void FindPath(AgentNode? agent)
    {
        if (!Over) edge.Tell(call, new PathBack(edge.Now, id));
        agent?.ComeUp();
    }

    private void GiveUpPath(AgentNode? agent)
    {
        if (!Over) edge.Remove(this, new HungUp(edge.Now, id, LegEndedBy.Network, 0, 0));
        agent?.Happen(new StationDown(agent.Now, agent.Station));
    }

    private void Fail(LegFailure why)
    {
        if (!Over && !Answered) edge.Remove(this, new NotPickedUp(edge.Now, id, why, 480));
    }

    public void Answer()
    {
        if (Answered) return;
        if (ring is not null)
        {
            if (World.Chaos && World.Happens(0.2)) Fail(LegFailure.Unreachable); // its browser has just gone
            else PickUp();
            return;
        }
        Answered = true;
        edge.Tell(call, new Answered(edge.Now, id));
    }

    public void Alert()
    {
        if (!Over && !Answered) edge.Tell(call, new Alerting(edge.Now, id));
    }

    public void Play(PlayToLeg e)
    {
        var mine = ++play;
        if (!e.Once.IsEmpty && !(World.Chaos && World.Happens(0.001))) // now and then a play's end is never told
            World.After(World.Between(0.5, 3), () => { if (!Over && play == mine) edge.Tell(call, new PlayEnded(edge.Now, id, e.Play)); });
    }

    /// <summary>Somebody says goodbye in the end.</summary>
    public void Talk() => HangUpAfter(World.Between(1, World.Chaos && World.Happens(0.3) ? 50 : 15), atOther: World.Happens(0.5));

    public void SettleDown()
    {
        if (Bridged is not null) HangUpAfter(World.Between(1, 15));
    }

    private void HangUpAfter(TimeSpan delay, bool atOther = false, Func<bool>? unless = null) => World.After(delay, () =>
    {
        var leg = atOther ? Bridged : this;
        if (leg is null or { Over: true } || unless?.Invoke() == true) return;
        leg.FarEndGoes();
    });

    public void FarEndGoes()
    {
        if (!Over) edge.Remove(this, new HungUp(edge.Now, id, World.Happens(0.9) ? LegEndedBy.FarEnd : LegEndedBy.Network, 0, 16));
    }

    public void HangUp()
    {
        if (ring is not null && !Answered) edge.Remove(this, new NotPickedUp(edge.Now, id, LegFailure.Withdrawn, 487));
        else edge.Remove(this, new HungUp(edge.Now, id, LegEndedBy.Us, 0, 0));
    }
}
