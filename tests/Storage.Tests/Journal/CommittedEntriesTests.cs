using CallCenter.Storage.Journal;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Journal;

public sealed class CommittedEntriesTests
{
    private readonly CommittedEntries committed = new();

    /// <summary>A group of entries at these positions of one line.</summary>
    private void Commit(params long[] positions) => committed.Add([.. positions.Select(At)]);

    private static PendingAppend At(long position)
    {
        var append = new PendingAppend(Subject.Agent(Acme, Anna), new(position, 0, "[]"u8.ToArray(), 1, null, 0, null, false), [], [], null);
        append.Place(0, position, 1);
        return append;
    }

    private static Positions Seen(long position) => Positions.None.With(0, position);

    private long[] After(long seen, int limit = 100) => Handed(seen, limit) ?? throw new InvalidOperationException("the database is asked");

    private long[]? Handed(long seen, int limit = 100) => committed.After(Seen(seen), limit)?.Select(e => e.Position).ToArray();

    [Fact]
    public void What_follows_what_was_seen_is_handed_over_once()
    {
        Commit(7, 8);
        Commit(9);
        Assert.Equal([7, 8], After(6, limit: 2));
        Assert.Equal([9], After(8));
        Assert.Equal([], After(9));
    }

    [Fact]
    public void Before_the_first_commit_the_database_is_asked() => Assert.Null(Handed(0));

    [Fact]
    public void Where_something_lies_between_the_database_is_asked_and_what_it_tells_is_not_told_again()
    {
        Commit(7, 8, 9);
        Assert.Null(Handed(4));
        Assert.Equal([9], After(8));
    }

    [Fact]
    public void A_fold_that_failed_and_begins_anew_finds_a_gap()
    {
        Commit(1, 2);
        Assert.Equal([1, 2], After(0));
        Assert.Null(Handed(0));
    }

    [Fact]
    public void Another_process_wrote_in_between()
    {
        Commit(1, 2);
        Commit(5, 6);
        Assert.Equal([1, 2], After(0));
        Assert.Null(Handed(2));
        Assert.Equal([5, 6], After(4));
    }

    [Fact]
    public void What_was_refused_or_stood_there_before_is_not_handed_over()
    {
        var refused = At(2);
        refused.Refuse(new IOException());
        committed.Add([At(1), refused, new PendingAppend(Subject.Agent(Acme, Anna), default, [], [], null)]);
        Assert.Equal([1], After(0));
    }

    [Fact]
    public void Of_more_than_can_be_kept_the_oldest_are_left_to_the_database()
    {
        for (var i = 0L; i < 60; i++) Commit([.. Enumerable.Range(0, 100).Select(n => 100 * i + n + 1)]);
        Assert.Null(Handed(0));
        Assert.Equal([5_999, 6_000], After(5_998));
    }
}
