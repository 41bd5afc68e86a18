namespace CallCenter.Domain.Tests.Calls;

/// <summary>A call driven step by step; keeps what the last step said.</summary>
internal sealed class TestCall
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly LegId Caller = new("caller");
    public static readonly QueueId Sales = new("sales");
    public static readonly AgentId Anna = new("anna");
    public static readonly OfferTerms Terms = new(Sales, TimeSpan.FromSeconds(15), Recording: true, 7);

    public static readonly FlowDefinition Menu = new("pick",
    [
        new AnswerNode("pick", "hello"),
        new PlayNode("hello", [Prompt.Of("greeting", "")], null, true, "notice"),
        new PlayNode("notice", [Prompt.Of("notice", "en")], "v1", true, "menu"),
        new MenuNode("menu", [Prompt.Of("menu", "")], [Prompt.Of("wrong-key", "")], [new('1', "sales"), new('9', "bye")], 5, 2, "sales"),
        new QueueNode("sales", Sales, 4), new HangUpNode("bye"),
    ]);

    public static readonly FlowDefinition Straight = new("sales", [new QueueNode("sales", Sales, 5)]);

    private CallRules rules;

    public TestCall(FlowDefinition? flow = null, int announceEvery = 0, Func<QueueSettings, QueueSettings>? queue = null) =>
        rules = CallRules.Of(flow ?? Straight, "zh-CN", (queue ?? (same => same))(new(new("acme"), Sales, "售前咨询", 15, true, announceEvery, "tune", 7))) with { Firm = "Acme", Anchor = (new EdgeId("edge-0"), 1), Trip = new(new FlowDefinition("pin", [new PlayNode("pin", [Prompt.Of("pin", "")], null, false, "done"), new HangUpNode("done")])) };

    public static CallRules Rules => new TestCall().rules;
    /// <summary>The same, with something else to go by from now on.</summary>
    public TestCall By(Func<CallRules, CallRules> other)
    {
        rules = other(rules);
        return this;
    }

    public CallState State { get; private set; } = CallState.Empty;
    public Step Last { get; private set; } = Step.Ignored;
    public DateTimeOffset? Deadline => CallMachine.Deadline(State, rules);
    public LegId AgentLeg { get; } = new("agent-anna-1");

    public IEnumerable<string> Facts => Last.Facts.Select(f => f.GetType().Name);
    public IEnumerable<string> Effects => Last.Effects.Select(e => e.GetType().Name);

    public T Fact<T>() where T : Fact => Assert.Single(Last.Facts.OfType<T>());
    public T Effect<T>() where T : Effect => Assert.Single(Last.Effects.OfType<T>());

    /// <summary>Something happens so many seconds after noon.</summary>
    public TestCall At(double seconds, Func<DateTimeOffset, CallEvent> happens)
    {
        Last = CallMachine.Next(State, happens(Noon.AddSeconds(seconds)), rules);
        var folded = State;
        foreach (var fact in Last.Facts) folded = folded.With(fact);
        foreach (var mark in Last.Marks) folded = folded.With(mark);
        State = State.After(Last);
        Assert.Equal(folded, State); // what the machine has folded already is what its facts say
        return this;
    }

    public TestCall Arrived(bool limited = false) =>
        At(0, at => new Arrived(at, Caller, new("edge-0"), 1, "demo-trunk", "86-4008001001", new(new("main"), 3), limited, "01012345678", "Li"));

    /// <summary>Past the greeting and the notice, in the menu, which has been said.</summary>
    public TestCall InMenu() => Arrived().At(0, at => new Answered(at, Caller)).At(1, Played).At(2, Played).At(3, Played);

    public CallEvent Played(DateTimeOffset at) => new PlayEnded(at, Caller, State.Play);

    public TestCall Waiting() => Arrived().At(0.1, at => new Answered(at, Caller));

    public TestCall Offered(double at = 1, long epoch = 1, string? staffNumber = "8001") => At(at, t => new Offered(t, Anna, epoch, TimeSpan.FromSeconds(15), "1001", Terms, staffNumber));

    public TestCall Ringing() => Waiting().Offered().At(1.5, at => new Alerting(at, AgentLeg));

    public TestCall PickedUp() => Ringing().At(5, at => new PickedUp(at, AgentLeg));

    public TestCall Talking() => PickedUp().At(5.1, at => new OfferConfirmed(at, Anna, 1, AgentLeg));

    public TestCall HungUp(double at, LegId leg, LegEndedBy by = LegEndedBy.FarEnd, int status = 0) => At(at, t => new HungUp(t, leg, by, status, 0));

    public TestCall PlaceWanted() => At(9, at => new PlaceWanted(at));

    public TestCall Crashed(double at)
    {
        State = State.Woken(Noon.AddSeconds(at));
        return this;
    }
}
