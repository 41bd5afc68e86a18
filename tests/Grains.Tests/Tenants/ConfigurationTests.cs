using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Tenants;

public sealed class ConfigurationTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_gets_the_newest_version_of_its_flow()
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(1, (await world.Grains.Number(SalesNumber).Route())!.Flow.Version);
        var flow = await world.Store.Find<FlowSettings>(Acme, TestSettings.ToSales.Value, Stop);
        await world.Store.Put(flow!, Author.Product, stop: Stop);
        await world.Until(async () => (await world.Grains.Number(SalesNumber).Route())!.Flow.Version == 2, "the new version serves", 1);
    }

    [Fact]
    public async Task A_number_that_is_given_back_serves_nobody()
    {
        await using var world = await TestWorld.Start();
        Assert.NotNull(await world.Grains.Number(SalesNumber).Route());
        await world.Store.Delete<NumberSettings>(TenantId.Operator, SalesNumber, Author.Product, Stop);
        await world.Until(async () => await world.Grains.Number(SalesNumber).Route() is null, "nobody is served", 1);
    }

    [Fact]
    public async Task A_new_limit_bites_at_once()
    {
        await using var world = await TestWorld.Start();
        Assert.False((await world.Grains.Number(SalesNumber).Route())!.Limited);
        await world.Store.Put(TestSettings.Tenant(1), Author.Product, stop: Stop);
        await world.Until(async () => (await world.Grains.Number(SalesNumber).Route())!.Limited, "the number counts", 1);
    }

    [Fact]
    public async Task A_shorter_ring_time_holds_for_the_next_offer()
    {
        await using var world = await TestWorld.Start();
        world.Edge.Phones["1001"] = PhoneHabit.DoesNotAnswer;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferEnded>(call), "the first offer ended");
        await world.Store.Put(TestSettings.Queue(Sales, ring: 3), Author.Product, stop: Stop);
        await world.Until(() => world.Facts(call).OfType<OfferEnded>().Count() == 2, "the second offer ended", 10);
        var second = world.Facts(call).OfType<OfferStarted>().Last();
        Assert.Equal(TimeSpan.FromSeconds(3), second.Until - second.At);
    }

    [Fact]
    public async Task Every_notice_is_struck_off_once_it_is_carried()
    {
        await using var world = await TestWorld.Start(agents: 5);
        await world.Until(() => world.Store.Open == 0, "nothing is left", 1);
    }

    [Fact]
    public async Task A_change_is_carried_again_after_an_outage_of_the_store()
    {
        await using var world = await TestWorld.Start();
        await world.Until(() => world.Store.Open == 0, "nothing is left", 1);
        world.Store.BeforeRead = () => throw new IOException("the database is gone");
        await world.Store.Put(TestSettings.Queue(Sales, ring: 3), Author.Product, stop: Stop);
        await world.Pass(1);
        Assert.Equal(1, world.Store.Open);
        world.Store.BeforeRead = null;
        await world.Until(() => world.Store.Open == 0, "the change is carried", 5);
        Assert.Equal(3, (await world.Grains.Queue(new(Acme, Sales)).Settings())!.RingSeconds);
    }
}
