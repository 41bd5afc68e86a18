using CallCenter.Kit.Databases;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Postgres;
using Npgsql;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Postgres;

/// <summary>Row-level security stands besides the owner in every key.</summary>
public sealed class PostgresSecurityTests : IDisposable
{
    private readonly PostgresBox box = PostgresBox.Migrated();

    public void Dispose() => box.Dispose();

    private string[] TablesWithOwner() => box.Sql("select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name) where table_schema = 'callcenter' and column_name = 'owner' and table_type = 'BASE TABLE'").Split('\n');

    [Fact]
    public void Every_table_with_an_owner_has_the_policy_for_its_own_owner_too()
    {
        Assert.Contains("personal", TablesWithOwner());
        Assert.Empty(box.Sql("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner'
            where n.nspname = 'callcenter' and c.relkind = 'r' and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
            """));
        Assert.Equal(TablesWithOwner().Length.ToString(System.Globalization.CultureInfo.InvariantCulture), box.Sql("select count(*) from pg_policies where schemaname = 'callcenter'"));
    }

    [Theory, InlineData(PostgresServer.Login), InlineData(PostgresServer.Superuser)]
    public async Task Raw_sql_through_the_programs_role_sees_one_owner_only(string login)
    {
        box.Options.Postgres = box.Server.Address(box.Database, login);
        StorageMigrator.Migrate(box.Options);
        using (var settings = new ConfigurationStore(new PostgresConfiguration(box.Open()), TimeProvider.System))
            foreach (var owner in new[] { Acme, Globex }) await settings.Put(new QueueSettings(owner, Sales, "s", 15, true, 30, "music"), Author.Product, stop: TestContext.Current.CancellationToken);
        using (var journal = box.Journal())
            foreach (var owner in new[] { Acme, Globex }) await journal.Journal.Append(Subject.Call(owner, NewCall()), Entry(1, Arrived()), [new(PersonalFields.CallerName, "李雷")], Urgency.Now);
        await new PostgresState(box.Open()).Write("station/acme/1001", "s", 0, "{}");

        foreach (var table in new[] { "queues", "history", "audit", "audit_log", "notices", "tenant_keys", "entries", "open_subjects", "personal", "grain_state" })
        {
            Assert.Equal(0, Rows(table, "nobody"));
            Assert.Equal(0, Rows(table, null));
            Assert.Equal(1, Rows(table, "acme"));
            Assert.Equal(table == "grain_state" ? 0 : 1, Rows(table, "globex"));
        }
    }

    [Fact]
    public void Another_owners_row_cannot_be_written()
    {
        using var connection = box.Open().OpenOwn("-c app.owner=acme");
        using var command = new NpgsqlCommand("insert into flows values ('globex', 'main', 1, '', '')", connection);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, Assert.Throws<PostgresException>(() => command.ExecuteNonQuery()).SqlState);
    }

    private long Rows(string table, string? owner)
    {
        using var connection = box.Open().OpenOwn(owner is null ? "" : $"-c app.owner={owner}");
        using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)command.ExecuteScalar()!;
    }
}
