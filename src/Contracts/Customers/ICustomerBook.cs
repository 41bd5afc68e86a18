using CallCenter.Domain.Customers;

namespace CallCenter.Contracts.Customers;

/// <summary>
/// A tenant's customers. No configuration: what tells who somebody is is sealed, has no history, and is gone once it is erased; the audit log names
/// the id and the version only. A number is one customer's at the most.
/// </summary>
public interface ICustomerBook
{
    /// <summary>Whose number that is; found by an index, for the moment at which it rings.</summary>
    /// <param name="number">Canonical or as dialled.</param>
    Task<Customer?> Find(TenantId owner, string number, CancellationToken stop = default);

    Task<Customer?> Find(TenantId owner, CustomerId id, CancellationToken stop = default);

    /// <summary>Customers by id.</summary>
    /// <param name="search">A part of the name, or a whole number; null = all. It opens every name of the owner, and is meant for tens of thousands.</param>
    /// <param name="after">The last id of the page before; null = from the beginning.</param>
    /// <param name="limit">1–1000.</param>
    Task<Page<Customer>> List(TenantId owner, string? search, string? after, int limit, CancellationToken stop = default);

    /// <summary>Writes one, which is checked already.</summary>
    /// <param name="expectedVersion">The version it replaces (0 = must be new); null = whatever is there.</param>
    /// <returns>As stored; or why not, such as a number that is another customer's.</returns>
    Task<Written<Customer>> Put(Customer customer, Author author, long? expectedVersion = null, CancellationToken stop = default);

    /// <summary>Writes many of one owner, all or none.</summary>
    Task<Refusal?> PutMany(TenantId owner, IReadOnlyList<Customer> customers, Author author, CancellationToken stop = default);

    Task<Refusal?> Delete(TenantId owner, CustomerId id, Author author, CancellationToken stop = default);
}

public static class CustomerLists
{
    private const int PageSize = 1000;

    /// <summary>All customers of an owner by id, read page by page.</summary>
    public static async IAsyncEnumerable<Customer> All(this ICustomerBook book, TenantId owner, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
    {
        string? after = null;
        do
        {
            var page = await book.List(owner, null, after, PageSize, stop).ConfigureAwait(false);
            for (var i = 0; i < page.Items.Count; i++) yield return page.Items[i];
            after = page.Next;
        }
        while (after is not null);
    }
}
