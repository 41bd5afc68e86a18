using System.Collections.Frozen;
using System.Net;
using CallCenter.Contracts.Media;

namespace CallCenter.Grains.Edges;

/// <summary>Domains and trunks in memory; a change of either is read anew as a whole, since both lists are short.</summary>
sealed class DirectoryGrain(IConfigurationStore store, ITenantCipher cipher, IJournal journal, TimeProvider clock, ILogger<DirectoryGrain> log) : Grain, IDirectoryGrain
{
    /// <summary>Nobody should wait longer before an emergency call rings.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>An edge that is silent for so long was taken away.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    readonly Dictionary<EdgeId, EdgeReport> edges = [];
    FrozenDictionary<string, TenantId> tenants = FrozenDictionary<string, TenantId>.Empty;
    FrozenDictionary<TenantId, string> domains = FrozenDictionary<TenantId, string>.Empty;
    FrozenDictionary<string, TrunkWay> ways = FrozenDictionary<string, TrunkWay>.Empty;
    Items<(IPNetwork From, string Trunk)> trunks = [];
    Items<TrunkProbe> probed = [];
    TrunkSettings? firstOut;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Read(cancellationToken);

    public Task<TenantId?> TenantOf(string domain) => Task.FromResult(tenants.TryGetValue(domain, out var tenant) ? tenant : (TenantId?)null);

    public Task<string?> DomainOf(TenantId tenant) => Task.FromResult(domains.GetValueOrDefault(tenant));

    public Task<string?> TrunkOf(string address)
    {
        if (IPAddress.TryParse(address, out var ip))
            foreach (var (from, trunk) in trunks)
                if (from.Contains(ip)) return Task.FromResult<string?>(trunk);
        return Task.FromResult<string?>(null);
    }

    public Task<TrunkWay?> WayOut(string trunk) => Task.FromResult(ways.GetValueOrDefault(trunk));

    public Task<Items<TrunkProbe>> Probed() => Task.FromResult(probed);

    public Task<bool> TakesCalls() => Task.FromResult(journal.CanWrite);

    public Task<bool> TakesCallsNow() => journal.CanWriteNow(Patience);

    public Task<EmergencyWay?> EmergencyWay(string dialled) =>
        Task.FromResult(firstOut is { Outbound: { } outbound } trunk && DialledNumber.IsEmergency(dialled, out var number) ? new EmergencyWay(trunk.Id, number.In(outbound.Format), "") : null);

    public Task Report(EdgeReport report)
    {
        if (edges.GetValueOrDefault(report.Id) is { } before && before.StartedAt > report.StartedAt) return Task.CompletedTask; // an older start speaks late
        edges[report.Id] = report;
        return Task.CompletedTask;
    }

    public Task<Items<EdgeReport>> Edges()
    {
        foreach (var (id, report) in edges)
            if (clock.GetUtcNow() - report.At > Remembered) edges.Remove(id);
        return Task.FromResult(edges.Values.ToItems());
    }

    public Task Refresh() => Read(default);

    async Task Read(CancellationToken stop)
    {
        var firms = await All<TenantSettings>(stop);
        tenants = firms.ToFrozenDictionary(t => t.Domain, t => t.Tenant, StringComparer.OrdinalIgnoreCase);
        domains = firms.ToFrozenDictionary(t => t.Tenant, t => t.Domain);
        var ours = await All<TrunkSettings>(stop);
        ways = ours.ToFrozenDictionary(t => t.Id, Way);
        probed = ours.Where(t => t.Probe).Select(t => new TrunkProbe(t.Id, t.Target)).ToItems();
        firstOut = ours.Where(t => t.Outbound is not null).MinBy(t => t.Id, StringComparer.Ordinal);
        trunks = ours.SelectMany(t => t.AcceptFrom.Select(cidr => (IPNetwork.Parse(cidr), t.Id))).ToItems();
    }

    TrunkWay Way(TrunkSettings trunk)
    {
        var way = new TrunkWay(trunk.Target, Srtp: trunk.Outbound?.Srtp ?? SrtpUse.Off);
        if (trunk.Login is not { } login) return way;
        if (cipher.Open(TenantId.Operator, login.Password) is { } password) return way with { User = login.User, Password = password };
        log.TrunkPasswordUnreadable(trunk.Id);
        return way; // it will refuse us, and say so
    }

    async Task<List<T>> All<T>(CancellationToken stop) where T : class, ISetting
    {
        var all = new List<T>();
        await foreach (var setting in store.All<T>(TenantId.Operator, stop)) all.Add(setting);
        return all;
    }
}
