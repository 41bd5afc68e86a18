using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Agents;

/// <summary>An agent of the operator in a firm's call: under the name that the firm knows, at a station that is nobody's phone, through a crash.</summary>
public sealed class OperatorAgentTests
{
    const string Known = "jane@operator";

    static readonly AgentRef Jane = new(TenantId.Operator, new("jane"));

    /// <summary>Signed in by a browser.</summary>
    static async Task<TestWorld> Start()
    {
        var world = await TestWorld.Start(agents: 0);
        await world.Store.PutMany(
        [
            new UserAccount(TenantId.Operator, "jane", "Jane", Role.OperatorAgent, new("hash")),
            TestSettings.Agent(1001) with { Owner = TenantId.Operator, Agent = Jane.Agent, User = "jane", Extension = "jane", StaffNumbers = [new(Acme, "8001")] },
        ], Author.Product, TestContext.Current.CancellationToken);
        var station = world.Grains.Station(TenantId.Operator, "jane");
        Assert.Equal(PathRefusal.None, (await station.Connect(new(world.Edge.Id, world.Edge.Epoch, "c1", "tab", world.Clock.GetUtcNow()), take: false)).Refusal);
        await station.Hear("c1", heard: true);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 1, "jane is free for the firm");
        return world;
    }

    [Fact]
    public async Task It_takes_a_firms_call_goes_on_with_it_through_a_crash_and_is_free_again()
    {
        await using var world = await Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal(Known, Assert.Single(world.Edge.Commands<RingStation>(call)).Station);
        var live = (await world.Grains.Call(Acme, call).Look())!;
        Assert.Equal(Known, Assert.Single(live.Parties, party => party.Agent is not null).Agent!.Value.Value);
        Assert.Equal((AgentWork.Talking, new Contact(Acme, call)), ((await world.Grains.Agent(Jane).Look()).Work, (await world.Grains.Agent(Jane).Look()).Contact!.Value));

        Assert.True(world.Crash() > 3);
        await world.Pass(40); // longer than a lease that nobody renews
        Assert.True(world.Edge.IsBridged(call));
        Assert.Equal(AgentWork.Talking, (await world.Grains.Agent(Jane).Look()).Work);

        world.Edge.HangUp(call);
        await world.Until(async () => await world.Grains.Agent(Jane).Look() is { Work: AgentWork.Idle, LastContact.Contact: var left } && left == new Contact(Acme, call), "jane has left it");
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 1, "jane is free again");
    }

    [Fact]
    public async Task Its_station_is_a_browser_and_opens_to_no_password()
    {
        await using var world = await Start();
        var station = world.Grains.Station(TenantId.Operator, "jane");
        Assert.Equal(StationKind.Browser, (await station.Look()).Kind);
        Assert.Equal(RefusalCode.Conflict, (await station.Choose(StationKind.Phone))?.Code);
        Assert.Null(await station.Credentials(emergency: true));
        Assert.Equal(PathRefusal.Gone, (await world.Grains.Station(TenantId.Operator, "joe").Connect(new(world.Edge.Id, world.Edge.Epoch, "c2", "tab", world.Clock.GetUtcNow()), take: false)).Refusal);
    }

    [Fact]
    public async Task Who_does_not_serve_the_firm_any_more_is_offered_nothing_of_it()
    {
        await using var world = await Start();
        var settings = await world.Store.Find<AgentSettings>(TenantId.Operator, "jane", TestContext.Current.CancellationToken);
        await world.Store.Put(settings! with { Queues = [new(new("globex"), Sales)], StaffNumbers = [] }, Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 0, "routing knows");
        var call = await world.Edge.Dial(SalesNumber);
        await world.Pass(5);
        Assert.Empty(world.Edge.Commands<RingStation>(call));
        Assert.Equal(AgentWork.Idle, (await world.Grains.Agent(Jane).Look()).Work);
    }
}
