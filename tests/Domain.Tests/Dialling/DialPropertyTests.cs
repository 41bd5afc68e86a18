namespace CallCenter.Domain.Tests.Dialling;

public class DialPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private static readonly AgentId[] Agents = [new("anna"), new("bert"), new("carl")];
    private static readonly string[] Numbers = ["13900139000", "01065529988", "110", "9120", "10086", "+85223456789", "x", "031112345"];
    private static readonly DialLimits Limits = new(Channels: 5, CallsPerMinute: 6, CallsPerHour: 60, AgentCallsPerMinute: 3, AgentCallsPerHour: 30, SpendPerDay: 20);
    private static readonly DialRules Rules = new(
        DialSettings.Nothing(Acme) with { OutsidePrefix = "9", Rules = [new("mobile", true), new("landline", true)], Limits = Limits },
        DialCeiling.Nothing(Acme) with { Rules = [new("mobile", true), new("landline", true)], Prices = [new("mobile", 0.12m), new("landline", 0.30m)] },
        [new("+861012345678", "010-12345678", Acme, null, MayCallOut: true)], [new("t", [], "b:5060", Outbound: new(NumberFormat.National))], "Asia/Shanghai");

    private static (List<Fact> Facts, DialSnapshot End, List<(int Facts, DialSnapshot State)> Points) Play(int seed, int steps, DialRules? changed = null)
    {
        var chance = new Random(seed);
        var (ledger, facts, points, now, legs) = (new DialLedger(DialSnapshot.Empty), new List<Fact>(), new List<(int, DialSnapshot)>(), Start, 0);
        for (var i = 0; i < steps; i++)
        {
            now += TimeSpan.FromMilliseconds(chance.Next(20) == 0 ? chance.Next(1_200_000) : chance.Next(15_000));
            var leg = new LegId($"out-{(chance.Next(3) == 0 ? legs++ : int.Max(0, legs - chance.Next(8)))}");
            var rules = changed is not null && chance.Next(10) == 0 ? changed : Rules;
            if (chance.Next(8) == 0) facts.AddRange(ledger.Sweep(now, rules));
            TenantEvent told = chance.Next(4) == 0
                ? new GiveBackDial(now, new("c"), leg, chance.Next(3) == 0 ? null : TimeSpan.FromSeconds(chance.Next(300)))
                : new ClearDial(now, new("c"), leg, Numbers[chance.Next(Numbers.Length)], null, chance.Next(4) == 0 ? null : Agents[chance.Next(Agents.Length)]);
            facts.AddRange(ledger.Next(told, rules).Facts);
            if (chance.Next(50) == 0) points.Add((facts.Count, Sorted(ledger.Snapshot(now))));
        }
        return (facts, Sorted(ledger.Snapshot(now)), points);
    }

    private static DialSnapshot Sorted(DialSnapshot state) => state with { Open = state.Open.OrderBy(o => o.Leg.Value, StringComparer.Ordinal).ToItems(), Agents = state.Agents.OrderBy(a => a.Agent.Value, StringComparer.Ordinal).ToItems() };

    [Fact]
    public void The_memory_is_the_fold_of_the_facts_from_the_beginning_or_from_any_snapshot()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var (facts, end, points) = Play(seed, 1_000, seed % 2 == 0 ? Rules with { Ceiling = Rules.Ceiling with { Currency = "EUR" } } : null);
            var now = facts[^1].At;
            foreach (var (from, state) in points.Prepend((0, DialSnapshot.Empty)))
            {
                var again = new DialLedger(state);
                foreach (var fact in facts.Skip(from)) again.With(fact);
                var folded = Sorted(again.Snapshot(now));
                Assert.Equal((end.Day, end.Spent, end.Currency, end.Open), (folded.Day, folded.Spent, folded.Currency, folded.Open));
                Assert.True(end.Times.All(t => folded.Times.Contains(t)), $"seed {seed}: an instant is forgotten");
            }
        }
    }

    [Fact]
    public void No_limit_is_ever_passed_and_every_leg_that_was_allowed_ends_once()
    {
        var (allowed, denied) = (0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            var (facts, end, _) = Play(seed, 2_000);
            var open = new HashSet<LegId>();
            var cleared = new List<DialAllowed>();
            foreach (var fact in facts)
            {
                if (fact is DialEnded ended && ended.Class != DialClass.Emergency) Assert.True(open.Remove(ended.Leg));
                if (fact is DialDenied no) Assert.NotEqual(DialClass.Emergency, no.Class);
                if (fact is not DialAllowed { Class: not DialClass.Emergency } yes) continue;
                Assert.True(open.Add(yes.Leg));
                cleared.Add(yes);
                CheckRates(cleared);
            }
            foreach (var day in facts.OfType<DialEnded>().GroupBy(e => e.Day)) Assert.All(day, e => Assert.True(e.Cost >= 0));
            Assert.Equal(open.Order(Comparer<LegId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), end.Open.Where(o => o.Class != DialClass.Emergency).Select(o => o.Leg));
            allowed += cleared.Count;
            denied += facts.OfType<DialDenied>().Count(d => d.Why is DialRefusal.ChannelLimit or DialRefusal.RateLimit or DialRefusal.SpendLimit);
        }
        Assert.True(allowed > 1_000 && denied > 1_000, $"{allowed} allowed, {denied} denied");
    }

    private static void CheckRates(List<DialAllowed> cleared)
    {
        var newest = cleared[^1];
        Assert.True(Within(cleared, newest.At, 60) <= Limits.CallsPerMinute);
        Assert.True(Within(cleared, newest.At, 3600) <= Limits.CallsPerHour);
        if (newest.Agent is null) return;
        var own = cleared.Where(c => c.Agent == newest.Agent);
        Assert.True(Within(own, newest.At, 60) <= Limits.AgentCallsPerMinute);
        Assert.True(Within(own, newest.At, 3600) <= Limits.AgentCallsPerHour);
    }

    private static int Within(IEnumerable<DialAllowed> cleared, DateTimeOffset end, double seconds) => cleared.Count(c => c.At > end.AddSeconds(-seconds));

    [Fact]
    public void The_ring_of_instants_agrees_with_a_plain_list()
    {
        var (ring, list, now) = (new RecentTimes(), new List<DateTimeOffset>(), Start);
        var chance = new Random(3);
        for (var i = 0; i < 25_000; i++)
        {
            now += TimeSpan.FromMilliseconds(chance.Next(400));
            ring.Add(now);
            list.Add(now);
            if (i % 251 != 0) continue;
            foreach (var limit in new[] { 1, 7, 300, 9_999, RecentTimes.Most })
                Assert.Equal(list.TakeLast(RecentTimes.Most).Count(t => t > now - TimeSpan.FromMinutes(1)) >= limit, ring.Reached(limit, TimeSpan.FromMinutes(1), now));
            Assert.Equal(list.Where(t => t > now - TimeSpan.FromMinutes(2)).Select(t => t.UtcTicks), ring.After(now - TimeSpan.FromMinutes(2)));
        }
        Assert.True(ring.Reached(0, TimeSpan.FromMinutes(1), now));
        Assert.False(ring.Reached(null, TimeSpan.FromMinutes(1), now));
    }

    private static readonly string[] Matches = ["mobile", "landline", "service", "tollFree", "international", "+86", "+861", "+8613", "+86138", "+8610", "+86106", "+86311", "+863118", "+8", "+1", "+852", "86-4", "86-400", "1", "12", "95", "95588", "9"];

    [Fact]
    public void What_a_plan_allows_as_a_whole_it_allows_number_by_number()
    {
        string[] sample = ["13800138000", "13900139000", "18612345678", "01065529988", "031187021234", "031112345", "010110", "4008001001", "8008100000", "12345", "114", "95588", "95599", "96110", "+14155550123", "+85223456789", "0085312345678"];
        foreach (var whole in Matches)
            foreach (var part in Matches)
                if (DialMatch.Covers(whole, part))
                    foreach (var text in sample)
                        if (DialledNumber.TryParse(text, null, null, out var number) && number.Class != DialClass.Emergency && DialMatch.Fits(part, number))
                            Assert.True(DialMatch.Fits(whole, number), $"{whole} is said to cover {part}, but not {number.Canonical}");
        foreach (var (whole, part) in new[] { ("mobile", "+86138"), ("landline", "+863118"), ("landline", "+86106"), ("international", "+852"), ("service", "95588"), ("+86", "mobile"), ("+86", "landline"), ("tollFree", "86-400") }) Assert.True(DialMatch.Covers(whole, part), $"{whole} {part}");
        foreach (var (whole, part) in new[] { ("mobile", "+861"), ("landline", "+8610"), ("landline", "mobile"), ("international", "+8"), ("+8613", "mobile") }) Assert.False(DialMatch.Covers(whole, part), $"{whole} {part}");
        Assert.All(Matches, m => Assert.True(DialMatch.IsValid(m), m));
        foreach (var bad in new[] { "", "010", "138", "+", "+0", "8", "86-5", "mobil", "Mobile", "emergency", "+86x", "*" }) Assert.False(DialMatch.IsValid(bad), bad);
    }
}
