using CallCenter.Kit.Processes;
using CallCenter.Storage.Backup;
using CallCenter.Storage.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Backup;

/// <summary>A backup taken while calls come in, brought back elsewhere.</summary>
public abstract class BackupTests : IDisposable
{
    private readonly Scratch scratch = new("backup");

    public virtual void Dispose() => scratch.Dispose();

    private protected string Place(string name) => scratch.File(name);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>With data.</summary>
    private protected abstract StorageOptions Migrated();

    /// <summary>Of the same kind, without any.</summary>
    private protected abstract StorageOptions Empty();

    private static ServiceProvider Open(StorageOptions options) => new ServiceCollection().AddLogging().AddStorage(options).BuildServiceProvider();

    private static async Task Fill(ServiceProvider services, CallId call)
    {
        var journal = services.GetRequiredService<IJournal>();
        await services.GetRequiredService<IBlobs>().Write(Acme, $"recordings/{call}/r1", new byte[] { 1, 2, 3 }, Stop);
        foreach (var entry in WholeCall()) await journal.Append(Subject.Call(Acme, call), entry, entry.Number == 1 ? [new(PersonalFields.CallerNumber, "13800138000", "+8613800138000")] : [], Urgency.Now);
    }

    [Theory, InlineData("folder"), InlineData("one.tar")]
    public async Task What_was_there_when_it_began_is_there_again(string target)
    {
        var (options, elsewhere, first) = (Migrated(), Empty(), NewCall());
        await using (var services = Open(options))
        {
            await Fill(services, first);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var goingOn = Task.Run(async () =>
            {
                while (!enough.IsCancellationRequested) await Fill(services, NewCall());
            }, Stop);
            Assert.Null(StorageBackup.Take(options, Place(target), TimeProvider.System));
            await enough.CancelAsync();
            await goingOn;
        }
        Assert.Null(StorageBackup.Restore(elsewhere, Place(target), NullLoggerFactory.Instance));

        await using var restored = Open(elsewhere);
        var reports = restored.GetRequiredService<IReports>();
        Assert.Equal("13800138000", (await reports.Call(Acme, first, Stop))?.From);
        foreach (var call in (await reports.Calls(Acme, new(null, null, null, null, null), null, 1_000, Stop)).Items.AsEnumerable())
            Assert.NotNull(await restored.GetRequiredService<IBlobs>().Read(Acme, $"recordings/{call.Id}/r1", Stop));
        await Fill(restored, NewCall()); // it can be written on
    }

    [Fact]
    public void What_is_in_the_way_or_no_whole_backup_is_refused_and_nothing_changes()
    {
        var options = Migrated();
        Assert.Null(StorageBackup.Take(options, Place("b"), TimeProvider.System));
        Assert.NotNull(StorageBackup.Take(options, Place("b"), TimeProvider.System));
        Assert.Contains("not empty", StorageBackup.Restore(options, Place("b"), NullLoggerFactory.Instance), StringComparison.Ordinal);
        File.Delete(Path.Combine(Place("b"), "backup.json"));
        var elsewhere = Empty();
        Assert.Contains("no whole backup", StorageBackup.Restore(elsewhere, Place("b"), NullLoggerFactory.Instance), StringComparison.Ordinal);
        Assert.False(Directory.Exists(elsewhere.Path));
    }
}

public sealed class SqliteBackupTests : BackupTests
{
    private readonly List<DataFolder> folders = [];

    private protected override StorageOptions Migrated() => Keep(DataFolder.Migrated());

    private protected override StorageOptions Empty() => Keep(DataFolder.Empty());

    private StorageOptions Keep(DataFolder folder)
    {
        folders.Add(folder);
        return folder.Options;
    }

    [Fact]
    public void A_backup_of_the_other_database_is_refused()
    {
        Assert.Null(StorageBackup.Take(Migrated(), Place("b"), TimeProvider.System));
        Assert.Contains("leave out Data:Postgres", StorageBackup.Restore(new() { Path = Place("data"), Postgres = "Host=127.0.0.1" }, Place("b"), NullLoggerFactory.Instance), StringComparison.Ordinal);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var folder in folders) folder.Dispose();
    }
}

public sealed class PostgresBackupTests : BackupTests
{
    private readonly List<PostgresBox> boxes = [];

    private protected override StorageOptions Migrated() => Keep(PostgresBox.Migrated());

    private protected override StorageOptions Empty() => Keep(PostgresBox.Empty());

    private StorageOptions Keep(PostgresBox box)
    {
        boxes.Add(box);
        return box.Options;
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var box in boxes) box.Dispose();
    }
}
