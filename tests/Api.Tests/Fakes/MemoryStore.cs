using CallCenter.Domain.Hours;
using System.Runtime.CompilerServices;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>Configuration in memory, with the versions and refusals of the real one.</summary>
internal sealed class MemoryStore : IConfigurationStore
{
    private readonly Lock turn = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Kind, string Owner, string Id, long Version), ISetting> versions = new();
    private readonly SortedDictionary<(string Kind, string Owner, string Id), ISetting> rows = [];

    /// <summary>Where writes are noted, as the real store does.</summary>
    public MemoryAccess? Log { get; set; }

    /// <summary>The database cannot be reached.</summary>
    public bool Gone { get; set; }

    /// <summary>All rows of an owner as one text, to see whether anything changed.</summary>
    public string Snapshot(TenantId owner)
    {
        lock (turn) return string.Join('\n', rows.Where(row => row.Key.Owner == owner.Value || row.Value is NumberSettings number && number.Tenant == owner || row.Value is TenantSettings tenant && tenant.Tenant == owner || row.Value is DialCeiling ceiling && ceiling.Tenant == owner || row.Value is CustomDomain domain && domain.Tenant == owner).Select(row => row.Value));
    }

    public void Add(params ISetting[] settings)
    {
        lock (turn)
            foreach (var setting in settings) Write(setting);
    }

    public Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class, ISetting
    {
        if (Gone) throw new StorageOutageException("the database does not answer");
        lock (turn) return Task.FromResult(rows.GetValueOrDefault((typeof(T).Name, owner.Value, id)) as T);
    }

    public async Task<T?> FindVersion<T>(TenantId owner, string id, long version, CancellationToken stop = default) where T : class, ISetting =>
        await Find<T>(owner, id, stop) is { } found && found.Version == version ? found : versions.GetValueOrDefault((typeof(T).Name, owner.Value, id, version)) as T;

    public Task<Page<T>> List<T>(TenantId owner, string? after, int limit, CancellationToken stop = default) where T : class, ISetting
    {
        lock (turn)
        {
            var found = rows.Values.OfType<T>().Where(row => row.Owner == owner && (after is null || string.CompareOrdinal(row.Id, after) > 0)).OrderBy(row => row.Id, StringComparer.Ordinal).Take(limit + 1).ToList();
            return Task.FromResult(new Page<T>(found.Take(limit).ToItems(), found.Count > limit ? found[limit - 1].Id : null));
        }
    }

    public async Task<Page<T>> Search<T>(TenantId owner, string text, string? after, int limit, CancellationToken stop = default) where T : class, ISetting
    {
        var all = await List<T>(owner, after, int.MaxValue - 1, stop);
        var found = all.Items.Where(row => Words(row).Any(word => word?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)).ToItems();
        return found.Count > limit ? new(found.Take(limit).ToItems(), found[limit - 1].Id) : new(found, null);
    }

    private static string?[] Words(ISetting setting) => setting switch
    {
        UserAccount user => [user.Id, user.Name, user.Email],
        AgentSettings agent => [agent.Id, agent.Name, agent.User, agent.Extension, agent.StaffNumber],
        _ => [setting.Id],
    };

    public async Task<Page<NumberSettings>> NumbersOf(TenantId tenant, string? after, int limit, CancellationToken stop = default)
    {
        var all = await List<NumberSettings>(TenantId.Operator, after, int.MaxValue - 1, stop);
        var own = all.Items.Without(number => number.Tenant != tenant);
        return own.Count > limit ? new(own.Take(limit).ToItems(), own[limit - 1].Id) : new(own, null);
    }

    public async Task<Page<CustomDomain>> DomainsOf(TenantId tenant, string? after, int limit, CancellationToken stop = default)
    {
        var own = (await List<CustomDomain>(TenantId.Operator, after, int.MaxValue - 1, stop)).Items.Without(domain => domain.Tenant != tenant);
        return own.Count > limit ? new(own.Take(limit).ToItems(), own[limit - 1].Id) : new(own, null);
    }

    public Task<TrunkSettings?> FirstTrunkOut(CancellationToken stop = default) => throw new NotSupportedException();

    public Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default)
    {
        lock (turn)
        {
            var custom = rows.Values.OfType<CustomDomain>().FirstOrDefault(one => one.Id == domain);
            return Task.FromResult(rows.Values.OfType<TenantSettings>().FirstOrDefault(tenant => tenant.Domain == domain || tenant.Tenant == custom?.Tenant));
        }
    }

    public Task<Written<T>> Put<T>(T setting, Author author, long? expectedVersion = null, CancellationToken stop = default) where T : class, ISetting
    {
        lock (turn)
        {
            var now = rows.GetValueOrDefault(Key(setting))?.Version ?? 0;
            if (expectedVersion is { } expected && expected != now) return Task.FromResult(new Written<T>(null, new(RefusalCode.StaleVersion, "Somebody else was faster")));
            return Task.FromResult(new Written<T>((T)Write(setting), null));
        }
    }

    public Task<Refusal?> PutMany(IReadOnlyList<ISetting> settings, Author author, CancellationToken stop = default)
    {
        Add([.. settings]);
        return Task.FromResult<Refusal?>(null);
    }

    public Task<Refusal?> Delete<T>(TenantId owner, string id, Author author, CancellationToken stop = default) where T : class, ISetting
    {
        lock (turn)
        {
            if (!rows.Remove((typeof(T).Name, owner.Value, id))) return Task.FromResult<Refusal?>(new(RefusalCode.NotFound, "There is no such row"));
            Log?.Wrote(typeof(T).Name, owner, id);
            return Task.FromResult<Refusal?>(null);
        }
    }

    public Task<bool> IsEmpty(CancellationToken stop = default) => Task.FromResult(rows.Count == 0);

    public async IAsyncEnumerable<ConfigurationNotice> Notices([EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        yield break;
    }

    /// <summary>As if the grains took so long to hear of a change.</summary>
    public Task CaughtUp { get; set; } = Task.CompletedTask;

    public Task Done(ConfigurationNotice notice, CancellationToken stop = default) => Task.CompletedTask;

    private ISetting Write(ISetting setting)
    {
        var version = (rows.GetValueOrDefault(Key(setting))?.Version ?? 0) + 1;
        Log?.Wrote(setting.GetType().Name, setting.Owner, setting.Id);
        return rows[Key(setting)] = versions[(setting.GetType().Name, setting.Owner.Value, setting.Id, version)] = setting switch
        {
            TenantSettings s => s with { Version = version },
            UserAccount s => s with { Version = version },
            ApiKey s => s with { Version = version },
            QueueSettings s => s with { Version = version },
            AgentSettings s => s with { Version = version },
            ExtensionSettings s => s with { Version = version },
            FlowSettings s => s with { Version = version },
            NumberSettings s => s with { Version = version },
            TrunkSettings s => s with { Version = version },
            CallCenter.Domain.Summaries.CallTypes s => s with { Version = version },
            CallCenter.Domain.Summaries.ScriptCard s => s with { Version = version },
            DialSettings s => s with { Version = version },
            DialCeiling s => s with { Version = version },
            AccessPolicy s => s with { Version = version },
            HoursSettings s => s with { Version = version },
            PromptSettings s => s with { Version = version },
            CallCenter.Domain.Teams.TeamSettings s => s with { Version = version },
            PresenceReasons s => s with { Version = version },
            StationRules s => s with { Version = version },
            Branding s => s with { Version = version },
            CustomDomain s => s with { Version = version },
            HostCertificate s => s with { Version = version },
            Domain.WebCalls.WebCallSettings s => s with { Version = version },
            Domain.Desk.CtiSettings s => s with { Version = version },
            IdentityProvider s => s with { Version = version },
            _ => throw new ArgumentException($"unknown setting {setting.GetType().Name}", nameof(setting)),
        };
    }

    private static (string, string, string) Key(ISetting setting) => (setting.GetType().Name, setting.Owner.Value, setting.Id);
}
