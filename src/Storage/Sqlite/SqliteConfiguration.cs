using System.Data.Common;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Customers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Sqlite;

/// <summary>config.db.</summary>
internal sealed class SqliteConfiguration(string folder) : IConfigurationDatabase
{
    public DbConnection Open()
    {
        var connection = SqliteFile.Config.Open(folder, "pragma secure_delete = on"); // what is sealed of people leaves no copy in a page
        SqliteSchema.Check(SqliteFile.Config, connection);
        return connection;
    }

    public DbContextOptions<ConfigurationContext> Options(DbConnection connection) =>
        new DbContextOptionsBuilder<ConfigurationContext>().UseSqlite(connection).EnableThreadSafetyChecks(false).Options;

    public ILedger Ledger(DbConnection connection) => new SqliteLedger((SqliteConnection)connection);

    public IAccessTables Access(DbConnection connection) => new SqliteAccess((SqliteConnection)connection);

    public IChainTables Chain(DbConnection connection) => new SqliteChain((SqliteConnection)connection);

    public IPeopleTables People(DbConnection connection) => new SqlitePeople((SqliteConnection)connection);

    /// <summary>Writes the log back and empties its file: pages as they were before stand there no longer. A reader may be in the way, for a moment.</summary>
    public void Scrub()
    {
        using var alone = SqliteFile.Config.Open(folder, "pragma busy_timeout = 100");
        for (var attempt = 0; attempt < 50 && alone.Number("pragma wal_checkpoint(truncate)") != 0; attempt++)
        {
            // busy: once more
        }
    }
}

internal sealed class SqliteLedger(SqliteConnection connection) : ILedger
{
    private readonly Statement newest = new(connection, "select version, body is null from history where owner = ?1 and kind = ?2 and id = ?3 order by version desc limit 1", 3);
    private readonly Statement write = new(connection, "insert into history (owner, kind, id, version, at, author_owner, author_user, author_address, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", 9);
    private readonly Statement notify = new(connection, "insert into notices (kind, owner, id, version) values (?1, ?2, ?3, ?4)", 4);
    private readonly Statement body = new(connection, "select body from history where owner = ?1 and kind = ?2 and id = ?3 and version = ?4", 4);
    private readonly Statement any = new(connection, "select exists (select 1 from history)");
    private readonly Statement notices = new(connection, "select number, kind, owner, id, version from notices where number > ?1 order by number limit ?2", 2);
    private readonly Statement delete = new(connection, "delete from notices where number = ?1", 1);

    private Statement[] All => [newest, write, notify, body, any, notices, delete];

    public DbTransaction? Transaction
    {
        set
        {
            foreach (var statement in All) statement.Transaction = (SqliteTransaction?)value;
        }
    }

    public (long Version, bool Deleted) Newest(string kind, TenantId owner, string id)
    {
        using var row = newest.Read(owner.Value, kind, id);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1) != 0) : (0, true);
    }

    public void Write(string kind, TenantId owner, string id, long version, Author author, DateTimeOffset at, string? body)
    {
        write.Run(owner.Value, kind, id, version, at.ToUnixTimeMilliseconds(), author.Owner.Value, author.User, author.Address, body);
        notify.Run(kind, owner.Value, id, version);
    }

    public string? Body(string kind, TenantId owner, string id, long version) => (string?)body.Value(owner.Value, kind, id, version);

    public bool IsEmpty() => (long)any.Value()! == 0;

    public ConfigurationNotice[] NoticesAfter(long number, int limit)
    {
        using var rows = notices.Read(number, (long)limit);
        var all = new List<ConfigurationNotice>();
        while (rows.Read()) all.Add(new(rows.GetInt64(0), rows.GetString(1), new(rows.GetString(2)), rows.GetString(3), rows.GetInt64(4)));
        return [.. all];
    }

    public void DeleteNotice(long number) => delete.Run(number);

    public void Dispose()
    {
        foreach (var statement in All) statement.Dispose();
    }
}
