using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

public sealed class CallPathTests
{
    static async Task<CallId> Talk(TestWorld world, string number = SalesNumber)
    {
        var call = await world.Edge.Dial(number);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        return call;
    }

    [Fact]
    public async Task A_caller_reaches_an_agent_they_talk_and_the_caller_hangs_up()
    {
        await using var world = await TestWorld.Start();
        var call = await Talk(world);
        Assert.Equal(AgentWork.Talking, (await world.Agent()).Work);
        Assert.Equal([Channel.Left, Channel.Right], world.Edge.Commands<StartTrack>(call).Select(t => t.Channel));
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        Assert.True(world.Edge.IsOver(call));
        Assert.Equal(AgentWork.Idle, (await world.Agent()).Work);
        var ended = world.Facts(call).OfType<CallEnded>().Single();
        Assert.Equal((EndedBy.Caller, Blame.Nobody), (ended.By, ended.Blame));
        Assert.Equal(0, (await world.Live(Sales)).Waiting);
    }

    [Fact]
    public async Task A_menu_leads_to_the_queue_by_a_key()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(MenuNumber);
        await world.Until(() => world.Edge.Playing(call)?.StartsWith("menu", StringComparison.Ordinal) == true, "the menu is played");
        world.Edge.Press(call, '1');
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal("1", world.Facts(call).OfType<MenuChosen>().Single().Key);
    }

    [Fact]
    public async Task The_agent_hangs_up()
    {
        await using var world = await TestWorld.Start();
        var call = await Talk(world);
        world.Edge.HangUp(call, world.Edge.AgentLeg(call)!.Id);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        Assert.Equal(EndedBy.Agent, world.Facts(call).OfType<CallEnded>().Single().By);
    }

    [Theory]
    [InlineData(PhoneHabit.Rejects, OfferEnd.Rejected, 10)]
    [InlineData(PhoneHabit.IsBusy, OfferEnd.Busy, 10)]
    [InlineData(PhoneHabit.IsUnreachable, OfferEnd.Unreachable, 10)]
    [InlineData(PhoneHabit.DoesNotAnswer, OfferEnd.NoAnswer, 5)]
    internal async Task An_offer_that_comes_to_nothing_keeps_the_place_and_is_made_again_after_its_delay(PhoneHabit habit, OfferEnd why, int delay)
    {
        await using var world = await TestWorld.Start();
        world.Edge.Phones["1001"] = habit;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferEnded>(call), "the offer ended");
        Assert.Equal(why, world.Facts(call).OfType<OfferEnded>().Single().Why);
        world.Edge.Phones.Clear();
        await world.Pass(delay - 1);
        Assert.Null(world.Edge.AgentLeg(call));
        await world.Until(() => world.Edge.IsBridged(call), "they talk", 3);
        Assert.Single(world.Facts(call).OfType<Enqueued>());
    }

    [Fact]
    public async Task The_phone_stops_at_once_when_the_caller_hangs_up_while_it_rings()
    {
        await using var world = await TestWorld.Start();
        world.Edge.Phones["1001"] = PhoneHabit.DoesNotAnswer;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferAlerting>(call), "it rings");
        world.Edge.HangUp(call);
        await world.Until(() => world.Edge.IsOver(call), "it stops", 0.1);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 1);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
    }

    [Fact]
    public async Task Two_callers_share_one_agent_in_their_order()
    {
        await using var world = await TestWorld.Start();
        var first = await Talk(world);
        var second = await world.Edge.Dial(SalesNumber);
        await world.Pass(1);
        var third = await world.Edge.Dial(SalesNumber);
        await world.Pass(5);
        Assert.False(world.Edge.IsBridged(second));
        Assert.Equal(2, (await world.Live(Sales)).Waiting);
        world.Edge.HangUp(first);
        await world.Until(() => world.Edge.IsBridged(second), "the second talks", 3);
        world.Edge.HangUp(second);
        await world.Until(() => world.Edge.IsBridged(third), "the third talks", 3);
    }

    [Fact]
    public async Task Who_has_priority_goes_first()
    {
        await using var world = await TestWorld.Start();
        var first = await Talk(world);
        var usual = await world.Edge.Dial(SalesNumber);
        await world.Pass(1);
        var urgent = await world.Edge.Dial(VipNumber);
        await world.Pass(1);
        world.Edge.HangUp(first);
        await world.Until(() => world.Edge.IsBridged(urgent), "the urgent one talks", 3);
        Assert.False(world.Edge.IsBridged(usual));
    }

    [Fact]
    public async Task A_call_beyond_the_tenants_limit_is_refused_until_one_ends()
    {
        await using var world = await TestWorld.Start(callLimit: 1);
        var first = await Talk(world);
        var second = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.IsClosed(second), "the second is refused", 3);
        Assert.Equal((486, 17), world.Edge.Commands<RejectLeg>(second).Select(r => (r.SipStatus, r.Q850)).Single());
        Assert.Equal(Blame.Tenant, world.Facts(second).OfType<CallEnded>().Single().Blame);
        await world.Pass(40); // the first renews its lease
        var third = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.IsClosed(third), "the third is refused", 3);
        world.Edge.HangUp(first);
        await world.Until(() => world.IsClosed(first), "the first is over", 5);
        await Talk(world);
    }

    [Fact]
    public async Task A_conversation_lasts_beyond_the_agents_lease()
    {
        await using var world = await TestWorld.Start();
        var call = await Talk(world);
        await world.Pass(120);
        Assert.True(world.Edge.IsBridged(call));
        Assert.Equal(AgentWork.Talking, (await world.Agent()).Work);
    }

    [Fact]
    public async Task The_callers_number_is_in_the_personal_store_and_nowhere_else()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber, "13812345678");
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        var personal = await ((IPersonal)world.Journal).Read(Subject.Call(Acme, call), TestContext.Current.CancellationToken);
        Assert.Equal(["13812345678", "Mr Wang"], personal.Select(p => p.Value));
        Assert.DoesNotContain("13812345678", string.Join(" ", world.Journal.Entries(Subject.Call(Acme, call)).AsEnumerable()));
    }

    [Fact]
    public async Task A_waiting_caller_hears_the_new_announcements_of_its_queue()
    {
        await using var world = await TestWorld.Start(agents: 0);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Pass(5);
        Assert.False(world.Has<PlaceTold>(call));
        await world.Store.Put(TestSettings.Queue(Sales, announceEvery: 10), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(() => world.Has<PlaceTold>(call), "the place is told", 20);
    }
}
