using CallCenter.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Journal;

public sealed class SqliteJournalConformance : JournalConformance, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();
    private readonly List<DataFolder> copies = [];

    private protected override JournalBox Open() => JournalBox.Sqlite(folder);

    private protected override JournalBox OpenAfterCrash()
    {
        copies.Add(folder.Crashed());
        return JournalBox.Sqlite(copies[^1]);
    }

    public void Dispose()
    {
        folder.Dispose();
        foreach (var copy in copies) copy.Dispose();
    }
}

public sealed class SqliteJournalProperties : JournalProperties, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    private protected override JournalBox Open() => JournalBox.Sqlite(folder);

    public void Dispose() => folder.Dispose();
}

public sealed class SqliteJournalTests
{
    private static PersonalValue[] Long => [new("note", new string('x', 400_000))];

    [Fact]
    public async Task A_full_disk_is_told_to_all_who_wait_and_nothing_is_half_stored()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder, "pragma max_page_count = 60");
        var (small, big) = (Subject.Call(Acme, NewCall()), Subject.Call(Acme, NewCall()));
        await box.Journal.Append(small, Entry(1, Arrived()), urgency: Urgency.Now);

        var refused = box.Journal.Append(big, Entry(1, Arrived()), Long.ToItems());
        var beside = box.Journal.Append(small, Entry(2, new CallAdmitted(Noon)), urgency: Urgency.Now);
        await Assert.ThrowsAsync<IOException>(() => refused);
        await Assert.ThrowsAsync<IOException>(() => beside);

        Assert.Single(await box.Journal.Read(small, TestContext.Current.CancellationToken));
        Assert.Empty(await box.Journal.Read(big, TestContext.Current.CancellationToken));
        await box.Journal.Append(small, Entry(2, new CallAdmitted(Noon)), urgency: Urgency.Now); // the writer goes on trying
        Assert.Equal(2, box.Entries.After(Storage.Journal.Positions.None, 10).Length);
    }

    [Fact]
    public async Task A_journal_that_failed_cannot_be_written_until_a_trial_of_its_own_succeeds()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder, "pragma busy_timeout = 1");
        Assert.True(box.Journal.CanWrite);
        using (SqliteFile.Journal.Open(folder.Path, "begin immediate"))
        {
            await Assert.ThrowsAsync<IOException>(() => box.Journal.Append(Subject.Call(Acme, NewCall()), Entry(1, Arrived()), urgency: Urgency.Now));
            Assert.False(box.Journal.CanWrite);
        }
        for (var tried = box.Journal.Committed.Next; !box.Journal.CanWrite; tried = box.Journal.Committed.Next) await tried.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken); // nobody appends
        Assert.Empty(box.Entries.After(Storage.Journal.Positions.None, 10));
    }

    [Fact]
    public async Task A_failure_that_nobody_has_met_yet_shows_when_it_is_tried()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder, "pragma busy_timeout = 1");
        var patience = TimeSpan.FromSeconds(10);
        Assert.True(await box.Journal.CanWriteNow(patience));
        using (SqliteFile.Journal.Open(folder.Path, "begin immediate"))
        {
            Assert.True(box.Journal.CanWrite);
            Assert.False(await box.Journal.CanWriteNow(patience));
        }
        Assert.Empty(box.Entries.After(Storage.Journal.Positions.None, 10));
    }

    [Fact]
    public async Task A_database_that_is_locked_away_fails_the_append_and_works_again_afterwards()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder, "pragma busy_timeout = 1");
        var subject = Subject.Call(Acme, NewCall());
        using (SqliteFile.Journal.Open(folder.Path, "begin immediate"))
            await Assert.ThrowsAsync<IOException>(() => box.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now));
        Assert.Empty(await box.Journal.Read(subject, TestContext.Current.CancellationToken));
        await box.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now);
    }

    [Fact]
    public async Task No_personal_value_stands_readable_in_the_file()
    {
        using var folder = DataFolder.Migrated();
        using (var box = JournalBox.Sqlite(folder))
            await box.Journal.Append(Subject.Call(Acme, NewCall()), Entry(1, Arrived()), [new(PersonalFields.CallerNumber, "13912345678", "+8613912345678")], Urgency.Now);
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "journal.db*"))
            Assert.DoesNotContain("13912345678", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_run_keeps_the_log_short()
    {
        using var folder = DataFolder.Migrated();
        using var box = JournalBox.Sqlite(folder);
        var appends = new List<Task>();
        for (var c = 0; c < 3_000; c++)
        {
            var subject = Subject.Call(Acme, NewCall());
            foreach (var entry in WholeCall()) appends.Add(box.Journal.Append(subject, entry));
        }
        await Task.WhenAll(appends);
        Assert.InRange(new FileInfo(Path.Combine(folder.Path, "journal.db-wal")).Length, 0, 100_000_000);
        Assert.Equal(18_000, box.Entries.After(Storage.Journal.Positions.None, 100_000).Length);
    }
}
