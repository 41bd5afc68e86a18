namespace CallCenter.Domain.Tests.Dialling;

/// <summary>Outside numbers that are agents' stations: what may be chosen, and what is cleared at each call.</summary>
public class StationNumberTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private const string Own = "+861012345678", Hotline = "86-4008001001";

    private static readonly DialRules Rules = new(
        DialSettings.Nothing(Acme) with { OutsidePrefix = "9", Rules = [new("+861380", false), new("mobile", true), new("landline", true), new("service", true), new("tollFree", true)] },
        DialCeiling.Nothing(Acme) with { Rules = [new("mobile", true), new("landline", true), new("service", true), new("tollFree", true)], Prices = [new("mobile", 0.12m)] },
        [new(Own, "010-12345678", Acme, null, MayCallOut: true), new("+862012345678", "020-12345678", Acme, null, MayCallOut: true), new(Hotline, "4008001001", Acme, null)],
        [new("demo-trunk", [], "b:5060", Outbound: new(NumberFormat.National))],
        "Asia/Shanghai");

    private static CallEvent? Ask(string number, string? shown = null, DialRules? rules = null) =>
        new DialLedger(DialSnapshot.Empty).Next(new ClearDial(Noon, new("c1"), new("agent-anna-1"), number, shown, new AgentId("anna"), null, "1001"), rules ?? Rules).Answer;

    [Theory]
    [InlineData("139 0013-9000", StationNumberFault.None)]
    [InlineData("9 13900139000", StationNumberFault.None)]
    [InlineData("010-87654321", StationNumberFault.None)]
    [InlineData("pigeon", StationNumberFault.NoNumber)]
    [InlineData("", StationNumberFault.NoNumber)]
    [InlineData("110", StationNumberFault.Emergency)]
    [InlineData("9120", StationNumberFault.Emergency)]
    [InlineData("10086", StationNumberFault.NotPersonal)]
    [InlineData("400-800-1002", StationNumberFault.NotPersonal)]
    [InlineData("13800138000", StationNumberFault.PrefixBlocked)]
    [InlineData("+85223456789", StationNumberFault.PrefixBlocked)]
    public void What_may_be_chosen(string number, StationNumberFault fault) => Assert.Equal(fault, StationNumber.Check(number, Rules, out _));

    [Fact]
    public void It_is_kept_canonical()
    {
        StationNumber.Check("9 139-0013-9000", Rules, out var canonical);
        Assert.Equal("+8613900139000", canonical);
    }

    [Fact]
    public void Nothing_may_be_chosen_that_could_never_be_called()
    {
        foreach (var rules in new[] { Rules with { Trunks = [] }, Rules with { Numbers = [] }, Rules with { Ceiling = Rules.Ceiling with { Prices = [], SpendPerDay = 10 } } })
            Assert.Equal(StationNumberFault.NoWay, StationNumber.Check("13900139000", rules, out _));
    }

    [Theory]
    [InlineData("+862012345678", "02012345678")] // the number that the customer called
    [InlineData(Hotline, "01012345678")] // which no carrier lets be shown: the firm's own then
    [InlineData(null, "01012345678")]
    public void It_shows_the_number_that_was_called_if_that_may_be_shown(string? called, string shown) => Assert.Equal(shown, Assert.IsType<DialCleared>(Ask("+8613900139000", called)).Shown);

    [Theory]
    [InlineData("", DialRefusal.StationNotAllowed)] // the tenant allows none any more, or it was changed
    [InlineData("110", DialRefusal.PrefixBlocked)] // which would pass for everybody else
    [InlineData("10086", DialRefusal.PrefixBlocked)]
    [InlineData("+8613800138000", DialRefusal.PrefixBlocked)]
    public void What_is_not_cleared(string number, DialRefusal why) => Assert.Equal(why, Assert.IsType<DialRefused>(Ask(number)).Why);

    [Fact]
    public void Limits_hold_for_it_as_for_any_number()
    {
        var rules = Rules with { Settings = Rules.Settings with { Limits = new(AgentCallsPerMinute: 0) } };
        Assert.Equal(DialRefusal.RateLimit, Assert.IsType<DialRefused>(Ask("+8613900139000", rules: rules)).Why);
    }
}
