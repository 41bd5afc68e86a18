using CallCenter.Kit.Databases;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Projections;
using CallCenter.Storage.State;
using CallCenter.Storage.Tests.Configuration;
using CallCenter.Storage.Tests.Journal;
using CallCenter.Storage.Tests.Projections;
using CallCenter.Storage.Tests.State;

namespace CallCenter.Storage.Tests.Postgres;

/// <summary>A server that tests of one class may stop and crash.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private PostgresServer? server;

    public PostgresServer Server => server!;

    public async ValueTask InitializeAsync() => server = await PostgresServer.Start();

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}

[Trait("Speed", "Slow")]
public sealed class PostgresJournalConformance(OwnServer own) : JournalConformance, IClassFixture<OwnServer>, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated(own.Server);

    private protected override JournalBox Open() => box.Journal();

    private protected override JournalBox OpenAfterCrash()
    {
        PostgresBox.Wait(own.Server.Crash());
        PostgresBox.Wait(own.Server.StartAgain());
        return box.Journal();
    }

    public void Dispose() => box.Dispose();
}

[Trait("Speed", "Slow")]
public sealed class PostgresJournalProperties : JournalProperties, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override JournalBox Open() => box.Journal();

    public void Dispose() => box.Dispose();
}

[Trait("Speed", "Slow")]
public sealed class PostgresStateConformance : StateConformance, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override IStateStore Open() => new PostgresState(box.Open());

    [Fact]
    public async Task Who_reads_holds_no_thread_while_the_server_takes_its_time()
    {
        using var store = Open();
        await store.Write("g/1", "s", 0, "{}");
        await using var busy = Npgsql.NpgsqlDataSource.Create(box.Server.Address(box.Database, PostgresServer.Superuser));
        await using var connection = await busy.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var held = new Npgsql.NpgsqlCommand("lock table callcenter.grain_state, callcenter.reminders", connection, transaction)) await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var asked = Task.Run(() => (State: store.Read("g/1", "s").AsTask(), Reminders: store.Reminders("g/1").AsTask()));
        var (state, reminders) = await asked.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // who holds the thread never comes here
        Assert.False(state.IsCompleted || reminders.IsCompleted);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1L, "{}"), await state);
        Assert.Empty(await reminders);
    }

    public void Dispose() => box.Dispose();
}

[Trait("Speed", "Slow")]
public sealed class PostgresConfigurationConformance : ConfigurationConformance, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override ConfigurationStore Open() => new(new PostgresConfiguration(box.Open()), TimeProvider.System);

    public void Dispose() => box.Dispose();
}

[Trait("Speed", "Slow")]
public sealed class PostgresAccessConformance : AccessConformance, IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    private protected override ConfigurationStore Open(TimeProvider time) => new(new PostgresConfiguration(box.Open()), time);

    private protected override void Sql(string text)
    {
        using var connection = box.Open().OpenOwn("-c app.owner=acme");
        using var command = new Npgsql.NpgsqlCommand(text, connection);
        command.ExecuteNonQuery();
    }

    private protected override void Behind(string sql) => box.Sql($"set search_path = callcenter; set session_replication_role = replica; {sql}");

    public void Dispose() => box.Dispose();
}

[Trait("Speed", "Slow")]
public sealed class PostgresViewsConformance : ViewsConformance
{
    private PostgresBox? box;

    private PostgresBox Box => box ??= PostgresBox.Migrated();

    private protected override JournalBox OpenJournal() => Box.Journal();

    private protected override IViewStore OpenViews() => new PostgresViews(Box.Open());

    private protected override IViewStore OpenEmptyViews()
    {
        var views = new PostgresViews(Box.Open());
        views.Clear();
        return views;
    }

    private protected override string Dump() => string.Join('\n', new[] { "calls", "call_agents", "after_call", "recordings", "positions" }.Select(table => Box.Sql($"select * from callcenter.{table} t order by t::text")));

    public override void Dispose()
    {
        base.Dispose();
        box?.Dispose();
    }
}
