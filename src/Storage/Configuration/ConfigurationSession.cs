using System.Data.Common;
using CallCenter.Storage.Customers;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Configuration;

/// <summary>A connection with what is prepared on it; used by one caller at a time.</summary>
internal sealed class ConfigurationSession(IConfigurationDatabase database) : IDisposable
{
    private readonly DbConnection connection = database.Open();
    private DbContextOptions<ConfigurationContext>? options;
    private ILedger? ledger;
    private IAccessTables? access;
    private IPeopleTables? people;

    public ILedger Ledger => ledger ??= database.Ledger(connection);

    public IPeopleTables People => people ??= database.People(connection);

    public IAccessTables Access => access ??= database.Access(connection);

    /// <summary>The transaction to which all that follows belongs.</summary>
    public DbTransaction? Transaction
    {
        set
        {
            Ledger.Transaction = value;
            Access.Transaction = value;
            People.Transaction = value;
        }
    }

    public ConfigurationContext Of(TenantId owner) => new(options ??= database.Options(connection), owner);

    public ValueTask<DbTransaction> Begin(CancellationToken stop) => connection.BeginTransactionAsync(stop);

    public void Dispose()
    {
        ledger?.Dispose();
        access?.Dispose();
        people?.Dispose();
        connection.Dispose();
    }
}
