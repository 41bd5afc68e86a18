using CallCenter.Domain.Calls.Conversations;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

/// <summary>What a flow brings along or takes in that no fact may hold: numbers and digits.</summary>
public sealed class FlowNodeTests
{
    const string Number = "86-4008001009", Mobile = "13900139000";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<(TestWorld World, CallId Call)> Dialled(string nodes, int agents = 0)
    {
        var world = await TestWorld.Start(agents);
        await world.Store.PutMany(TestSettings.Dialling(), Author.Product, Stop);
        var json = $$"""{"schema": 2, "start": "pick", "nodes": {"pick": {"type": "answer", "next": "node"}, {{nodes}}, "end": {"type": "hangUp"} } }""";
        await world.Store.PutMany([new FlowSettings(Acme, new("nodes"), "nodes", json), new NumberSettings(Number, "400-800-1009", Acme, new("nodes"))], Author.Product, Stop);
        return (world, await world.Edge.Dial(Number));
    }

    static async Task<Items<PersonalValue>> Personal(TestWorld world, CallId call) => (await ((IPersonal)world.Journal).Read(Subject.Call(Acme, call), Stop)).Without(v => v.Field is PersonalFields.CallerNumber or PersonalFields.CallerName);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_number_that_a_flow_hands_on_to_is_stored_apart_and_reaches_the_edge_through_a_crash(bool crash)
    {
        var (world, call) = await Dialled($$"""
            "node": {"type": "transfer", "to": {"number": "{{Mobile}}"}, "failed": "end"}
            """);
        await using var _ = world;
        await world.Until(() => world.Has<ReachStarted>(call), "the flow hands the caller on");
        if (crash) world.Crash();
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal([(call, Mobile)], world.Edge.Called);
        Assert.DoesNotContain(Mobile[3..], string.Concat(world.Facts(call).AsEnumerable()), StringComparison.Ordinal);
        Assert.Contains((await Personal(world, call)).AsEnumerable(), v => v.Value == Mobile && v.Lookup == "+86" + Mobile);
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed");
    }

    [Fact]
    public async Task The_extension_that_a_flow_hands_on_to_is_its_agent_who_is_taken_by_the_call()
    {
        var (world, call) = await Dialled("""
            "node": {"type": "transfer", "to": {"extension": "1001"}, "failed": "end"}
            """, agents: 1);
        await using var _ = world;
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal(new AgentId("agent1001"), world.Facts(call).OfType<AgentJoined>().Single().Agent);
        Assert.Equal(AgentWork.Talking, (await world.Agent()).Work);
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed");
    }

    [Theory]
    [InlineData("false", "4711")]
    [InlineData("true", null)]
    public async Task Digits_are_kept_apart_from_the_facts_and_masked_ones_nowhere(string masked, string? kept)
    {
        var (world, call) = await Dialled($$"""
            "node": {"type": "collect", "prompts": [{"id": "account"}], "min": 3, "max": 8, "masked": {{masked}}, "next": "end", "failed": "end"}
            """);
        await using var _ = world;
        await world.Until(() => world.Edge.Playing(call) is not null, "the question");
        foreach (var key in "4711#") world.Edge.Press(call, key);
        await world.Until(() => world.IsClosed(call), "the call is closed");
        Assert.Equal(4, world.Facts(call).OfType<DigitsCollected>().Single().Count);
        Assert.DoesNotContain("4711", string.Concat(world.Facts(call).AsEnumerable()), StringComparison.Ordinal);
        Assert.Equal(kept is null ? [] : [new PersonalValue(PersonalFields.Collected("node"), kept)], await Personal(world, call));
    }
}
