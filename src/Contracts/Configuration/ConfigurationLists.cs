using System.Runtime.CompilerServices;

namespace CallCenter.Contracts.Configuration;

/// <summary>Whole lists of settings.</summary>
public static class ConfigurationLists
{
    private const int PageSize = 1000;

    /// <summary>All rows of an owner by id, read page by page as they are looked at. Rows written meanwhile may be among them or not.</summary>
    public static async IAsyncEnumerable<T> All<T>(this IConfigurationStore store, TenantId owner, [EnumeratorCancellation] CancellationToken stop = default) where T : class, ISetting
    {
        string? after = null;
        do
        {
            var page = await store.List<T>(owner, after, PageSize, stop); // in a turn of the grain that asks
            for (var i = 0; i < page.Items.Count; i++) yield return page.Items[i];
            after = page.Next;
        }
        while (after is not null);
    }
}
