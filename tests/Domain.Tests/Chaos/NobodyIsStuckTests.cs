using System.Diagnostics;

namespace CallCenter.Domain.Tests.Chaos;

public class NobodyIsStuckTests(ITestOutputHelper output)
{
    [Fact]
    public void Trial()
    {
        var coverage = new Coverage();
        var clock = Stopwatch.StartNew();
        var turns = 0;
        for (var seed = 1; seed <= int.Parse(Environment.GetEnvironmentVariable("SEEDS") ?? "5"); seed++)
        {
            var world = new World(new(seed, 20_000, 2 + seed % 4, 1 + seed % 3, 3 + seed % 5), coverage);
            try { world.Run(); }
            catch (RuleBroken e) { output.WriteLine($"seed {seed} turn {world.Turns} t={world.Ticks / 1e7}: {e.Message}"); }
            turns += world.Turns;
        }
        output.WriteLine($"{turns} turns in {clock.Elapsed.TotalSeconds}");
        output.WriteLine(coverage.Table("call", Enum.GetNames<CallPhase>(), typeof(CallEvent).Assembly.GetTypes().Where(t => t.BaseType == typeof(CallEvent)).Select(t => t.Name)));
        output.WriteLine(coverage.Table("agent", ["SignedOut", "Free", "NotReady", "NotResponding", "Offered", "Talking", "AfterCall"], typeof(AgentEvent).Assembly.GetTypes().Where(t => t.BaseType == typeof(AgentEvent)).Select(t => t.Name)));
        output.WriteLine(coverage.Table("routing", ["ContactUnknown", "ContactWaiting", "ContactReserved", "ContactHeld", "AgentUnknown", "AgentAway", "AgentDelayed", "AgentFree", "AgentAsked", "QueueKnown", "QueueUnknown", "Due", "NotDue"], typeof(RoutingEvent).Assembly.GetTypes().Where(t => t.BaseType == typeof(RoutingEvent)).Select(t => t.Name)));
    }
}
