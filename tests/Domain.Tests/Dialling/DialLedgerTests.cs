namespace CallCenter.Domain.Tests.Dialling;

public class DialLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero); // noon in Shanghai
    private static readonly TenantId Acme = new("acme"), Globex = new("globex");
    private static readonly AgentId Anna = new("anna"), Bert = new("bert");
    private const string Mobile = "13800138000", Own = "+861012345678";

    private static readonly DialRules Rules = new(
        DialSettings.Nothing(Acme) with { OutsidePrefix = "9", Rules = [new("+861380", false), new("mobile", true), new("landline", true), new("international", true)] },
        DialCeiling.Nothing(Acme) with { Rules = [new("mobile", true), new("landline", true), new("service", true), new("international", true)], Prices = [new("+8610", 0.05m), new("mobile", 0.12m), new("landline", 0.10m)] },
        [new(Own, "010-12345678", Acme, null, MayCallOut: true), new("+861087654321", "010-87654321", Acme, null), new("86-4008001001", "4008001001", Acme, null), new("+862012345678", "020-12345678", Acme, null, MayCallOut: true), new("+862112345678", "021-12345678", Globex, null, MayCallOut: true)],
        [new("inbound-only", [], "a:5060"), new("demo-trunk", [], "b:5060", Outbound: new(NumberFormat.National)), new("second", [], "c:5060", Outbound: new(NumberFormat.E164))],
        "Asia/Shanghai");

    private DialLedger ledger = new(DialSnapshot.Empty);
    private readonly List<Fact> facts = [];
    private int legs;

    private CallEvent? Ask(string number = "13900139000", double at = 0, string? shown = null, AgentId? agent = null, QueueId? queue = null, string? leg = null, DialRules? rules = null) =>
        Take(new ClearDial(Noon.AddSeconds(at), new("c1"), new(leg ?? $"out-{++legs}"), number, shown, agent, queue), rules ?? Rules);

    private void Back(string leg, double at, double? talked, DialRules? rules = null) =>
        Take(new GiveBackDial(Noon.AddSeconds(at), new("c1"), new(leg), talked is { } s ? TimeSpan.FromSeconds(s) : null), rules ?? Rules);

    private CallEvent? Take(TenantEvent told, DialRules rules)
    {
        var turn = ledger.Next(told, rules);
        facts.AddRange(turn.Facts);
        return turn.Answer;
    }

    private static DialRefusal Why(CallEvent? answer) => Assert.IsType<DialRefused>(answer).Why;
    private static void Passes(CallEvent? answer) => Assert.IsType<DialCleared>(answer);
    private static DialRules With(DialLimits limits) => Rules with { Settings = Rules.Settings with { Limits = limits } };
    private decimal SpentAt(double at) => ledger.Figures(Noon.AddSeconds(at), Rules).Spent;

    [Fact]
    public void A_number_that_both_plans_allow_is_cleared_with_trunk_and_identity()
    {
        Assert.Equal(new DialCleared(Noon, new("out-1"), "demo-trunk", "01012345678", "13900139000"), Ask("9 139-0013-9000", agent: Anna));
        var allowed = Assert.IsType<DialAllowed>(Assert.Single(facts));
        Assert.Equal((DialClass.Mobile, "demo-trunk", Own, 0.12m), (allowed.Class, allowed.Trunk, allowed.Shown, allowed.PerMinute));
        Assert.DoesNotContain("139", allowed.ToString());
    }

    [Theory]
    [InlineData("nonsense", DialRefusal.InvalidNumber)]
    [InlineData("13800138000", DialRefusal.PrefixBlocked)] // the first line that fits decides
    [InlineData("10086", DialRefusal.PrefixBlocked)] // the operator would allow it, the tenant does not
    [InlineData("4008001001", DialRefusal.PrefixBlocked)]
    [InlineData("+85223456789", DialRefusal.PrefixBlocked)] // a line allows it, but other countries are off
    public void What_is_not_allowed_is_refused_and_the_fact_tells_the_class_only(string number, DialRefusal why)
    {
        Assert.Equal(why, Why(Ask(number)));
        var denied = Assert.IsType<DialDenied>(Assert.Single(facts));
        Assert.Equal(why, denied.Why);
        Assert.DoesNotContain(number, denied.ToString());
    }

    [Fact]
    public void Other_countries_need_both_switches()
    {
        var tenant = Rules with { Settings = Rules.Settings with { International = true } };
        Assert.Equal(DialRefusal.PrefixBlocked, Why(Ask("+85223456789", rules: tenant)));
        Passes(Ask("+85223456789", rules: tenant with { Ceiling = tenant.Ceiling with { International = true } }));
    }

    [Fact]
    public void Without_settings_everything_is_blocked()
    {
        var none = Rules with { Settings = DialSettings.Nothing(Acme), Ceiling = DialCeiling.Nothing(Acme) };
        foreach (var number in new[] { Mobile, "01065529988", "10086", "4008001001", "+85223456789", "95588" }) Assert.Equal(DialRefusal.PrefixBlocked, Why(Ask(number, rules: none)));
    }

    [Theory]
    [InlineData("110")]
    [InlineData("119")]
    [InlineData("120")]
    [InlineData("112")]
    [InlineData("122")]
    [InlineData("9120")]
    [InlineData("010110")]
    public void An_emergency_call_passes_whatever_is_set_and_counts_nowhere(string number)
    {
        var nothing = new DialLimits(0, 0, 0, 0, 0, 0);
        var rules = Rules with { Settings = DialSettings.Nothing(Acme) with { OutsidePrefix = "9", Limits = nothing, Night = new("00:00", "23:59", 0) }, Ceiling = DialCeiling.Nothing(Acme) with { Trunk = "gone", Channels = 0, SpendPerDay = 0 }, Numbers = [] };
        for (var i = 0; i < 20; i++) Assert.Equal("", Assert.IsType<DialCleared>(Ask(number, agent: Anna, shown: "4008001001", rules: rules)).Shown);
        Assert.Equal((0, 0m), (ledger.Figures(Noon, rules).Channels, ledger.Figures(Noon, rules).Spent));
        Assert.Equal("01012345678", Assert.IsType<DialCleared>(Ask(number, shown: "4008001001")).Shown); // its own, where there is one
        Assert.Equal(DialRefusal.NoTrunk, Why(Ask(number, rules: rules with { Trunks = [] })));
    }

    [Theory]
    [InlineData("+861012345678", null)]
    [InlineData("010-12345678", null)]
    [InlineData("02012345678", null)]
    [InlineData("+861087654321", DialRefusal.IdentityNotAllowed)] // its own, but not marked
    [InlineData("4008001001", DialRefusal.IdentityNotAllowed)]
    [InlineData("+862112345678", DialRefusal.IdentityNotAllowed)] // another tenant's
    [InlineData("13800138000", DialRefusal.IdentityNotAllowed)]
    [InlineData("anonymous", DialRefusal.IdentityNotAllowed)]
    [InlineData("", DialRefusal.IdentityNotAllowed)]
    public void Only_a_number_of_the_tenants_own_that_may_call_out_is_shown(string shown, DialRefusal? why)
    {
        var answer = Ask(shown: shown);
        if (why is null) Passes(answer);
        else Assert.Equal(why, Why(answer));
    }

    [Fact]
    public void The_agents_number_goes_before_the_queues_and_that_before_the_default()
    {
        var queue = new QueueId("sales");
        var rules = Rules with { Settings = Rules.Settings with { DefaultShown = "+862012345678", Shown = [new(null, queue, Own), new(Anna, null, "+861087654321")] } };
        Assert.Equal("02012345678", Assert.IsType<DialCleared>(Ask(rules: rules)).Shown);
        Assert.Equal("01012345678", Assert.IsType<DialCleared>(Ask(rules: rules, agent: Bert, queue: queue)).Shown);
        Assert.Equal(DialRefusal.IdentityNotAllowed, Why(Ask(rules: rules, agent: Anna, queue: queue))); // set once, and no longer marked
        Assert.Equal(DialRefusal.NoIdentity, Why(Ask(rules: Rules with { Numbers = [] })));
    }

    [Fact]
    public void A_trunk_that_takes_outbound_calls_is_needed()
    {
        Assert.Equal(new DialCleared(Noon, new("out-1"), "second", "+861012345678", "+8613900139000"), Ask(rules: Rules with { Ceiling = Rules.Ceiling with { Trunk = "second" } }));
        Assert.Equal(DialRefusal.NoTrunk, Why(Ask(rules: Rules with { Ceiling = Rules.Ceiling with { Trunk = "inbound-only" } })));
        Assert.Equal(DialRefusal.NoTrunk, Why(Ask(rules: Rules with { Trunks = [Rules.Trunks[0]] })));
    }

    [Fact]
    public void Channels_are_leases_that_calls_renew_and_lost_calls_lose()
    {
        var rules = With(new(Channels: 2));
        Passes(Ask(leg: "a", rules: rules));
        Passes(Ask(leg: "b", rules: rules));
        Assert.Equal(DialRefusal.ChannelLimit, Why(Ask(leg: "c", rules: rules)));
        for (var t = 10; t <= 40; t += 10) Passes(Ask(leg: "a", at: t, rules: rules));
        Assert.Equal(2, facts.OfType<DialAllowed>().Count()); // a renewal is no fact
        Passes(Ask(leg: "d", at: 41, rules: rules)); // b was not heard of for 30 s
        Back("d", 42, 0);
        Back("d", 42, 0);
        Passes(Ask(leg: "e", at: 43, rules: rules));
        Assert.Equal(DialRefusal.ChannelLimit, Why(Ask(leg: "f", at: 44, rules: rules)));
    }

    [Fact]
    public void A_leg_that_holds_a_channel_keeps_it_whatever_changes()
    {
        Passes(Ask(leg: "a"));
        Passes(Ask(leg: "a", at: 5, rules: With(new(0, 0, 0, 0, 0, 0)) with { Numbers = [], Trunks = [] }));
    }

    [Fact]
    public void A_late_word_of_a_leg_that_is_over_begins_nothing()
    {
        Passes(Ask(leg: "a"));
        Back("a", 20, 10);
        Assert.Null(Ask(leg: "a", at: 21));
        Assert.Equal(0, ledger.Figures(Noon, Rules).Channels);
        Assert.Equal(DialRefusal.PrefixBlocked, Why(Ask("10086", leg: "b")));
        Assert.Equal(DialRefusal.PrefixBlocked, Why(Ask("10086", leg: "b", at: 2)));
        Assert.Single(facts.OfType<DialDenied>());
    }

    [Fact]
    public void Rates_slide()
    {
        var rules = With(new(CallsPerMinute: 2, CallsPerHour: 4, AgentCallsPerMinute: 1));
        Passes(Ask(at: 0, agent: Anna, rules: rules));
        Assert.Equal(DialRefusal.RateLimit, Why(Ask(at: 30, agent: Anna, rules: rules)));
        Passes(Ask(at: 30, agent: Bert, rules: rules));
        Assert.Equal(DialRefusal.RateLimit, Why(Ask(at: 59.9, rules: rules)));
        Passes(Ask(at: 60, agent: Anna, rules: rules));
        Passes(Ask(at: 90, rules: rules));
        Assert.Equal(DialRefusal.RateLimit, Why(Ask(at: 3_000, rules: rules)));
        Passes(Ask(at: 3_600, rules: rules));
    }

    [Fact]
    public void An_hour_of_an_agent_is_limited_too()
    {
        var rules = With(new(AgentCallsPerHour: 3));
        for (var i = 0; i < 3; i++) Passes(Ask(at: i * 600, agent: Anna, rules: rules));
        Assert.Equal(DialRefusal.RateLimit, Why(Ask(at: 3_000, agent: Anna, rules: rules)));
        Passes(Ask(at: 3_000, agent: Bert, rules: rules));
    }

    [Fact]
    public void Spend_is_minutes_begun_times_the_price_and_what_goes_on_is_reckoned()
    {
        Passes(Ask(leg: "a"));
        Assert.Equal(0.12m, SpentAt(0));
        Assert.Equal(0.36m, SpentAt(121));
        Back("a", 130, 59);
        Assert.Equal(0.12m, SpentAt(131));
        Passes(Ask("01065529988", leg: "b", at: 140)); // the first line of the prices that fits
        Back("b", 150, 0);
        Assert.Equal(0.12m, SpentAt(151));
        Passes(Ask("031187021234", leg: "c", at: 160));
        Back("c", 281, null); // not known: from the clearance on
        Assert.Equal(0.42m, SpentAt(300));
    }

    [Fact]
    public void The_days_spend_is_limited_by_the_lower_of_tenant_and_operator_until_midnight_there()
    {
        var rules = With(new(SpendPerDay: 100)) with { Ceiling = Rules.Ceiling with { SpendPerDay = 0.30m } };
        Passes(Ask(leg: "a", rules: rules));
        Passes(Ask(leg: "b", rules: rules));
        Assert.Equal(DialRefusal.SpendLimit, Why(Ask(rules: rules)));
        Back("a", 30, 0, rules);
        Passes(Ask(leg: "c", at: 31, rules: rules));
        Back("b", 59, 50, rules);
        Back("c", 59, 20, rules);
        Assert.Equal(DialRefusal.SpendLimit, Why(Ask(at: 12 * 3600 - 1, rules: rules)));
        Passes(Ask(at: 12 * 3600, rules: rules));
    }

    [Fact]
    public void While_a_spend_limit_holds_a_number_without_a_price_cannot_be_called()
    {
        var rules = With(new(SpendPerDay: 100)) with { Ceiling = Rules.Ceiling with { Prices = [new("mobile", 0.12m)] } };
        Assert.Equal(DialRefusal.SpendLimit, Why(Ask("01065529988", rules: rules)));
        Passes(Ask(rules: rules));
    }

    [Fact]
    public void At_night_fewer_channels_are_open()
    {
        var rules = Rules with { Settings = Rules.Settings with { Night = new("22:00", "08:00", 0) } };
        Passes(Ask(rules: rules));
        Assert.Equal(DialRefusal.ChannelLimit, Why(Ask(at: 10 * 3600, rules: rules)));
        Assert.Equal(DialRefusal.ChannelLimit, Why(Ask(at: 20 * 3600 - 1, rules: rules)));
        Passes(Ask(at: 20 * 3600, rules: rules));
    }

    [Fact]
    public void What_lapses_is_booked_until_its_lease_ran_out()
    {
        Passes(Ask(leg: "a"));
        Assert.Equal(Noon + DialLedger.Lease, ledger.Deadline);
        Assert.Empty(ledger.Sweep(Noon.AddSeconds(29), Rules).AsEnumerable());
        var ended = Assert.IsType<DialEnded>(Assert.Single(ledger.Sweep(Noon.AddHours(1), Rules).AsEnumerable()));
        Assert.Equal((Noon + DialLedger.Lease, 0.12m, "2026-03-02"), (ended.At, ended.Cost, ended.Day));
        Assert.Null(ledger.Deadline);
    }
}
