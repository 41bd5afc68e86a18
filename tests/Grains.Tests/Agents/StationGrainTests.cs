using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Agents;

/// <summary>A station that may be a phone or a browser: what its agent chose counts, and of two browsers the one that was let in last.</summary>
public sealed class StationGrainTests
{
    static Browser Tab(TestWorld world, string name, long? epoch = null) => new(world.Edge.Id, epoch ?? world.Edge.Epoch, $"connection-{name}", name, world.Clock.GetUtcNow());

    static Task<Presence> PresenceOf(TestWorld world) => Of(world.Agent());

    static async Task<Presence> Of(Task<AgentView> asked) => (await asked).Presence;

    [Fact]
    public async Task Choosing_the_browser_signs_out_until_one_is_heard_and_the_phone_rings_no_more()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        Assert.Null(await station.Choose(StationKind.Browser));
        await world.Until(async () => await PresenceOf(world) == Presence.SignedOut, "signed out", 2);
        Assert.Equal((StationKind.Browser, null), await station.Registrations() is var none ? (none.Kind, none.Browser) : default);
        Assert.Equal(PathRefusal.None, (await station.Connect(Tab(world, "a"), take: false)).Refusal);
        await world.Pass(1);
        Assert.Equal(Presence.SignedOut, await PresenceOf(world));
        await station.Hear("connection-a", true);
        await world.Until(async () => await PresenceOf(world) == Presence.Available, "signed in", 2);
        Assert.Equal("connection-a", (await station.Registrations()).Browser!.Connection);
        Assert.True((await station.Look()).Connected);
        Assert.Null(await station.Choose(StationKind.Phone));
        await world.Until(async () => (await station.Look()) is { Connected: true, Browser: null }, "the phone is there again", 2);
    }

    [Fact]
    public async Task A_phone_lets_no_browser_in_and_of_two_browsers_the_second_must_take_it()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        Assert.Equal(PathRefusal.NotABrowser, (await station.Connect(Tab(world, "a"), take: true)).Refusal);
        await station.Choose(StationKind.Browser);
        var first = await station.Connect(Tab(world, "a"), take: false);
        await station.Hear("connection-a", true);
        Assert.Equal(PathRefusal.Taken, (await station.Connect(Tab(world, "b"), take: false)).Refusal);
        var again = await station.Connect(Tab(world, "a"), take: false); // the same tab, loaded again
        Assert.True(again.Number > first.Number);
        Assert.Equal(PathRefusal.None, (await station.Connect(Tab(world, "b"), take: true)).Refusal);
        await station.Disconnect("connection-a"); // whose it is no more
        Assert.Equal("b", (await station.Look()).Browser!.Client);
        await station.Disconnect("connection-b");
        Assert.Null((await station.Look()).Browser);
    }

    /// <summary>Of an agent who was free by a browser that is not heard any more.</summary>
    static async Task<IStationGrain> Silent(TestWorld world)
    {
        var station = world.Grains.Station(Acme, "1001");
        await station.Choose(StationKind.Browser);
        await station.Connect(Tab(world, "a"), take: false);
        await station.Hear("connection-a", true);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 1, "free", 2);
        await station.Hear("connection-a", false);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 0, "not free", 2);
        return station;
    }

    [Fact]
    public async Task Nobody_is_led_to_an_edge_that_gives_no_answer()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        await station.Choose(StationKind.Browser);
        await station.Connect(Tab(world, "a"), take: false);
        Assert.NotNull(await station.Edge());
        world.Edge.Stop();
        await world.Pass(2); // its last word is believed for a second
        for (var ask = 0; ask < 3; ask++) world.Edge.Pings.Enqueue(Timeout.InfiniteTimeSpan);
        var asked = station.Edge();
        await world.Pass(4);
        Assert.Null(await asked);
    }

    [Fact]
    public async Task A_browser_that_is_not_heard_keeps_its_agent_signed_in_and_may_be_replaced_by_anybody()
    {
        await using var world = await TestWorld.Start();
        var station = await Silent(world);
        Assert.Equal((Presence.Available, true), await world.Agent() is var view ? (view.Presence, view.Away) : default);
        Assert.False((await station.Look()).Connected);
        Assert.Equal(PathRefusal.None, (await station.Connect(Tab(world, "b"), take: false)).Refusal);
        await station.Hear("connection-b", true);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 1, "free again", 2);
        await station.Disconnect("connection-b");
        await world.Until(async () => await PresenceOf(world) == Presence.SignedOut, "signed out", 2);
    }

    [Fact]
    public async Task How_long_a_lost_browser_is_waited_for_is_the_firms_rule_as_it_is_now()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        await station.Choose(StationKind.Browser);
        Assert.Equal(TimeSpan.FromSeconds(30), (await station.Connect(Tab(world, "a"), take: false)).Grace);
        await world.Store.Put(StationRules.Default(Acme) with { GraceSeconds = 5 }, Author.Product, stop: TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(5), await station.Hear("connection-a", false));
        Assert.Equal(TimeSpan.FromSeconds(5), (await station.Connect(Tab(world, "b"), take: true)).Grace);
    }

    [Fact]
    public async Task A_phone_that_is_chosen_instead_of_a_browser_that_is_not_heard_gets_calls()
    {
        await using var world = await TestWorld.Start();
        var station = await Silent(world);
        Assert.Null(await station.Choose(StationKind.Phone)); // which is registered all the while
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 1, "free by phone", 2);
        Assert.True((await station.Look()).Connected);
    }

    [Fact]
    public async Task An_agent_whose_account_is_switched_off_has_neither_phone_nor_browser_until_it_is_on_again()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        await world.Store.Put(TestSettings.Account(1001) with { Disabled = true }, Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => (await station.Registrations()).Bindings.IsEmpty, "no phone", 1);
        Assert.Null(await station.Credentials(emergency: false));
        Assert.NotNull(await station.Credentials(emergency: true));
        Assert.False((await station.Look()).Connected);
        await world.Register(1001); // was on its way
        Assert.Empty((await station.Registrations()).Bindings);
        await station.Choose(StationKind.Browser);
        Assert.Equal(PathRefusal.Gone, (await station.Connect(Tab(world, "a"), take: false)).Refusal);
        await station.Choose(StationKind.Phone);
        await world.Store.Put(TestSettings.Account(1001), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => await PresenceOf(world) == Presence.Available, "signed in by the phone that is still registered", 1);
        Assert.NotNull(await station.Credentials(emergency: false));
    }

    [Fact]
    public async Task A_browser_outlives_a_crash_of_the_grains_but_not_one_of_its_edge()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        await station.Choose(StationKind.Browser);
        await station.Connect(Tab(world, "a"), take: false);
        await station.Hear("connection-a", true);
        world.Crash();
        station = world.Grains.Station(Acme, "1001");
        Assert.Equal("a", (await station.Look()).Browser!.Client);
        await station.Connect(Tab(world, "a", epoch: world.Edge.Epoch - 1), take: true);
        await station.Hear("connection-a", true);
        Assert.Equal(PathRefusal.None, (await station.Connect(Tab(world, "b"), take: false)).Refusal);
    }
}
