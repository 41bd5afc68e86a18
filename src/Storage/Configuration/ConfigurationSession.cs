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
    private IChainTables? chain;
    private readonly HashSet<TenantId> noted = [];

    public ILedger Ledger => ledger ??= database.Ledger(connection);

    public IPeopleTables People => people ??= database.People(connection);

    public IAccessTables Access => access ??= database.Access(connection);

    public IChainTables Chain => chain ??= database.Chain(connection);

    /// <summary>The transaction to which all that follows belongs.</summary>
    public DbTransaction? Transaction
    {
        set
        {
            Ledger.Transaction = value;
            Access.Transaction = value;
            People.Transaction = value;
            Chain.Transaction = value;
            noted.Clear();
        }
    }

    public ConfigurationContext Of(TenantId owner) => new(options ??= database.Options(connection), owner);

    public ValueTask<DbTransaction> Begin(CancellationToken stop) => connection.BeginTransactionAsync(stop);

    /// <summary>Adds to the audit log.</summary>
    public void Note(AuditRow row)
    {
        Access.Add(row);
        noted.Add(row.Owner);
    }

    /// <summary>What was noted is linked to what stood there before, in the same transaction.</summary>
    public Task Commit(DbTransaction transaction, CancellationToken stop)
    {
        foreach (var owner in noted) AuditChain.Extend(Chain, owner);
        return transaction.CommitAsync(stop);
    }

    public void Dispose()
    {
        chain?.Dispose();
        ledger?.Dispose();
        access?.Dispose();
        people?.Dispose();
        connection.Dispose();
    }
}
