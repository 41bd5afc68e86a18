using System.Data.Common;

namespace CallCenter.Storage.Customers;

/// <summary>Customers and summaries, over a session's connection.</summary>
internal interface IPeopleTables : IDisposable
{
    /// <summary>The transaction that all that follows belongs to.</summary>
    DbTransaction? Transaction { set; }

    CustomerRow? Customer(TenantId owner, string id);

    /// <summary>By id.</summary>
    CustomerRow[] Customers(TenantId owner, string after, int limit);

    /// <summary>Ids and names alone, by id.</summary>
    (string Id, byte[] Name)[] Names(TenantId owner, string after, int limit);

    /// <summary>The id of the customer whose number has this hash.</summary>
    string? Holder(TenantId owner, byte[] number);

    /// <summary>False: it is there already.</summary>
    bool Insert(CustomerRow row);

    /// <summary>Over the version before the row's; false: that is not there any more.</summary>
    bool Update(CustomerRow row);

    /// <summary>False: it is another customer's.</summary>
    bool AddNumber(TenantId owner, byte[] number, string customer);

    void DeleteNumbers(TenantId owner, string customer);

    int DeleteCustomer(TenantId owner, string id);

    /// <summary>The newest first.</summary>
    SummaryRow[] Summaries(TenantId owner, string call);

    /// <summary>New, or over what is there; its version is one more than before.</summary>
    void Write(SummaryRow row);

    /// <summary>Those of these calls that have a final one.</summary>
    string[] Summarized(TenantId owner, string[] calls);

    /// <summary>Takes what is personal out of the summaries of a call; drafts go entirely. How many there were.</summary>
    int EraseSummaries(TenantId owner, string call);
}

/// <param name="Changed">Unix ms.</param>
/// <param name="Name">Sealed; apart from the body, since a search opens all names.</param>
/// <param name="Body">Sealed JSON.</param>
internal sealed record CustomerRow(TenantId Owner, string Id, long Version, long Changed, byte[] Name, byte[] Body);

/// <param name="Changed">Unix ms.</param>
/// <param name="Body">Sealed JSON; null once erased.</param>
internal sealed record SummaryRow(TenantId Owner, string Call, string Agent, long Version, long Changed, bool Final, long TypesVersion, string? CallType, string? Result, byte[]? Body);
