using System.Runtime.CompilerServices;

namespace CallCenter.Contracts.Configuration;

/// <summary>Whole lists of settings, read page by page as they are looked at. Rows written meanwhile may be among them or not.</summary>
public static class ConfigurationLists
{
    private const int PageSize = 1000;

    /// <summary>All rows of an owner by id.</summary>
    public static IAsyncEnumerable<T> All<T>(this IConfigurationStore store, TenantId owner, CancellationToken stop = default) where T : class, ISetting =>
        Pages(after => store.List<T>(owner, after, PageSize, stop), stop);

    /// <summary>All numbers that the operator gave to a tenant, by id.</summary>
    public static IAsyncEnumerable<NumberSettings> AllNumbersOf(this IConfigurationStore store, TenantId tenant, CancellationToken stop = default) =>
        Pages(after => store.NumbersOf(tenant, after, PageSize, stop), stop);

    private static async IAsyncEnumerable<T> Pages<T>(Func<string?, Task<Page<T>>> read, [EnumeratorCancellation] CancellationToken stop)
    {
        string? after = null;
        do
        {
            stop.ThrowIfCancellationRequested();
            var page = await read(after); // in a turn of the grain that asks
            for (var i = 0; i < page.Items.Count; i++) yield return page.Items[i];
            after = page.Next;
        }
        while (after is not null);
    }
}
