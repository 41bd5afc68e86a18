using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

public sealed class BadLinkTests
{
    /// <summary>Five percent of all messages, between edge and calls and between grains, are lost, repeated, delayed or reordered.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Every_caller_is_served_over_a_bad_link(int seed)
    {
        await using var world = await TestWorld.Start(agents: 3, faults: 5, seed: seed);
        var calls = new List<CallId>();
        for (var i = 0; i < 12; i++) calls.Add(await world.Edge.Dial(SalesNumber));
        foreach (var call in calls)
        {
            await world.Until(() => calls.Exists(c => world.Edge.IsBridged(c)), "somebody talks", 60);
            Assert.Empty(world.Edge.InTwoCalls());
            var talking = calls.First(world.Edge.IsBridged);
            await world.Pass(2);
            world.Edge.HangUp(talking);
            await world.Until(() => world.Edge.IsOver(talking), "the agent's phone stops", 10);
        }
        await world.Until(() => calls.TrueForAll(world.IsClosed), "all calls are closed", 60);
        foreach (var call in calls)
        {
            Assert.Single(world.Facts(call).OfType<CallArrived>());
            Assert.Single(world.Facts(call).OfType<AgentJoined>());
            Assert.Equal(EndedBy.Caller, world.Facts(call).OfType<CallEnded>().Single().By);
        }
    }

    [Fact]
    public async Task A_very_bad_link_and_crashes_lose_no_call()
    {
        await using var world = await TestWorld.Start(agents: 2, faults: 25, seed: 9);
        var calls = new List<CallId>();
        for (var i = 0; i < 6; i++) calls.Add(await world.Edge.Dial(SalesNumber));
        for (var i = 0; i < 6; i++)
        {
            await world.Pass(7);
            world.Crash();
            foreach (var talking in calls.Where(world.Edge.IsBridged).ToList()) world.Edge.HangUp(talking);
        }
        await world.Until(() =>
        {
            foreach (var talking in calls.Where(world.Edge.IsBridged).ToList()) world.Edge.HangUp(talking);
            return calls.TrueForAll(world.IsClosed);
        }, "all calls are closed", 300);
        Assert.Empty(world.Edge.InTwoCalls());
    }
}
