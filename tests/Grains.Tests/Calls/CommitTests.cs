using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Calls;

public sealed class CommitTests
{
    [Fact]
    public async Task Nobody_is_bridged_before_it_is_committed_that_they_talk()
    {
        await using var world = await TestWorld.Start();
        var gate = new TaskCompletionSource();
        world.Journal.BeforeCommit = (_, entry) => entry.Facts.Any(f => f is AgentJoined) ? gate.Task : Task.CompletedTask;
        var call = await world.Edge.Dial(SalesNumber);
        await world.PassWhileCommitsWait(5);
        Assert.Empty(world.Edge.Commands<SetRoom>(call));
        gate.SetResult();
        await world.Until(() => world.Edge.IsBridged(call), "they talk", 1);
    }

    [Theory, InlineData(0, false), InlineData(1, true)]
    public async Task The_agents_word_waits_for_its_commit_unless_the_journal_stores_both_in_their_order(long line, bool bridged)
    {
        await using var world = await TestWorld.Start();
        var gate = new TaskCompletionSource();
        world.Journal.CommonLine = line;
        world.Journal.BeforeCommit = (_, entry) => entry.Facts.Any(f => f is OfferTaken) ? gate.Task : Task.CompletedTask;
        var call = await world.Edge.Dial(SalesNumber);
        await world.PassWhileCommitsWait(5);
        Assert.Equal(bridged, world.Edge.IsBridged(call));
        gate.SetResult();
        await world.Until(() => world.Edge.IsBridged(call), "they talk", 1);
    }

    [Fact]
    public async Task A_word_that_rests_on_what_was_not_stored_is_not_heard()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        world.Journal.CommonLine = 2;
        var agent = new Sender(SenderKind.Agent, $"{Acme}/agent1001", 1);
        Letter<CallEvent> Gone(long rests) => new(agent, [new(0, new HungUp(world.Clock.GetUtcNow(), new("caller"), LegEndedBy.FarEnd, 0, 16))], 0, rests);
        await world.Grains.Call(Acme, call).Tell(Gone(rests: 1));
        await world.Pass(0.1);
        Assert.DoesNotContain(world.Facts(call), f => f is CallEnded);
        await world.Grains.Call(Acme, call).Tell(Gone(rests: 2));
        await world.Until(() => world.Facts(call).Any(f => f is CallEnded), "the call is over", 1);
    }

    [Fact]
    public async Task A_hang_up_is_relayed_without_waiting_for_any_commit()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        var gate = new TaskCompletionSource();
        world.Journal.BeforeCommit = (_, _) => gate.Task;
        world.Edge.HangUp(call);
        await world.PassWhileCommitsWait(0.1);
        Assert.True(world.Edge.IsOver(call));
        gate.SetResult();
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
    }

    [Fact]
    public async Task A_commit_that_fails_is_made_again_by_the_next_activation()
    {
        await using var world = await TestWorld.Start();
        var failures = 0;
        world.Journal.BeforeCommit = (subject, _) => subject.Kind == SubjectKind.Call && ++failures <= 2 ? Task.FromException(new IOException("disk full")) : Task.CompletedTask;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk", 30);
        Assert.Equal(1, world.Journal.Entries(Subject.Call(Acme, call))[0].Number);
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
    }

    [Fact]
    public async Task Of_two_activations_the_one_that_writes_later_steps_down()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        var subject = Subject.Call(Acme, call);
        var next = world.Journal.Entries(subject).Count + 1;
        await world.Journal.Append(subject, new(next, [new NotRecorded(world.Clock.GetUtcNow(), NotRecordedReason.QueueSetting)], 1, [], 0, [], false)); // another activation's word
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 10);
        Assert.Single(world.Facts(call).OfType<CallEnded>());
        Assert.Equal(Enumerable.Range(1, world.Journal.Entries(subject).Count), world.Journal.Entries(subject).Select(e => (int)e.Number));
    }

    [Fact]
    public async Task A_call_costs_few_commits()
    {
        await using var world = await TestWorld.Start();
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(call), "they talk");
        await world.Pass(30);
        world.Edge.HangUp(call);
        await world.Until(() => world.IsClosed(call), "the call is closed", 5);
        Assert.InRange(world.Journal.Entries(Subject.Call(Acme, call)).Count, 4, 12);
    }
}
