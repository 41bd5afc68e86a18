using CallCenter.Storage.Configuration;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Postgres;

/// <summary>The database goes and comes back; the program stays.</summary>
[Trait("Speed", "Slow")]
public sealed class PostgresOutageTests(OwnServer own) : IClassFixture<OwnServer>, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated(own.Server);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => box.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task Under_appends_nothing_is_lost_or_doubled_however_the_server_ends(bool crash)
    {
        using var journal = box.Journal();
        journal.Cipher.Encrypt(Acme, []); // the tenant's key is in memory from its first use on
        using var ended = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Calls(journal, ended.Token), Stop)).ToArray();
        for (var outage = 0; outage < 2; outage++)
        {
            await Task.Delay(300, Stop); // appends under way at whatever moment
            await (crash ? own.Server.Crash() : own.Server.Stop());
            await Task.Delay(300, Stop);
            await own.Server.StartAgain();
        }
        await ended.CancelAsync();
        var promised = (await Task.WhenAll(writers)).SelectMany(calls => calls).ToArray();

        var stored = journal.Entries.After(Positions.None, 1_000_000);
        Assert.Equal(promised.Length * 6, stored.Length);
        Assert.All(stored.GroupBy(e => e.Writer), line => Assert.Equal(Enumerable.Range(1, line.Count()).Select(p => (long)p), line.Select(e => e.Position)));
        Assert.All(stored.GroupBy(e => e.Subject), line => Assert.Equal([1, 2, 3, 4, 5, 6], line.Select(e => e.Row.Number)));
        Assert.Equal(promised.ToHashSet(), stored.Select(e => e.Subject).ToHashSet());
        Assert.Empty(await journal.Journal.Open(SubjectKind.Call, Stop));
    }

    /// <summary>Whole calls one after the other, each entry awaited: an append throws nothing while the database is gone.</summary>
    private static async Task<List<Subject>> Calls(JournalBox journal, CancellationToken ended)
    {
        var done = new List<Subject>();
        while (!ended.IsCancellationRequested)
        {
            var subject = Subject.Call(Acme, NewCall());
            foreach (var entry in WholeCall()) await journal.Journal.Append(subject, entry, [new(PersonalFields.CallerName, "李雷")], Urgency.Now);
            done.Add(subject);
        }
        return done;
    }

    [Fact]
    public async Task A_group_whose_commit_was_not_answered_is_stored_once()
    {
        using var database = box.Open();
        var subject = Subject.Call(Acme, NewCall());
        var group = WholeCall().Select(entry => new PendingAppend(subject, EntryJson.Write(entry), entry.Facts, [], null)).ToArray();
        using (var first = new PostgresEntryWriter(database)) first.Commit(group, doubtful: false);
        using var second = new PostgresEntryWriter(database);
        second.Commit(group, doubtful: true);
        Assert.All(group, append => Assert.False(append.IsRefused));
        using var journal = box.Journal();
        Assert.Equal(WholeCall(), await journal.Journal.Read(subject, Stop));
    }

    [Fact]
    public async Task Reads_fail_cleanly_while_it_is_gone_and_work_afterwards()
    {
        var database = box.Open();
        using var journal = box.Journal();
        using var settings = new ConfigurationStore(new PostgresConfiguration(database), TimeProvider.System);
        using var views = new PostgresViews(database);
        var state = new PostgresState(database);
        var subject = Subject.Call(Acme, NewCall());
        await journal.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now);
        await own.Server.Stop();
        await Assert.ThrowsAsync<StorageOutageException>(async () => await journal.Journal.Read(subject, Stop));
        await Assert.ThrowsAsync<StorageOutageException>(() => settings.Find<QueueSettings>(Acme, "sales", Stop));
        await Assert.ThrowsAsync<StorageOutageException>(() => settings.Delete<QueueSettings>(Acme, "sales", Author.Product, Stop));
        Assert.Throws<StorageOutageException>(() => views.Call(Acme, new(subject.Name)));
        await Assert.ThrowsAsync<StorageOutageException>(() => state.Write("g/acme/1", "s", 0, "{}"));
        await own.Server.StartAgain();
        await Task.Delay(1_100, Stop); // so long nobody asks again
        Assert.Single(await journal.Journal.Read(subject, Stop));
        Assert.Null(await settings.Find<QueueSettings>(Acme, "sales", Stop));
        Assert.Null(views.Call(Acme, new(subject.Name)));
        Assert.Equal(1, await state.Write("g/acme/1", "s", 0, "{}"));
    }

    [Fact]
    public async Task Nothing_new_is_to_begin_while_a_commit_waits_for_its_return()
    {
        using var journal = box.Journal();
        Assert.True(journal.Journal.CanWrite);
        await own.Server.Stop();
        Assert.True(journal.Journal.CanWrite); // nobody has tried
        Assert.False(await journal.Journal.CanWriteNow(TimeSpan.FromSeconds(1)));
        var appended = journal.Journal.Append(Subject.Call(Acme, NewCall()), Entry(1, Arrived()), urgency: Urgency.Now);
        while (journal.Journal.CanWrite) await Task.Delay(100, Stop);
        Assert.False(appended.IsCompleted);
        await own.Server.StartAgain();
        await appended;
        Assert.True(journal.Journal.CanWrite);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_database_that_is_gone()
    {
        var journal = box.Journal();
        await own.Server.Stop();
        var appended = journal.Journal.Append(Subject.Call(Acme, NewCall()), Entry(1, Arrived()), urgency: Urgency.Now);
        journal.Dispose();
        await Assert.ThrowsAsync<StorageOutageException>(() => appended);
        await own.Server.StartAgain();
    }

    [Fact]
    public async Task Eight_writers_with_random_commit_delays_and_no_projection_skips_or_doubles_a_fact()
    {
        box.Sql("""
            create function callcenter.dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(random() * 0.01); return null; end';
            create constraint trigger dawdle after insert on callcenter.entries deferrable initially deferred for each row when (new.number = 3) execute function callcenter.dawdle();
            """); // at commit, when positions are given already
        var boxes = Enumerable.Range(0, 8).Select(_ => box.Journal()).ToArray();
        using var views = new PostgresViews(box.Open());
        using var projector = new Projector(boxes[0].Entries, views, boxes[0].Journal.Committed, TimeProvider.System, NullLogger<Projector>.Instance);
        var seen = Positions.None;
        var folded = new List<StoredEntry>();
        var writing = Task.WhenAll(boxes.Select((_, w) => Task.Run(() => Wandering(boxes, w), Stop)));
        while (true)
        {
            var last = writing.IsCompleted;
            projector.CatchUp(Stop);
            foreach (var entry in boxes[1].Entries.After(seen, 50))
            {
                folded.Add(entry);
                seen = seen.With(entry.Writer, entry.Position);
            }
            if (last && boxes[1].Entries.After(seen, 1).Length == 0) break;
        }
        await writing;
        projector.CatchUp(Stop);

        Assert.Equal(8 * 10 * 6, folded.Count);
        Assert.Equal(8, folded.Select(e => e.Writer).Distinct().Count());
        Assert.All(folded.GroupBy(e => e.Subject), line => Assert.Equal([1, 2, 3, 4, 5, 6], line.Select(e => e.Row.Number)));
        foreach (var subject in folded.Select(e => e.Subject).Distinct()) Assert.Equal(30_000, views.Call(Acme, new(subject.Name))?.TTalk);
        foreach (var journal in boxes) journal.Dispose();
    }

    /// <summary>Calls whose grain moves to another process with each entry.</summary>
    private static async Task Wandering(JournalBox[] boxes, int first)
    {
        for (var c = 0; c < 10; c++)
        {
            var subject = Subject.Call(Acme, NewCall());
            foreach (var entry in WholeCall())
            {
                var journal = boxes[(first + (int)entry.Number) % boxes.Length].Journal;
                Assert.Equal(entry.Number - 1, (await journal.Read(subject, Stop)).Count);
                await journal.Append(subject, entry, urgency: Urgency.Now);
            }
        }
    }
}
