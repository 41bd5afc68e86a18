using System.Collections.Concurrent;
using CallCenter.Kit.Databases;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Storage.Tests.Postgres;

/// <summary>A database of a test, migrated, on the server of this test process or on one of the test's own.</summary>
internal sealed class PostgresBox : IDisposable
{
    /// <summary>Of each server a database that is migrated and never opened again: copies are made in a moment.</summary>
    private static readonly ConcurrentDictionary<PostgresServer, Lazy<string>> models = [];

    private readonly DataFolder folder = DataFolder.Empty();
    private readonly List<PostgresDatabase> opened = [];

    private PostgresBox(PostgresServer server, string address)
    {
        Server = server;
        folder.Options.Postgres = address;
    }

    public PostgresServer Server { get; }
    public StorageOptions Options => folder.Options;
    public string Address => Options.Postgres!;
    public string Database => new Npgsql.NpgsqlConnectionStringBuilder(Address).Database!;

    public static PostgresBox Migrated(PostgresServer? server = null)
    {
        server ??= Wait(PostgresServer.OfProcess);
        var model = models.GetOrAdd(server, static of => new(() => Model(of))).Value;
        var box = new PostgresBox(server, Wait(server.Database(like: model)));
        StorageMigrator.Migrate(box.Options); // what its folder holds
        return box;
    }

    private static string Model(PostgresServer server)
    {
        using var box = Empty(server);
        StorageMigrator.Migrate(box.Options);
        return box.Database;
    }

    public static PostgresBox Empty(PostgresServer? server = null)
    {
        server ??= Wait(PostgresServer.OfProcess);
        return new(server, Wait(server.Database()));
    }

    /// <summary>As one more process has it.</summary>
    public PostgresDatabase Open()
    {
        var database = PostgresDatabase.Open(Address);
        opened.Add(database);
        return database;
    }

    public JournalBox Journal()
    {
        var database = Open();
        return new(new PostgresEntryLog(database, NullLogger<PostgresEntryLog>.Instance), new(new(new PostgresTenantKeys(database), MasterKey.Read(Options))));
    }

    /// <summary>As the superuser: whatever the policies say.</summary>
    public string Sql(string sql) => Wait(Server.Sql(Database, sql));

    /// <summary>Test classes are made by synchronous constructors; nothing here needs the thread that waits.</summary>
    public static T Wait<T>(Task<T> task) => Task.Run(() => task).GetAwaiter().GetResult();

    public static void Wait(Task task) => Task.Run(() => task).GetAwaiter().GetResult();

    /// <summary>The database goes with its server.</summary>
    public void Dispose()
    {
        foreach (var database in opened) database.Dispose();
        folder.Dispose();
    }
}
