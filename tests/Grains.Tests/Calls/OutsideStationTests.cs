using CallCenter.Contracts.Media;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

/// <summary>An agent whose station is an outside number, through grains and journal: the number is in neither.</summary>
public sealed class OutsideStationTests
{
    const string Mobile = "13900139000";

    static async Task<TestWorld> World(bool allowed = true)
    {
        var world = await TestWorld.Start();
        await world.Store.PutMany([.. TestSettings.Dialling(), StationRules.Default(Acme) with { OutsideNumbers = allowed }], Author.Product, TestContext.Current.CancellationToken);
        Assert.Null(await world.Grains.Station(Acme, "1001").ChooseNumber(new MemoryCipher().Seal(Acme, $"+86{Mobile}")));
        await world.Pass(0.2);
        return world;
    }

    static async Task<(CallId Call, string Leg)> Prompted(TestWorld world)
    {
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Facts(call).OfType<OfferPrompted>().Any(), "somebody is asked for a key");
        return (call, world.Facts(call).OfType<OfferPrompted>().Last().Leg.Value);
    }

    [Fact]
    public async Task It_is_called_by_its_number_taken_by_the_key_and_stands_nowhere()
    {
        await using var world = await World();
        Assert.Equal((Presence.Available, AgentWork.Idle), (await world.Agent()) is var agent ? (agent.Presence, agent.Work) : default); // signed in by its phone before
        var (call, leg) = await Prompted(world);
        Assert.Equal([(call, Mobile)], world.Edge.Called);
        Assert.Equal(1, (await world.Grains.Tenant(Acme).Dialling()).Channels);
        Assert.False(world.Edge.IsBridged(call));
        world.Edge.Press(call, '1', leg);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        await world.Pass(40); // its channel's lease is renewed
        Assert.Equal((AgentWork.Talking, 1), ((await world.Agent()).Work, (await world.Grains.Tenant(Acme).Dialling()).Channels));
        world.Edge.HangUp(call, leg);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        await world.Until(async () => (await world.Grains.Tenant(Acme).Dialling()).Channels == 0, "the channel is free", 5);
        Assert.DoesNotContain(Mobile[3..], string.Concat(world.Facts(call).AsEnumerable()), StringComparison.Ordinal);
        Assert.DoesNotContain(await ((IPersonal)world.Journal).Read(Subject.Call(Acme, call), TestContext.Current.CancellationToken), value => value.Value.Contains(Mobile[3..], StringComparison.Ordinal));
        Assert.Equal((StationKind.Number, "1001"), world.Facts(call).OfType<OfferStarted>().Single() is var started ? (started.StationIs, started.Station) : default);
    }

    [Fact]
    public async Task Without_a_key_the_caller_waits_on_and_the_agent_is_left_alone_for_a_while()
    {
        await using var world = await World();
        var (call, _) = await Prompted(world);
        await world.Until(() => world.Facts(call).OfType<OfferEnded>().Any(), "the offer ends", 11);
        Assert.Equal(OfferEnd.NoAnswer, world.Facts(call).OfType<OfferEnded>().Single().Why);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 3);
        await world.Until(() => world.Edge.Called.Count == 2, "it is called again", 7); // after 5 s
    }

    [Fact]
    public async Task Where_the_firm_allows_it_no_more_the_offer_ends_with_the_reason_and_nobody_is_called()
    {
        await using var world = await World(allowed: false);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Facts(call).OfType<OfferEnded>().Any(), "the offer ends", 3);
        Assert.Equal((OfferEnd.Unreachable, DialRefusal.StationNotAllowed), world.Facts(call).OfType<OfferEnded>().First() is var ended ? (ended.Why, ended.Refused) : default);
        Assert.Empty(world.Edge.Called);
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 3);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_crash_at_any_moment_leaves_neither_caller_nor_agent_nor_channel_stuck()
    {
        for (var step = 1; step < 22; step++)
        {
            await using var world = await World();
            world.Journal.BeforeCommit = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(30), world.Clock);
            var call = await world.Edge.Dial(SalesNumber);
            await world.Pass(0.08 * step);
            world.Crash();
            await world.Until(() => world.Facts(call).OfType<OfferPrompted>().Any(), $"crash after {80 * step} ms: somebody is asked for a key", 70);
            world.Edge.Press(call, '1', world.Facts(call).OfType<OfferPrompted>().Last().Leg.Value);
            await world.Until(() => world.Edge.IsBridged(call) || world.Facts(call).OfType<OfferEnded>().Any(), $"crash after {80 * step} ms: they talk, or the caller waits on", 20);
            world.Edge.HangUp(call);
            await world.Until(() => world.IsClosed(call), $"crash after {80 * step} ms: the call is closed", 20);
            await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle && (await world.Grains.Tenant(Acme).Dialling()).Channels == 0, $"crash after {80 * step} ms: all is free", 40);
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("agent1002", false)]
    [InlineData("agent1002", true)] // nobody was there to hear of it
    public async Task A_number_is_its_agents_own_and_is_forgotten_with_it(string? next, bool asleep)
    {
        await using var world = await World();
        var station = world.Grains.Station(Acme, "1001");
        Assert.Equal((StationKind.Number, true), await station.Look() is var now ? (now.Kind, now.Connected) : default);
        if (asleep) world.Crash();
        await world.Store.PutMany([new ExtensionSettings(Acme, "1001", next is null ? null : new AgentId(next), new("x"), new("y"))], Author.Product, TestContext.Current.CancellationToken);
        await station.Refresh();
        Assert.Equal((StationKind.Phone, null), await station.Look() is var after ? (after.Kind, after.Number) : default);
    }

    [Theory]
    [InlineData("1001", StationNumberFault.Extension)]
    [InlineData("010-12345678", StationNumberFault.LeadsBack)]
    [InlineData("9139 0013 9000", StationNumberFault.None)]
    [InlineData("01065529988", StationNumberFault.PrefixBlocked)]
    public async Task What_leads_back_to_the_firm_is_no_outside_number(string number, StationNumberFault fault)
    {
        await using var world = await World();
        Assert.Equal(fault, (await world.Grains.Tenant(Acme).CheckStation(number)).Fault);
    }
}
