using CallCenter.Domain.Calls.Conversations;
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

    /// <summary>A commit may have to come first, and the clock stands still unless it is told to go on.</summary>
    static async Task Through(TestWorld world, Task asked)
    {
        await world.Until(() => asked.IsCompleted, "an answer");
        await asked;
    }

    /// <summary>Never stored, never promised: whoever asked asks again, until the agent's phone is known again.</summary>
    static async Task DialAgain(TestWorld world, CallId call)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var asked = DialOut(world, call);
            await Through(world, asked);
            if (await asked is null) return;
            await world.Pass(0.2);
        }
    }

    [Fact]
    public async Task From_the_desktop_the_own_phone_rings_then_the_number_and_its_digits_stand_in_no_fact()
    {
        await using var world = await World();
        var call = world.Edge.Begin();
        var asked = DialOut(world, call);
        await Through(world, asked);
        Assert.Null(await asked);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        Assert.Equal([(call, Mobile)], world.Edge.Called);
        Assert.DoesNotContain(Mobile[3..], string.Concat(world.Facts(call).AsEnumerable()), StringComparison.Ordinal);
        world.Edge.HangUp(call, LegId.Called.Value);
        await world.Until(() => world.IsClosed(call), "the call is closed");
        await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free");
    }

    [Fact]
    public async Task Nobody_is_promised_a_call_before_its_beginning_is_committed()
    {
        await using var world = await World();
        var gate = new TaskCompletionSource();
        world.Journal.BeforeCommit = (_, _) => gate.Task;
        var call = world.Edge.Begin();
        var asked = DialOut(world, call);
        await world.PassWhileCommitsWait(0.5);
        Assert.False(asked.IsCompleted);
        gate.SetResult();
        await Through(world, asked);
        Assert.Null(await asked);
        Assert.Contains(world.Facts(call), f => f is CallDialled);
    }

    [Fact]
    public async Task A_call_whose_beginning_cannot_be_committed_is_not_promised()
    {
        await using var world = await World();
        world.Journal.BeforeCommit = (_, _) => Task.FromException(new StorageOutageException("gone"));
        var asked = DialOut(world, world.Edge.Begin());
        await world.Until(() => asked.IsCompleted, "an answer");
        await Assert.ThrowsAsync<StorageOutageException>(() => asked);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_crash_at_any_moment_of_dialling_calls_nobody_else_and_leaves_nobody_stuck()
    {
        for (var step = 1; step < 26; step++)
        {
            await using var world = await World();
            var call = world.Edge.Begin();
            var asked = DialOut(world, call);
            await world.Pass(0.04 * step);
            var promised = asked.IsCompletedSuccessfully;
            world.Crash();
            await world.Pass(0.1); // a commit that was under way lands before a start looks, or never
            Assert.False(promised && world.Facts(call).IsEmpty, $"crash after {step * 40} ms: a call that was promised is unknown");
            await Through(world, world.Grains.Call(Acme, call).Wake()); // as the next start does: no leg is there yet whose edge would
            if (world.Facts(call).IsEmpty) await DialAgain(world, call);
            // They talk; or what was not stored yet is lost (the agent's lease, an order to ring), and the call ends and says so.
            await world.Until(() => world.Edge.IsBridged(call) || world.IsClosed(call), $"crash after {step * 40} ms: they talk, or it is over", 70);
            if (world.Edge.IsBridged(call)) world.Edge.HangUp(call, LegId.Called.Value);
            else Assert.Equal(Blame.Platform, world.Facts(call).OfType<CallEnded>().Single().Blame); // nobody else did it
            await world.Until(() => world.IsClosed(call), $"crash after {step * 40} ms: the call is closed", 10);
            Assert.Single(world.Facts(call), f => f is CallEnded);
            Assert.All(world.Edge.Called, c => Assert.Equal((call, Mobile), c));
            await world.Until(async () => (await world.Agent()).Work == AgentWork.Idle, "the agent is free", 40);
            Assert.Equal(0, (await world.Grains.Tenant(Acme).Dialling()).Channels);
        }
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
