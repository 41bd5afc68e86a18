using CallCenter.Grains.Tests.World;
using Orleans.Runtime;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Tenants;

public sealed class TenantGuardTests
{
    static readonly AgentRef Anna = new(Acme, new("agent1001")), Shared = new(TenantId.Operator, new("shared"));

    static async Task<T> As<T>(string tenant, Func<Task<T>> call)
    {
        RequestContext.Set(GrainKeys.TenantContext, tenant);
        try
        {
            return await call();
        }
        finally
        {
            RequestContext.Remove(GrainKeys.TenantContext);
        }
    }

    static Task Refused<T>(string tenant, Func<Task<T>> call) => Assert.ThrowsAsync<UnauthorizedAccessException>(() => As(tenant, call));

    [Fact]
    public async Task A_tenant_reaches_its_own_grains_and_nobody_elses()
    {
        await using var world = await TestWorld.Start();
        await As("acme", () => world.Grains.Agent(Anna).Look());
        await As("acme", () => world.Live(Sales));
        await As("acme", () => world.Grains.Number(SalesNumber).Route());
        await Refused("globex", () => world.Grains.Agent(Anna).Look());
        await Refused("globex", () => world.Grains.Agent(Anna).Choose(Presence.SignedOut, null));
        await Refused("globex", () => world.Live(Sales));
        await Refused("globex", () => world.Grains.Queue(new(Acme, Sales)).Settings());
        await Refused("globex", () => world.Grains.Tenant(Acme).Settings());
        await Refused("globex", () => world.Grains.Station(Acme, "1001").Credentials(emergency: false));
        await Refused("globex", () => world.Grains.Number(SalesNumber).Route());
    }

    [Fact]
    public async Task The_operator_and_the_product_itself_pass()
    {
        await using var world = await TestWorld.Start();
        await As("operator", () => world.Grains.Agent(Anna).Look());
        await world.Grains.Agent(Anna).Look();
    }

    [Fact]
    public async Task An_agent_of_the_operator_is_open_to_the_tenants_whose_queues_it_serves()
    {
        await using var world = await TestWorld.Start();
        await world.Store.Put(TestSettings.Agent(1001) with { Owner = TenantId.Operator, Agent = Shared.Agent }, Author.Product, stop: TestContext.Current.CancellationToken);
        await As("acme", () => world.Grains.Agent(Shared).Look());
        await Refused("globex", () => world.Grains.Agent(Shared).Look());
    }

    [Fact]
    public async Task What_a_grain_does_in_consequence_of_a_request_it_does_in_its_own_name()
    {
        await using var world = await TestWorld.Start();
        Assert.Null(await As("acme", () => world.Grains.Agent(Anna).Choose(Presence.Break, "tea")));
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 0, "routing knows", 1);
    }
}
