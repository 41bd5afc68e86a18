using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>Values that flow with calls, downwards only: what a callee sets is not seen by its caller.</summary>
public static class RequestContext
{
    internal const string ReentrancyKey = "#CCR";

    /// <summary>Never changed once set, so that it is shared and not copied.</summary>
    internal static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty) Remove(ReentrancyKey);
            else Set(ReentrancyKey, value);
        }
    }

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value)
    {
        var values = Values.Value is { } old ? new Dictionary<string, object>(old) : [];
        values[key] = value;
        Values.Value = values;
    }

    public static bool Remove(string key)
    {
        if (Values.Value is not { } old || !old.ContainsKey(key)) return false;
        var values = new Dictionary<string, object>(old);
        values.Remove(key);
        Values.Value = values.Count == 0 ? null : values;
        return true;
    }

    public static void Clear()
    {
        if (Values.Value is not null) Values.Value = null;
    }

    /// <summary>Until disposed, calls that descend from this grain's calls may come back into it.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var id = ReentrancyId;
        return new(id, id == Guid.Empty ? Guid.NewGuid() : id);
    }

    /// <summary>Until disposed, calls made here do not carry the permission to come back.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    public readonly struct ReentrancySection : IDisposable
    {
        readonly Guid before, inside;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            (before, inside) = (originalReentrancyId, newReentrancyId);
            if (inside != before) ReentrancyId = inside;
            if (inside != Guid.Empty) Activation.Current?.EnterSection(inside);
        }

        public void Dispose()
        {
            if (inside != Guid.Empty) Activation.Current?.LeaveSection(inside);
            if (inside != before) ReentrancyId = before;
        }
    }
}
