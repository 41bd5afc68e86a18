using CallCenter.Storage.Journal;

namespace CallCenter.Storage.Tests.Journal;

public sealed class GroupCommitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task An_urgent_item_takes_along_what_waits()
    {
        var group = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var groups = new GroupCommit<int>("test", new(TimeSpan.Zero, Long), items => group.TrySetResult([.. items]));
        groups.Add(1, Urgency.RideAlong);
        groups.Add(2, Urgency.RideAlong);
        groups.Add(3, Urgency.Now);
        Assert.Equal(new List<int> { 1, 2, 3 }, await group.Task);
    }

    [Fact]
    public async Task What_lies_long_enough_goes_by_itself()
    {
        var group = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var groups = new GroupCommit<int>("test", new(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)), items => group.TrySetResult([.. items]));
        groups.Add(1, Urgency.RideAlong);
        Assert.Equal(new List<int> { 1 }, await group.Task);
    }

    [Fact]
    public async Task Hurry_begins_a_group()
    {
        var group = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var groups = new GroupCommit<int>("test", new(TimeSpan.Zero, Long), items => group.TrySetResult([.. items]));
        groups.Add(1, Urgency.RideAlong);
        groups.Hurry();
        Assert.Equal(new List<int> { 1 }, await group.Task);
    }

    [Fact]
    public async Task What_comes_within_the_gap_waits_for_its_end_together()
    {
        var taken = new List<int[]>();
        var (first, second) = (NewEvent(), NewEvent());
        using var groups = new GroupCommit<int>("test", new(TimeSpan.FromMilliseconds(200), Long), items =>
        {
            taken.Add([.. items]);
            (taken.Count == 1 ? first : second).SetResult();
        });
        groups.Add(1, Urgency.Now);
        await first.Task;
        for (var i = 2; i <= 5; i++) groups.Add(i, Urgency.Now);
        await second.Task;
        Assert.Equal([2, 3, 4, 5], taken[1]);
    }

    private static TaskCompletionSource NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Stopping_commits_the_rest_and_takes_nothing_more()
    {
        var taken = new List<int>();
        var groups = new GroupCommit<int>("test", new(TimeSpan.Zero, Long), taken.AddRange);
        groups.Add(1, Urgency.RideAlong);
        groups.Dispose();
        Assert.Equal([1], taken);
        Assert.Throws<ObjectDisposedException>(() => groups.Add(2, Urgency.Now));
    }
}
