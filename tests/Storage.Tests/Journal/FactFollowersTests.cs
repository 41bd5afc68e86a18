using CallCenter.Contracts.Journal;
using CallCenter.Storage.Journal;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Journal;

/// <summary>Who follows hears what was committed, in order, and hears if it was too slow.</summary>
public sealed class FactFollowersTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Subject Of = Subject.Agent(Acme, Anna);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_are_told_in_the_order_of_their_entries_once_they_are_committed()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder);
        await using var heard = box.Journal.Facts.Follow(Stop).GetAsyncEnumerator(Stop);
        var first = heard.MoveNextAsync();
        await box.Journal.Append(Of, Entry(1, new AfterCallEnded(At)));
        await box.Journal.Append(Of, Entry(2));
        await box.Journal.Append(Of, Entry(3, new AgentSignedOut(At)));
        Assert.True(await first);
        Assert.Equal((1, new AfterCallEnded(At)), (heard.Current.Number, heard.Current.Facts[0]));
        Assert.True(await heard.MoveNextAsync());
        Assert.Equal((3, Of, false), (heard.Current.Number, heard.Current.Subject, heard.Current.Lost)); // the second had no facts
    }

    [Fact]
    public async Task What_was_refused_is_not_told()
    {
        var followers = new FactFollowers();
        await using var heard = followers.Follow(Stop).GetAsyncEnumerator(Stop);
        var first = heard.MoveNextAsync();
        var refused = Pending(1);
        refused.Refuse(new IOException("the disk is full"));
        followers.Tell([refused, Pending(2)]);
        Assert.True(await first);
        Assert.Equal(2, heard.Current.Number);
    }

    [Fact]
    public async Task A_follower_that_is_too_slow_is_told_that_it_missed_something()
    {
        const int Many = 30_000;
        var followers = new FactFollowers();
        await using var heard = followers.Follow(Stop).GetAsyncEnumerator(Stop);
        var first = heard.MoveNextAsync();
        followers.Tell([Pending(1)]);
        Assert.True(await first);
        for (var number = 2; number <= Many; number++) followers.Tell([Pending(number)]);
        long last = 1;
        while (last <= FactFollowers.Most && await heard.MoveNextAsync()) Assert.Equal((++last, false), (heard.Current.Number, heard.Current.Lost));
        followers.Tell([Pending(Many + 1)]);
        followers.Tell([Pending(Many + 2)]);
        Assert.True(await heard.MoveNextAsync());
        Assert.Equal((Many + 1, true), (heard.Current.Number, heard.Current.Lost));
        Assert.True(await heard.MoveNextAsync());
        Assert.False(heard.Current.Lost);
    }

    [Fact]
    public void Without_a_follower_nothing_is_kept() => new FactFollowers().Tell([Pending(1)]);

    private static JournalEntry Entry(long number, params Fact[] facts) => new(number, facts.ToItems(), 1, [], 0, [], false);

    private static PendingAppend Pending(long number) => new(Of, new(number, 1, "[]"u8.ToArray(), 1, null, 0, null, false), [new AfterCallEnded(At)], [], null);
}
