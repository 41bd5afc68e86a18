namespace CallCenter.Domain.Tests.Agents;

/// <summary>An agent of the operator: how firms name it, whom it serves, and whose contact it gets where several firms want it.</summary>
public class OperatorAgentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme"), Globex = new("globex"), Initech = new("initech");
    private static readonly OfferTerms Terms = new(new("sales"), TimeSpan.FromSeconds(15), true, 7);
    private static readonly Contact Acmes = new(Acme, new("c1")), Globexs = new(Globex, new("c2")), Foreign = new(Initech, new("c3"));
    private static readonly AgentSettings Jane = new(TenantId.Operator, new("jane"), "Jane", "jane", "jane", true, 0, 3, RetryDelays.Default, [new(Acme, new("sales")), new(Globex, new("sales"))])
    {
        StaffNumbers = [new(Acme, "8001"), new(Globex, "K7")],
    };

    private AgentState state = AgentState.Empty;
    private Step last = Step.Ignored;

    private OperatorAgentTests At(double seconds, Func<DateTimeOffset, AgentEvent> happens)
    {
        last = AgentMachine.Next(state, happens(Noon.AddSeconds(seconds)), Jane);
        state = state.After(last);
        return this;
    }

    private OperatorAgentTests Free() => At(0, at => new StationUp(at, "jane"));
    private OperatorAgentTests Wanted(Contact contact, double waitsSince, double at = 1) => At(at, t => new Reserve(t, contact, Terms, Noon.AddSeconds(waitsSince)));

    [Fact]
    public void A_firm_names_it_so_that_no_agent_of_its_own_is_meant()
    {
        var (jane, own) = (new AgentRef(TenantId.Operator, new("jane")), new AgentRef(Acme, new("jane")));
        Assert.Equal(("jane@operator", "jane", "jane"), (jane.In(Acme).Value, own.In(Acme).Value, jane.In(TenantId.Operator).Value));
        Assert.All(new[] { jane, own }, agent => Assert.Equal(agent, AgentRef.Of(Acme, agent.In(Acme))));
        Assert.True(AgentId.TryParse("jane@operator", null, out var known) && known.IsOperators);
        Assert.All(new[] { "@operator", "jane@globex", "jane@operator@operator", "Jane@operator" }, text => Assert.False(AgentId.TryParse(text, null, out _)));
    }

    [Fact]
    public void A_firms_own_agent_or_extension_cannot_be_called_like_one_of_the_operators()
    {
        var agent = new AgentSettings(Acme, new("jane@operator"), "Jane", "jane", "1001", true, 0, 3, RetryDelays.Default, []);
        Assert.Equal("id", Assert.Single(agent.Check()).Field);
        var extension = new ExtensionSettings(Acme, "1001", new("jane@operator"), new(new('0', 32)), new(new('0', 64)));
        Assert.Equal("agent", Assert.Single(extension.Check()).Field);
    }

    [Fact]
    public void Its_settings_hold_a_staff_number_of_each_firm_that_it_serves()
    {
        Assert.Empty(Jane.Check());
        Assert.Equal(("8001", "K7", null), (Jane.StaffNumberIn(Acme), Jane.StaffNumberIn(Globex), Jane.StaffNumberIn(Initech)));
        var wrong = Jane with { Extension = "1001", StaffNumbers = [new(Initech, "1"), new(Acme, "no number"), new(Acme, "2")] };
        Assert.Equal(["extension", "staffNumbers[0].tenant", "staffNumbers[1].number", "staffNumbers[2].tenant"], wrong.Check().Select(fault => fault.Field));
        Assert.Contains((Jane with { Owner = Acme, Extension = "1001" }).Check(), fault => fault.Field == "queues[1].tenant");
    }

    [Fact]
    public void Of_all_who_wait_in_its_firms_the_oldest_gets_it_whoever_asks_first()
    {
        Free().Wanted(Globexs, waitsSince: -5).Wanted(Acmes, waitsSince: -20, at: 1.01);
        Assert.Equal([new RefuseReserve(Globexs)], last.Effects);
        Assert.Equal(Noon.AddSeconds(1.03), state.Deadline);
        At(1.03, at => new AgentTimeUp(at));
        Assert.Equal(Acmes, Assert.Single(last.Facts.OfType<OfferMade>()).Contact);
        Assert.False(Assert.Single(last.Effects.OfType<TellStatus>()).Status.Free);
        Assert.Null(state.Wanted);
    }

    [Fact]
    public void Who_comes_later_and_has_waited_less_is_refused_at_once()
    {
        Free().Wanted(Acmes, waitsSince: -20).Wanted(Globexs, waitsSince: -5, at: 1.01);
        Assert.Equal([new RefuseReserve(Globexs)], last.Effects);
        Assert.Same(Step.Ignored, Wanted(Acmes, waitsSince: -20, at: 1.02).last);
    }

    [Fact]
    public void One_who_serves_a_single_firm_is_offered_its_contact_without_a_pause()
    {
        state = AgentMachine.Next(state, new StationUp(Noon, "jane"), Jane) is var up ? state.After(up) : state;
        var step = AgentMachine.Next(state, new Reserve(Noon.AddSeconds(1), Acmes, Terms, Noon), Jane with { Queues = [new(Acme, new("sales"))], StaffNumbers = [] });
        Assert.Equal(Acmes, Assert.Single(step.Facts.OfType<OfferMade>()).Contact);
    }

    [Fact]
    public void Whoever_wanted_it_hears_that_it_has_left()
    {
        Free().Wanted(Acmes, waitsSince: 0).At(1.01, at => new ChoosePresence(at, Presence.SignedOut, null));
        Assert.Contains(new RefuseReserve(Acmes), last.Effects);
        Assert.Null(state.Wanted);
        Assert.Same(Step.Ignored, At(2, at => new AgentTimeUp(at)).last);
    }

    [Fact]
    public void A_new_activation_knows_of_nobody_who_wanted_it()
    {
        Free().Wanted(Acmes, waitsSince: 0);
        Assert.Null(state.Woken(Noon.AddSeconds(2)).Wanted);
    }

    [Fact]
    public void A_firm_that_it_does_not_serve_gets_it_neither_by_a_queue_nor_in_person()
    {
        Free().Wanted(Foreign, waitsSince: -60);
        Assert.Contains(new RefuseReserve(Foreign), last.Effects);
        Assert.Equal(AgentWork.Idle, state.Work);
        At(2, at => new ReserveDirect(at, Foreign, Terms));
        Assert.Equal([new TellAgentRefused(Foreign)], last.Effects);
    }

    [Fact]
    public void A_firm_that_wants_it_in_person_goes_before_one_that_only_asks()
    {
        Free().Wanted(Acmes, waitsSince: -60).At(1.01, at => new ReserveDirect(at, Globexs, Terms));
        Assert.Equal(Globexs, Assert.Single(last.Facts.OfType<OfferMade>()).Contact);
        Assert.Contains(new RefuseReserve(Acmes), last.Effects);
    }

    [Fact]
    public void The_call_that_it_left_last_is_remembered()
    {
        Free().Wanted(Globexs, waitsSince: 0).At(1.03, at => new AgentTimeUp(at)).At(2, at => new Take(at, Globexs, 1, new("operator-jane-1"))).At(9, at => new Release(at, Globexs, 1));
        Assert.Equal(new LeftContact(Globexs, Noon.AddSeconds(9)), state.LastContact);
        Assert.Equal(AgentWork.Idle, state.Work);
    }
}
