using CallCenter.Domain.Breaks;

namespace CallCenter.Domain.Tests.Agents;

public class AgentBreakTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private static readonly Contact Call = new(Acme, new("c1"));
    private static readonly OfferTerms Offer = new(new("sales"), TimeSpan.FromSeconds(15), true, 7);
    private static readonly AgentSettings Settings = new(Acme, new("anna"), "Anna", "anna", "1001", true, 0, 3, RetryDelays.Default, [new(Acme, new("sales"))], 1);
    private static readonly BreakTerms Terms = new("day", TimeSpan.FromMinutes(10), "2026-03-02");

    private AgentState state = AgentState.Empty;
    private Step last = Step.Ignored;

    private void At(double seconds, Func<DateTimeOffset, AgentEvent> happens)
    {
        last = AgentMachine.Next(state, happens(Noon.AddSeconds(seconds)), Settings);
        state = state.After(last);
    }

    private string Facts => string.Join(' ', last.Facts.Select(FactJson.KindOf));
    private void SignedIn() => At(0, at => new StationUp(at, "1001"));
    private void Breaks(double at, int? place = null) => At(at, t => new ChoosePresence(t, Presence.Break, "lunch", Terms, place));
    private void Back(double at) => At(at, t => new ChoosePresence(t, Presence.Available, null));

    [Fact]
    public void A_break_that_waits_leaves_the_presence_and_begins_when_it_is_allowed()
    {
        SignedIn();
        Breaks(1, place: 2);
        Assert.Equal("breakRequested", Facts);
        Assert.True(state.IsFree);
        Assert.Equal([new TellBreakWanted("day", Noon.AddSeconds(1))], last.Effects);
        At(2, at => new BreakPlaceIs(at, 1));
        Assert.Equal(1, state.Wish?.Place);
        At(3, at => new BreakAllowed(at));
        Assert.Equal("presenceChosen breakBegun", Facts);
        Assert.False(state.IsFree);
        Back(63);
        Assert.Equal("presenceChosen breakEnded", Facts);
        Assert.Contains(new TellBreakOver("day"), last.Effects);
        Assert.Equal(new BreakSpent("lunch", "2026-03-02", TimeSpan.FromMinutes(1)), Assert.Single(state.Spent));
    }

    [Fact]
    public void In_a_call_it_begins_when_the_call_is_over()
    {
        SignedIn();
        At(1, at => new Reserve(at, Call, Offer));
        At(2, at => new Take(at, Call, 1, new("leg")));
        Breaks(3);
        Assert.Equal("presenceChosen", Facts);
        At(9, at => new Release(at, Call, 1));
        Assert.Equal("agentReleased breakBegun", Facts);
    }

    [Fact]
    public void The_allowance_of_a_day_is_used_up_by_all_its_breaks_and_an_overrun_is_a_fact()
    {
        SignedIn();
        Breaks(0);
        Back(360);
        Breaks(400);
        Assert.Equal(Noon.AddSeconds(640), state.Break?.Until);
        At(640, at => new AgentTimeUp(at));
        Assert.Contains("breakOverrun", Facts, StringComparison.Ordinal);
        Assert.True(state.Break?.Overrun);
        Back(700);
        Breaks(800);
        Assert.Equal("presenceChosen breakBegun breakOverrun", Facts);
    }

    [Fact]
    public void The_team_hears_of_it_anew_while_it_lasts_and_is_told_when_it_is_wanted_no_more()
    {
        SignedIn();
        Breaks(1, place: 1);
        Assert.Equal(Noon.AddSeconds(11), state.Deadline);
        At(11, at => new AgentTimeUp(at));
        Assert.Equal([new TellBreakWanted("day", Noon.AddSeconds(1))], last.Effects);
        Back(12);
        Assert.Equal("breakWithdrawn", Facts);
        Assert.Contains(new TellBreakOver("day"), last.Effects);
        At(13, at => new BreakAllowed(at));
        Assert.Same(Step.Ignored, last);
    }

    [Fact]
    public void Who_is_put_first_says_so_with_each_word_to_the_team_and_remembers_it_after_a_restart()
    {
        SignedIn();
        At(0.5, at => new GoFirst(at));
        Assert.Same(Step.Ignored, last);
        Assert.Equal(RefusalCode.Conflict, AgentMachine.CheckFirst(state)?.Code);
        Breaks(1, place: 3);
        At(2, at => new GoFirst(at));
        Assert.Equal("breakPutFirst", Facts);
        Assert.Equal([new TellBreakWanted("day", Noon.AddSeconds(1), Noon.AddSeconds(2))], last.Effects);
        state = state.Woken(Noon.AddSeconds(5));
        At(5, at => new AgentTimeUp(at));
        Assert.Equal([new TellBreakWanted("day", Noon.AddSeconds(1), Noon.AddSeconds(2))], last.Effects);
        At(6, at => new BreakAllowed(at));
        Assert.Null(state.Wish);
    }

    [Fact]
    public void The_team_hears_in_time_though_the_clock_was_put_back()
    {
        At(3600, at => new StationUp(at, "1001"));
        state = state.Woken(Noon);
        Breaks(1, place: 1);
        Assert.Equal(Noon.AddSeconds(11), state.Deadline);
        Back(2);
        Breaks(3);
        Assert.Equal(Noon.AddSeconds(13), state.Deadline);
    }

    [Fact]
    public void A_raised_hand_goes_down_with_its_call()
    {
        SignedIn();
        At(1, at => new RaiseHand(at, Call.Call));
        Assert.Same(Step.Ignored, last);
        At(1, at => new Reserve(at, Call, Offer));
        At(2, at => new Take(at, Call, 1, new("leg")));
        At(3, at => new RaiseHand(at, Call.Call));
        Assert.Equal(Call, state.Hand?.Contact);
        At(9, at => new Release(at, Call, 1));
        Assert.Equal("agentReleased helpEnded", Facts);
        Assert.Null(state.Hand);
    }
}
