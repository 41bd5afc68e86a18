using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

/// <summary>Calls that an agent makes from the desktop, and what people ask of calls, through crashes.</summary>
public sealed class DialTests
{
    const string Mobile = "13900139000";
    static readonly Asker Agent = new(new("agent1001"), Leads: false);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<TestWorld> World()
    {
        var world = await TestWorld.Start();
        await world.Store.PutMany(TestSettings.Dialling(), Author.Product, Stop);
        world.Journal.BeforeCommit = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(30), world.Clock);
        return world;
    }

    static Task<Refusal?> Ask(TestWorld world, CallId call, Func<DateTimeOffset, CallCommand> make) => world.Grains.Call(Acme, call).Ask(make(world.Clock.GetUtcNow()));

    static Task<Refusal?> DialOut(TestWorld world, CallId call) => Ask(world, call, at => new DialOut(at, Agent, null, new(Number: "9" + Mobile), null));

    [Fact]
    public async Task From_the_desktop_the_own_phone_rings_then_the_number_and_its_digits_stand_in_no_fact()
    {
        await using var world = await World();
        var call = world.Edge.Begin();
        Assert.Null(await DialOut(world, call));
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal([(call, Mobile)], world.Edge.Called);
        Assert.DoesNotContain(Mobile[3..], string.Concat(world.Facts(call).AsEnumerable()), StringComparison.Ordinal);
        world.Edge.HangUp(call, LegId.Called.Value);
        await world.Until(() => world.IsClosed(call), "the call is closed");
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public async Task What_the_agent_asked_for_before_a_crash_was_done_or_was_not_and_whom_the_customer_hears_is_as_the_call_says(double stored)
    {
        await using var world = await World();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        foreach (var hold in new[] { true, false, true, false })
        {
            Assert.Null(await Ask(world, call, at => hold ? new Hold(at, Agent, null) : new Retrieve(at, Agent, null)));
            await world.Pass(stored);
            world.Crash(); // with 0 s the edge has done it, and the journal has not heard of it
            await world.Pass(3);
            var held = (await world.Grains.Call(Acme, call).Look())!.Held;
            Assert.Equal(stored > 0 ? hold : false, held);
            Assert.Equal(!held, world.Edge.IsBridged(call));
        }
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 10);
    }
}
