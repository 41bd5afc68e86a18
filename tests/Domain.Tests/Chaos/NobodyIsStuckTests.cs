namespace CallCenter.Domain.Tests.Chaos;

/// <summary>
/// Call, routing and agent machines together, through lost, late, repeated and reordered messages, crashes, pauses and jumps of the
/// clock. Rules: no agent in two conversations, no lease older than its term and a second, no fact before an older one, nothing but
/// ends of legs after the end of a call; and when the trouble stops, every caller ends and every agent is free.
/// </summary>
public class NobodyIsStuckTests(ITestOutputHelper output)
{
    private const int Worlds = 165, StepsEach = 20_000, LeastPerPair = 100, LeastInNode = 10, MostTries = 200;

    private static readonly string[] AgentKinds = ["SignedOut", "Free", "NotReady", "NotResponding", "Offered", "Talking", "AfterCall"];
    private static readonly string[] ContactKinds = ["ContactUnknown", "ContactWaiting", "ContactReserved", "ContactHeld"];
    private static readonly string[] Standings = ["Greeting", "Recording", "Asking", "Collecting", "Handing"];
    private static readonly string[] InNodes = [nameof(DigitPressed), nameof(PlayEnded), nameof(FellQuiet), nameof(HungUp), nameof(CallTimeUp), nameof(StillThere), nameof(TakeBack), nameof(EdgeLost), nameof(OfferGone)];
    private static readonly string[] RoutedKinds = ["AgentUnknown", "AgentAway", "AgentDelayed", "AgentFree", "AgentAsked"];

    [Fact, Trait("Speed", "Slow")]
    public void Two_million_random_steps_leave_nobody_stuck()
    {
        var coverage = new Coverage();
        var turns = Run(1, Worlds, coverage);
        Assert.True(turns >= 2_000_000, $"{turns} turns");
        Print(coverage);
        Assert.Empty(Pairs().Where(p => coverage.Of(p.Machine, p.State, p.Event) < (p.Machine == "flow" ? LeastInNode : LeastPerPair)).Select(p => $"{p.Machine} {p.State} {p.Event}: {coverage.Of(p.Machine, p.State, p.Event)}"));
    }

    [Fact, Trait("Speed", "Long")]
    public void Ten_million_more_steps_leave_nobody_stuck_either() => Assert.True(Run(1_001, 500, new()) >= 10_000_000);

    /// <summary>How many turns there were in so many worlds; the first that fails is made small.</summary>
    private static int Run(int firstSeed, int worlds, Coverage coverage)
    {
        var turns = 0;
        for (var seed = firstSeed; seed < firstSeed + worlds; seed++)
        {
            var plan = Plan(seed);
            var failure = Shrinker.Failure(plan, coverage, out var taken);
            if (failure is not null)
            {
                var small = Shrinker.Smallest(plan, failure);
                Assert.Fail($"{plan}: {failure}; the smallest is {small.Plan}: {small.Failure}");
            }
            turns += taken;
        }
        return turns;
    }

    [Theory]
    [InlineData(Sabotage.NoEpochCheck, "talks in")]
    [InlineData(Sabotage.NoLeaseExpiry, "older than its term")]
    [InlineData(Sabotage.NoRetry, "stuck")]
    public void What_is_taken_out_is_missed(Sabotage sabotage, string rule)
    {
        var tried = Enumerable.Range(1, MostTries).Select(seed => Shrinker.Failure(Plan(seed) with { Sabotage = sabotage, Agents = 2 + seed % 8 }, new(), out _));
        var found = tried.FirstOrDefault(failure => failure?.Contains(rule) == true);
        output.WriteLine(found ?? "");
        Assert.NotNull(found);
    }

    [Theory]
    [InlineData(Sabotage.NoEpochCheck)]
    [InlineData(Sabotage.NoRetry)]
    public void A_failing_plan_shrinks(Sabotage sabotage)
    {
        var (plan, failure) = Enumerable.Range(1, 10).Select(seed => Plan(seed) with { Sabotage = sabotage }).Select(p => (p, Shrinker.Failure(p, new(), out _))).First(tried => tried.Item2 is not null);
        var (small, why) = Shrinker.Smallest(plan, failure!);
        output.WriteLine($"{small}: {why}");
        Assert.True(small.Steps < plan.Steps / 4, $"{small.Steps} of {plan.Steps} steps");
        Assert.NotNull(Shrinker.Failure(small, new(), out _));
    }

    [Fact]
    public void A_plan_always_runs_alike()
    {
        var (first, second) = (new Coverage(), new Coverage());
        Shrinker.Failure(Plan(7), first, out var turns);
        Shrinker.Failure(Plan(7), second, out var again);
        Assert.Equal(turns, again);
        Assert.Equal(Pairs().Select(p => first.Of(p.Machine, p.State, p.Event)), Pairs().Select(p => second.Of(p.Machine, p.State, p.Event)));
    }

    private static WorldPlan Plan(int seed) => new(seed, StepsEach, Agents: 2 + seed % 4, Queues: 1 + seed % 3, Calls: 3 + seed % 5);

    private static IEnumerable<(string Machine, string State, string Event)> Pairs()
    {
        foreach (var phase in Enum.GetNames<CallPhase>())
            foreach (var name in Events<CallEvent>()) yield return ("call", phase, name);
        foreach (var standing in Standings)
            foreach (var name in InNodes) yield return ("flow", standing, name);
        foreach (var kind in AgentKinds)
            foreach (var name in Events<AgentEvent>()) yield return ("agent", kind, name);
        foreach (var name in Events<RoutingEvent>())
            foreach (var kind in RoutingKinds(name)) yield return ("routing", kind, name);
    }

    private static string[] RoutingKinds(string name) => name switch
    {
        nameof(AgentIs) or nameof(ReserveRefused) => RoutedKinds,
        nameof(QueueIs) => ["QueueKnown", "QueueUnknown"],
        nameof(RoutingTimeUp) => ["Due", "NotDue"],
        _ => ContactKinds,
    };

    private static IEnumerable<string> Events<T>() => typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract).Select(t => t.Name);

    private void Print(Coverage coverage)
    {
        output.WriteLine(coverage.Table("call", Enum.GetNames<CallPhase>(), Events<CallEvent>()));
        output.WriteLine(coverage.Table("flow", Standings, InNodes));
        output.WriteLine(coverage.Table("agent", AgentKinds, Events<AgentEvent>()));
        output.WriteLine(coverage.Table("routing", [.. ContactKinds, .. RoutedKinds, "QueueKnown", "QueueUnknown", "Due", "NotDue"], Events<RoutingEvent>()));
    }
}
