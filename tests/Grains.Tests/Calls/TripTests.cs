using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Hours;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

/// <summary>Customers who go through a flow for an agent.</summary>
public sealed class TripTests
{
    static readonly FlowId Pin = new("pin"), Survey = new("survey"), Desk = new("desk");

    const string PinJson = """{"schema": 1, "start": "ask", "nodes": {"ask": {"type": "menu", "prompts": [{"id": "pin"}], "wrongKey": [], "branches": [{"key": "1", "next": "right"}], "timeoutSeconds": 5, "attempts": 1, "otherwise": "wrong"}, "right": {"type": "hangUp"}, "wrong": {"type": "hangUp"}}}""";
    const string SurveyJson = """{"schema": 1, "start": "thanks", "nodes": {"thanks": {"type": "play", "prompts": [{"id": "thanks"}], "interruptible": false, "next": "end"}, "end": {"type": "hangUp"}}}""";
    const string DeskJson = """{"schema": 1, "start": "when", "nodes": {"when": {"type": "hours", "hours": "desk", "open": "open", "closed": "closed"}, "open": {"type": "hangUp"}, "closed": {"type": "hangUp"}}}""";

    static async Task<(TestWorld World, CallId Call)> Talk()
    {
        var world = await TestWorld.Start();
        await world.Store.PutMany([new FlowSettings(Acme, Pin, "pin", PinJson), new FlowSettings(Acme, Survey, "survey", SurveyJson), new FlowSettings(Acme, Desk, "desk", DeskJson), new HoursSettings(Acme, "desk", "never", null, [], [])], Author.Product);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        return (world, call);
    }

    static Task<Refusal?> Send(TestWorld world, CallId call, FlowId flow) =>
        world.Grains.Call(Acme, call).Ask(new SendToFlow(world.Clock.GetUtcNow(), new(new AgentId("agent1001"), false), null, new(flow, 1)));

    [Fact]
    public async Task A_flow_that_is_asked_for_meanwhile_is_refused_and_the_customer_stays_in_the_first()
    {
        var (world, call) = await Talk();
        await using var _ = world;
        Assert.Null(await Send(world, call, Pin));
        Assert.Equal(RefusalCode.Conflict, (await Send(world, call, Survey))?.Code);
        world.Edge.Press(call, '1');
        await world.Until(() => world.Has<FlowReturned>(call), "the customer is back");
        Assert.Equal("right", world.Facts(call).OfType<FlowReturned>().Single().Outcome);
    }

    [Fact]
    public async Task Opening_hours_count_in_a_flow_to_which_an_agent_sends()
    {
        var (world, call) = await Talk();
        await using var _ = world;
        Assert.Null(await Send(world, call, Desk));
        await world.Until(() => world.Has<FlowReturned>(call), "the customer is back");
        Assert.Equal("closed", world.Facts(call).OfType<FlowReturned>().Single().Outcome);
    }
}
