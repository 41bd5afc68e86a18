namespace CallCenter.Domain.Tests.Conversations;

/// <summary>
/// One call with its agents, its edge and its tenant: the real machines of call and agents, the rest as plain as it can be. Messages
/// wait in a lane for each pair and are delivered in order, some of them twice; time is what the test says.
/// </summary>
internal sealed class Scene
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Acme = new("acme");
    public static readonly Contact Contact = new(Acme, new("call-1"));
    public static readonly QueueId Sales = new("sales"), Care = new("care");
    public static readonly string[] Names = ["anna", "ben", "carl", "dora"];

    private static readonly FlowDefinition Straight = new("sales", [new QueueNode("sales", Sales, 5)]);
    private static readonly FlowPlan Pin = new(new FlowDefinition("ask", [new MenuNode("ask", [Prompt.Of("pin", "")], [], [new('1', "done"), new('2', "care")], 5, 1, "done"), new HangUpNode("done"), new QueueNode("care", Care, 5)]));

    private readonly Dictionary<string, Queue<Action>> lanes = [];
    private readonly AgentSettings[] settings;

    public Scene(int seed)
    {
        Chance = new(seed);
        Edge = new(this);
        Rules = CallRules.Of(Straight, "en", new QueueSettings(Acme, Sales, "s", 15, true, 0, "tune", 1, Whisper: seed % 4 == 0 ? QueueWhisper.Name : QueueWhisper.Off, AnnouncesStaffNumber: seed % 5 == 0), new QueueSettings(Acme, Care, "c", 15, seed % 3 != 0, 20, "tune", 1, AnnouncesStaffNumber: seed % 2 == 0)) with
        {
            Trip = Pin, Dialled = Dialled, Anchor = (new EdgeId("edge-0"), 1), RecordsOutbound = seed % 2 == 0, WhenAgentIsLost = seed % 2 == 0 ? AgentLoss.Requeue : AgentLoss.End,
        };
        settings = [.. Names.Select((n, i) => new AgentSettings(Acme, new(n), n, n, Station(i), false, i % 2 * 3, 100, RetryDelays.Default, []))];
        for (var i = 0; i < Names.Length; i++)
        {
            Agents.Add(AgentState.Empty);
            Tell(i, new ChoosePresence(Now, i == 3 ? Presence.Break : Presence.Available, "lunch"));
        }
        lanes.Clear();
    }

    public Random Chance { get; }
    public CallRules Rules { get; }
    public DateTimeOffset Now { get; private set; } = Noon;
    public CallState Call { get; private set; } = CallState.Empty;
    public List<AgentState> Agents { get; } = [];
    public SceneEdge Edge { get; }
    public List<Fact> Facts { get; } = [];
    public Hearing Model { get; } = new();
    public HashSet<LegId> Channels { get; } = [];
    public bool Slot { get; private set; }
    public bool Calm { get; set; }

    public static string Station(int agent) => $"10{agent + 1:d2}";
    public static int IndexOf(AgentId agent) => Array.IndexOf(Names, agent.Value);

    private static CallTarget Dialled(string text)
    {
        for (var i = 0; i < Names.Length; i++) if (text == Station(i)) return new(Agent: new AgentId(Names[i]));
        return text.Length == 4 ? new(Extension: text) : new(Number: text);
    }

    public bool Happens(double probability) => Chance.NextDouble() < probability;

    public void Tell(CallEvent happened)
    {
        var step = CallMachine.Next(Call, happened, Rules);
        Call = Call.After(step);
        Facts.AddRange(step.Facts);
        foreach (var fact in step.Facts) Model.Hear(fact);
        foreach (var effect in step.Effects) Carry(effect);
    }

    private void Carry(Effect effect)
    {
        switch (effect)
        {
            case EdgeCommand e: Edge.Do(e); break;
            case SeekAgent e: ToAgent(e.Agent, new ReserveDirect(Now, Contact, e.Terms)); break;
            case TakeOffer e: ToAgent(e.Agent, new Take(Now, Contact, e.Epoch, e.Leg)); break;
            case CloseOffer e: ToAgent(e.Agent, new Close(Now, Contact, e.Epoch, e.Why)); break;
            case ReleaseAgent e: ToAgent(e.Agent, new Release(Now, Contact, e.Epoch)); break;
            case RenewLease e: ToAgent(e.Agent, new Renew(Now, Contact, e.Epoch)); break;
            case AskToDial e: Post("tenant", () => Clear(e)); break;
            case GiveBackChannel e: Post("tenant", () => Channels.Remove(e.Leg)); break;
            case ClaimCallSlot: Post("tenant", () => { Slot = true; Tell(new SlotGranted(Now)); }); break;
            case GiveBackCallSlot: Post("tenant", () => Slot = false); break;
        }
    }

    private void Clear(AskToDial e)
    {
        if (!Calm && Happens(0.1)) return; // lost: asked again
        if (!Channels.Contains(e.Leg) && Happens(0.15))
        {
            Post("word", () => Tell(new DialRefused(Now, e.Leg, DialRefusal.PrefixBlocked)));
            return;
        }
        Channels.Add(e.Leg);
        Post("word", () => Tell(new DialCleared(Now, e.Leg, "trunk", "02112345678")));
    }

    private void ToAgent(AgentId agent, AgentEvent happened) => Post($"to-{agent}", () => Tell(IndexOf(agent), happened));

    public void Tell(int agent, AgentEvent happened)
    {
        var step = AgentMachine.Next(Agents[agent], happened, settings[agent]);
        Agents[agent] = Agents[agent].After(step);
        var id = new AgentId(Names[agent]);
        foreach (var effect in step.Effects)
        {
            if (effect is OfferToCall o) Post($"from-{id}", () => Tell(new Offered(Now, id, o.Epoch, o.Remaining, o.Station, o.Terms, "8001")));
            if (effect is TellOfferTaken t) Post($"from-{id}", () => Tell(new OfferConfirmed(Now, id, t.Epoch, t.Leg)));
            if (effect is TellOfferGone g) Post($"from-{id}", () => Tell(new OfferGone(Now, id, g.Epoch)));
            if (effect is TellAgentRefused) Post($"from-{id}", () => Tell(new AgentRefused(Now, id)));
        }
    }

    public void Post(string lane, Action act)
    {
        if (!lanes.TryGetValue(lane, out var queue)) lanes[lane] = queue = new();
        queue.Enqueue(act);
        if (!Calm && Happens(0.03)) queue.Enqueue(act);
    }

    /// <summary>Delivers one message of some lane; false if none waits.</summary>
    public bool Deliver()
    {
        var full = lanes.Values.Where(l => l.Count > 0).ToList();
        if (full.Count == 0) return false;
        full[Chance.Next(full.Count)].Dequeue()();
        return true;
    }

    /// <summary>Time goes on; every alarm that comes due rings, a little late.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        for (var guard = 0; guard < 1000; guard++)
        {
            var due = CallMachine.Deadline(Call, Rules);
            foreach (var agent in Agents) if (agent.Deadline is { } at && (due is null || at < due)) due = at;
            if (due is null || due > end) break;
            if (due > Now) Now = due.Value;
            if (CallMachine.Deadline(Call, Rules) <= Now) Tell(new CallTimeUp(Now));
            for (var i = 0; i < Agents.Count; i++) if (Agents[i].Deadline <= Now) Tell(i, new AgentTimeUp(Now));
            while (Deliver()) { }
        }
        Now = end;
    }

    /// <summary>The activation dies after everything was stored.</summary>
    public void Crash()
    {
        var folded = CallState.Empty;
        foreach (var fact in Facts) folded = folded.With(fact);
        Call = folded.Woken(Now);
    }
}
