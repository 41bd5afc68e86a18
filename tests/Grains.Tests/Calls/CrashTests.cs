using CallCenter.Domain.Calls.Conversations;
using CallCenter.Grains.Calls;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

public sealed class CrashTests
{
    [Fact]
    public async Task Talk_goes_on_through_a_crash_and_ends_well()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.True(world.Crash() > 3);
        await world.Pass(60);
        Assert.True(world.Edge.IsBridged(call));
        Assert.Equal(AgentWork.Talking, (await world.Agent()).Work);
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        Assert.Equal(AgentWork.Idle, (await world.Agent()).Work);
    }

    [Fact]
    public async Task After_a_crash_with_twenty_in_talk_and_twenty_waiting_talk_goes_on_order_is_kept_and_routing_resumes_within_three_seconds()
    {
        await using var world = await TestWorld.Start(agents: 20);
        var talking = new List<CallId>();
        for (var i = 0; i < 20; i++) talking.Add(await world.Edge.Dial(SalesNumber));
        await world.Until(() => talking.TrueForAll(world.Edge.IsBridged), "twenty talk");
        var waiting = new List<CallId>();
        for (var i = 0; i < 20; i++)
        {
            waiting.Add(await world.Edge.Dial(SalesNumber));
            await world.Pass(0.1);
        }
        world.Crash();
        world.Edge.HangUp(talking[7]);
        await world.Until(() => world.Edge.IsBridged(waiting[0]), "the first in line talks", 3);
        for (var i = 0; i < 19; i++)
        {
            world.Edge.HangUp(talking[i == 7 ? 19 : i]);
            await world.Until(() => world.Edge.IsBridged(waiting[i + 1]), $"number {i + 2} in line talks", 5);
        }
        Assert.Empty(world.Edge.InTwoCalls());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task After_a_crash_on_a_bad_link_the_order_is_kept(int seed)
    {
        await using var world = await TestWorld.Start(agents: 4, faults: 5, seed: seed);
        var talking = new List<CallId>();
        for (var i = 0; i < 4; i++) talking.Add(await world.Edge.Dial(SalesNumber));
        await world.Until(() => talking.TrueForAll(world.Edge.IsBridged), "four talk");
        var waiting = new List<CallId>();
        for (var i = 0; i < 12; i++)
        {
            waiting.Add(await world.Edge.Dial(SalesNumber));
            await world.Until(() => world.Has<Enqueued>(waiting[^1]), "one more waits");
            await world.Pass(0.1);
        }
        world.Crash();
        world.Edge.HangUp(talking[0]);
        await world.Until(() => waiting.Exists(w => world.Has<OfferStarted>(w)), "somebody is offered to an agent", 10);
        Assert.True(world.Has<OfferStarted>(waiting[0]));
    }

    [Fact]
    public async Task The_first_call_of_a_fresh_start_waits_for_nobody()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferStarted>(call), "it is offered to the agent", 0.1);
    }

    [Fact]
    public async Task A_caller_whose_last_word_before_the_crash_meant_nothing_is_still_heard()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Edge.Press(call, '5'); // acknowledged, and nowhere remembered
        await world.Pass(1);
        world.Crash();
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 10);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 5);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_the_silo_is_down_is_not_forgotten()
    {
        await using var world = await TestWorld.Start();
        world.Edge.Phones["1001"] = PhoneHabit.DoesNotAnswer;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferAlerting>(call), "it rings");
        world.Crash();
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 10);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 5);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_crash_at_any_moment_of_a_call_leaves_nobody_stuck()
    {
        for (var step = 0; step < 25; step++)
        {
            await using var world = await TestWorld.Start();
            world.Journal.BeforeCommit = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(30), world.Clock);
            var call = await world.Edge.Dial(SalesNumber);
            await world.Pass(step * 0.04);
            world.Crash();
            await world.Until(() => world.Edge.IsBridged(call), $"crash after {step * 40} ms: they talk", 40);
            world.Edge.HangUp(call);
            await world.Until(() => world.IsClosed(call), $"crash after {step * 40} ms: the call is closed", 10);
            await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 40);
        }
    }

    [Fact]
    public async Task Calls_of_an_edge_that_was_started_anew_end_and_free_their_agents()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        await world.Edge.Restart();
        await world.Until(() => world.IsClosed(call), "the call is closed", 30);
        var ended = world.Facts(call).OfType<CallEnded>().Single();
        Assert.Equal((EndedBy.Platform, EndReason.EdgeLost, Blame.Platform), (ended.By, ended.Reason, ended.Blame));
        Assert.Equal(AgentWork.Idle, (await world.Agent()).Work);
    }

    [Fact]
    public async Task After_a_restart_of_everything_open_calls_are_woken_and_closed()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Edge.Stop();
        world.Crash();
        await world.Grains.Call(Acme, call).Wake();
        await world.Pass(4);
        Assert.False(world.IsClosed(call)); // no edge has come back yet
        await world.Edge.Restart();
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 5);
    }

    [Fact]
    public async Task An_edge_that_never_comes_back_is_given_up_after_a_minute()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Edge.Stop();
        await world.Pass(50);
        Assert.False(world.Has<CallEnded>(call));
        await world.Until(() => world.IsClosed(call), "the call is closed", 20);
    }

    [Fact]
    public async Task A_recording_that_its_edge_has_yet_to_keep_is_waited_for_longer_than_a_silent_edge()
    {
        await using var world = await TestWorld.Start();
        world.Edge.KeepingTime = EdgeLink.GivenUpAfter + TimeSpan.FromSeconds(20);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Edge.HangUp(call);
        await world.Pass(40);
        world.Crash(); // the edge's next word wakes it
        await world.Pass(35);
        Assert.True(world.Edge.IsOver(call));
        Assert.False(world.IsClosed(call));
        await world.Until(() => world.IsClosed(call), "it has its seals", 10);
        Assert.False(world.Has<SealsGivenUp>(call));
        Assert.Equal(world.Facts(call).Count(f => f is TrackStopped), world.Facts(call).Count(f => f is TrackSealed));
    }

    [Fact]
    public async Task An_edge_that_answered_late_is_asked_again_by_a_call_that_waits_for_nothing_else()
    {
        await using var world = await TestWorld.Start(agents: 0);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<Enqueued>(call), "it waits");
        world.Edge.Stop();
        var never = Timeout.InfiniteTimeSpan;
        foreach (var after in new[] { never, never, TimeSpan.FromSeconds(0.5), never, never, never }) world.Edge.Pings.Enqueue(after);
        await world.Until(() => world.Has<CallEnded>(call), "the edge is gone, and so is the call", 30);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Legs_of_an_edge_that_was_given_up_and_speaks_again_are_hung_up(bool afterACrash)
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Edge.Stop();
        await world.Until(() => world.IsClosed(call), "the call is closed", 90);
        Assert.True(world.Edge.IsBridged(call)); // it has heard nothing of that
        if (afterACrash) world.Crash();
        world.Edge.SpeakAgain();
        await world.Until(() => world.Edge.IsOver(call), "nobody talks in a call that is over", 10);
    }
}
