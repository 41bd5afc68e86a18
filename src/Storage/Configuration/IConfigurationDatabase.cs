using System.Data.Common;
using CallCenter.Storage.Customers;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Configuration;

/// <summary>What differs between databases under the configuration store.</summary>
internal interface IConfigurationDatabase
{
    DbConnection Open();

    /// <summary>Options of contexts over this connection.</summary>
    DbContextOptions<ConfigurationContext> Options(DbConnection connection);

    /// <summary>History and notices over this connection.</summary>
    ILedger Ledger(DbConnection connection);

    /// <summary>The audit log and the records of signing in over this connection.</summary>
    IAccessTables Access(DbConnection connection);

    /// <summary>The links of the audit log over this connection.</summary>
    IChainTables Chain(DbConnection connection);

    /// <summary>Customers and summaries over this connection.</summary>
    IPeopleTables People(DbConnection connection);

    /// <summary>Makes what was erased vanish from the database's files too, as far as the database lets us.</summary>
    void Scrub();
}

/// <summary>What stands beside the settings' own tables, in the same transaction: history and notices.</summary>
internal interface ILedger : IDisposable
{
    /// <summary>The transaction that all that follows belongs to.</summary>
    DbTransaction? Transaction { set; }

    /// <summary>The newest version of a setting, and whether that version deleted it; version 0 = never written.</summary>
    (long Version, bool Deleted) Newest(string kind, TenantId owner, string id);

    void Write(string kind, TenantId owner, string id, long version, Author author, DateTimeOffset at, string? body);

    /// <summary>The body of one version; null if there is none, or it deleted the setting.</summary>
    string? Body(string kind, TenantId owner, string id, long version);

    bool IsEmpty();

    ConfigurationNotice[] NoticesAfter(long number, int limit);

    void DeleteNotice(long number);
}
