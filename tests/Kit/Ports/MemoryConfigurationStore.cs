using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain;
using CallCenter.Domain.Numbers;
using CallCenter.Domain.Tenants;

namespace CallCenter.Kit.Ports;

/// <summary>Configuration in memory: versions, history, notices.</summary>
public sealed class MemoryConfigurationStore : IConfigurationStore
{
    readonly Lock gate = new();
    readonly Dictionary<(Type, TenantId, string), List<ISetting?>> rows = [];
    readonly Channel<ConfigurationNotice> notices = Channel.CreateUnbounded<ConfigurationNotice>();
    long last;

    /// <summary>Notices that were struck off.</summary>
    public int Carried { get; private set; }

    /// <summary>Rows that were given out.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Called at each read; may throw, as a database that is gone.</summary>
    public Action? BeforeRead { get; set; }

    public Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class, ISetting
    {
        BeforeRead?.Invoke();
        lock (gate) return Task.FromResult(rows.TryGetValue((typeof(T), owner, id), out var history) ? Read((T?)history[^1]) : null);
    }

    public Task<T?> FindVersion<T>(TenantId owner, string id, long version, CancellationToken stop = default) where T : class, ISetting
    {
        BeforeRead?.Invoke();
        lock (gate) return Task.FromResult(rows.TryGetValue((typeof(T), owner, id), out var history) ? (T?)history.Find(s => s?.Version == version) : null);
    }

    public Task<Page<T>> List<T>(TenantId owner, string? after, int limit, CancellationToken stop = default) where T : class, ISetting
    {
        BeforeRead?.Invoke();
        return Task.FromResult(PageOf(Rows<T>(owner), after, limit));
    }

    /// <summary>By the ids alone.</summary>
    public Task<Page<T>> Search<T>(TenantId owner, string text, string? after, int limit, CancellationToken stop = default) where T : class, ISetting
    {
        BeforeRead?.Invoke();
        return Task.FromResult(PageOf(Rows<T>(owner).Where(row => row.Id.Contains(text, StringComparison.OrdinalIgnoreCase)), after, limit));
    }

    public Task<Page<NumberSettings>> NumbersOf(TenantId tenant, string? after, int limit, CancellationToken stop = default)
    {
        BeforeRead?.Invoke();
        return Task.FromResult(PageOf(Rows<NumberSettings>(TenantId.Operator).Where(n => n.Tenant == tenant), after, limit));
    }

    public Task<TrunkSettings?> FirstTrunkOut(CancellationToken stop = default)
    {
        BeforeRead?.Invoke();
        return Task.FromResult(Read(Rows<TrunkSettings>(TenantId.Operator).FirstOrDefault(t => t.Outbound is not null)));
    }

    /// <summary>Present rows by id.</summary>
    List<T> Rows<T>(TenantId owner) where T : class, ISetting
    {
        lock (gate) return rows.Where(r => r.Key.Item1 == typeof(T) && r.Key.Item2 == owner && r.Value[^1] is not null).OrderBy(r => r.Key.Item3, StringComparer.Ordinal).Select(r => (T)r.Value[^1]!).ToList();
    }

    Page<T> PageOf<T>(IEnumerable<T> inOrder, string? after, int limit) where T : class, ISetting
    {
        var all = inOrder.Where(s => after is null || string.CompareOrdinal(s.Id, after) > 0).Take(limit + 1).ToList();
        RowsRead += all.Count;
        return new(all.Take(limit).ToItems(), all.Count > limit ? all[limit - 1].Id : null);
    }

    T? Read<T>(T? row) where T : class
    {
        if (row is not null) RowsRead++;
        return row;
    }

    public Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default)
    {
        lock (gate) return Task.FromResult(rows.Values.Select(h => h[^1]).OfType<TenantSettings>().FirstOrDefault(t => t.Domain == domain));
    }

    public Task<Written<T>> Put<T>(T setting, Author author, long? expectedVersion = null, CancellationToken stop = default) where T : class, ISetting
    {
        lock (gate)
        {
            var known = rows.TryGetValue((typeof(T), setting.Owner, setting.Id), out var history) ? history[^1]?.Version ?? 0 : 0;
            return Task.FromResult(expectedVersion is { } expected && expected != known
                ? new Written<T>(null, new(RefusalCode.StaleVersion, $"version {known} is in force"))
                : new Written<T>((T)Write(setting), null));
        }
    }

    public Task<Refusal?> PutMany(IReadOnlyList<ISetting> settings, Author author, CancellationToken stop = default)
    {
        lock (gate)
            foreach (var setting in settings) Write(setting);
        return Task.FromResult<Refusal?>(null);
    }

    public Task<Refusal?> Delete<T>(TenantId owner, string id, Author author, CancellationToken stop = default) where T : class, ISetting
    {
        lock (gate)
        {
            if (!rows.TryGetValue((typeof(T), owner, id), out var history) || history[^1] is null) return Task.FromResult<Refusal?>(new(RefusalCode.NotFound, "there is none"));
            history.Add(null);
            Notify(typeof(T), owner, id, history.Count); // to be deleted is a version too
            return Task.FromResult<Refusal?>(null);
        }
    }

    public Task<bool> IsEmpty(CancellationToken stop = default)
    {
        lock (gate) return Task.FromResult(rows.Count == 0);
    }

    public async IAsyncEnumerable<ConfigurationNotice> Notices([EnumeratorCancellation] CancellationToken stop)
    {
        while (await notices.Reader.WaitToReadAsync(stop))
        {
            BeforeRead?.Invoke();
            if (notices.Reader.TryRead(out var notice)) yield return notice;
        }
    }

    public Task CaughtUp => Task.CompletedTask;

    public Task Done(ConfigurationNotice notice, CancellationToken stop = default)
    {
        lock (gate) Carried++;
        return Task.CompletedTask;
    }

    /// <summary>Notices that are not struck off.</summary>
    public long Open
    {
        get
        {
            lock (gate) return last - Carried;
        }
    }

    ISetting Write(ISetting setting)
    {
        var key = (setting.GetType(), setting.Owner, setting.Id);
        if (!rows.TryGetValue(key, out var history)) rows[key] = history = [];
        var version = history.Count + 1;
        var stored = WithVersion(setting, version);
        history.Add(stored);
        Notify(setting.GetType(), setting.Owner, setting.Id, version);
        return stored;
    }

    void Notify(Type kind, TenantId owner, string id, long version) => notices.Writer.TryWrite(new(++last, kind.Name, owner, id, version));

    static ISetting WithVersion(ISetting setting, long version)
    {
        // a record's copy method and its init-only property: what "with" compiles to
        var copy = (ISetting)setting.GetType().GetMethod("<Clone>$")!.Invoke(setting, null)!;
        setting.GetType().GetProperty(nameof(ISetting.Version))!.SetValue(copy, version);
        return copy;
    }
}
