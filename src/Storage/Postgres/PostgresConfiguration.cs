using System.Data.Common;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Customers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CallCenter.Storage.Postgres;

/// <summary>The configuration in PostgreSQL. Each session keeps its connection; before a statement it says whose rows it is about.</summary>
internal sealed class PostgresConfiguration(PostgresDatabase database) : IConfigurationDatabase
{
    public DbConnection Open() => database.OpenOwn("");

    public DbContextOptions<ConfigurationContext> Options(DbConnection connection) => new DbContextOptionsBuilder<ConfigurationContext>()
        .UseNpgsql(connection).AddInterceptors(new OwnerInterceptor()).EnableThreadSafetyChecks(false).Options;

    public ILedger Ledger(DbConnection connection) => new PostgresLedger((NpgsqlConnection)connection);

    public IAccessTables Access(DbConnection connection) => new PostgresAccess((NpgsqlConnection)connection);

    public IChainTables Chain(DbConnection connection) => new PostgresChain((NpgsqlConnection)connection);

    public IPeopleTables People(DbConnection connection) => new PostgresPeople((NpgsqlConnection)connection);

    /// <summary>The journal's scrubbing vacuums these tables too: they are in the same database.</summary>
    public void Scrub()
    {
    }
}
