using CallCenter.Domain.Customers;

namespace CallCenter.Contracts.Journal;

/// <summary>
/// Erases people: their values in the personal store, their recordings. What is left is facts and counts, and the fact that
/// somebody was erased. A call that goes on keeps what it needs; it is told, to be erased when it is over. Harmless twice.
/// </summary>
public interface IErasure
{
    /// <summary>
    /// Every call of the tenant in which the number called or was called. If it is a customer's, that is the person who is meant: with all numbers, and the
    /// record of it, once no call of it goes on.
    /// </summary>
    /// <param name="number">Canonical or as dialled. It is stored nowhere.</param>
    Task<Erased> Number(TenantId owner, string number, Author by, CancellationToken stop = default);

    /// <summary>A customer, likewise; null if the tenant has no such customer.</summary>
    Task<Erased?> Customer(TenantId owner, CustomerId customer, Author by, CancellationToken stop = default);

    /// <summary>One call; null if the tenant has no such call.</summary>
    Task<Erased?> Call(TenantId owner, CallId call, Author by, CancellationToken stop = default);
}

/// <param name="Calls">Erased now.</param>
/// <param name="GoingOn">Not over yet: nothing of them was erased.</param>
/// <param name="Files">Recorded files that were deleted.</param>
/// <param name="Customers">Customer records that were deleted.</param>
[GenerateSerializer, Immutable, Alias("Erased")]
public sealed record Erased([property: Id(0)] Items<CallId> Calls, [property: Id(1)] Items<CallId> GoingOn, [property: Id(2)] int Files, [property: Id(3)] int Customers = 0);
