using CallCenter.Domain.Breaks;

namespace CallCenter.Domain.Tests.Breaks;

public class BreakDeskTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Anna = new("anna"), Ben = new("ben"), Cleo = new("cleo");
    private readonly BreakDesk desk = new() { Quota = 1 };

    private int? Asks(AgentId agent, double at, double? since = null) => desk.Claim(agent, Noon.AddSeconds(since ?? at), Noon.AddSeconds(at));
    private string Settled(double at) => string.Join(' ', desk.Settle(Noon.AddSeconds(at)).Select(word => $"{word.Agent}:{word.Place?.ToString() ?? "go"}"));

    [Fact]
    public void Beyond_the_quota_one_waits_in_the_order_of_asking()
    {
        Assert.Null(Asks(Anna, 0));
        Assert.Equal(1, Asks(Ben, 1));
        Assert.Equal(2, Asks(Cleo, 2));
        desk.End(Anna);
        Assert.Equal("ben:go cleo:1", Settled(3));
        Assert.Null(Asks(Ben, 4));
    }

    [Fact]
    public void Who_may_go_first_goes_before_those_who_asked_earlier()
    {
        Asks(Anna, 0);
        Asks(Ben, 1);
        Asks(Cleo, 2);
        Assert.Equal(1, desk.Claim(Cleo, Noon.AddSeconds(2), Noon.AddSeconds(3), first: Noon.AddSeconds(3)));
        Assert.Equal("ben:2", Settled(3));
        Assert.Equal(2, Asks(Ben, 4, since: 1));
        Assert.Equal(1, desk.Claim(Ben, Noon.AddSeconds(1), Noon.AddSeconds(5), first: Noon.AddSeconds(5))); // the last is first
        Assert.Equal("cleo:2", Settled(5));
        desk.End(Anna);
        Assert.Equal("ben:go cleo:1", Settled(6));
    }

    [Fact]
    public void After_a_restart_who_may_go_first_stands_first_again()
    {
        desk.Hold(Anna, Noon);
        Assert.Equal(1, Asks(Ben, 1, since: -20));
        Assert.Equal(1, desk.Claim(Cleo, Noon.AddSeconds(-10), Noon.AddSeconds(1), first: Noon.AddSeconds(-5)));
        Assert.Equal("ben:2", Settled(1));
    }

    [Fact]
    public void A_lease_that_is_not_renewed_frees_its_place_and_so_does_a_wish()
    {
        Asks(Anna, 0);
        Asks(Ben, 1);
        Asks(Cleo, 2);
        Assert.Equal(Noon.AddSeconds(30), desk.Deadline);
        Assert.Equal(1, Asks(Cleo, 29, since: 2) - 1); // Ben is silent
        Assert.Equal("cleo:go", Settled(31));
    }

    [Fact]
    public void After_a_restart_those_on_a_break_count_and_those_who_wait_stand_as_they_asked()
    {
        desk.Hold(Anna, Noon);
        Assert.Equal(1, Asks(Cleo, 1, since: -10));
        Assert.Equal(1, Asks(Ben, 1, since: -20));
        Assert.Equal("cleo:2", Settled(1));
    }

    [Fact]
    public void After_a_restart_nobody_goes_before_all_have_spoken()
    {
        desk.Wait(Cleo, Noon.AddSeconds(-10), Noon);
        desk.Wait(Ben, Noon.AddSeconds(-20), Noon);
        desk.Hold(Anna, Noon);
        Assert.Equal("ben:1 cleo:2", Settled(0));
        desk.End(Anna);
        Assert.Equal("ben:go cleo:1", Settled(1));
    }

    [Fact]
    public void A_quota_that_goes_lets_all_go_and_whoever_leads_may_go_beyond_it()
    {
        desk.Hold(Anna, Noon);
        desk.Hold(Ben, Noon);
        Asks(Cleo, 1);
        desk.End(Anna);
        Assert.Equal("", Settled(2));
        desk.Quota = null;
        Assert.Equal("cleo:go", Settled(2));
    }
}
