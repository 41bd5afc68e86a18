using CallCenter.Contracts.Configuration;
using CallCenter.Domain;
using CallCenter.Domain.Numbers;
using CallCenter.Domain.Tenants;

namespace CallCenter.Gateway.Tests.Fakes;

/// <summary>A configuration that refuses every question but whose a host is.</summary>
internal abstract class HostsOnly : IConfigurationStore
{
    public abstract Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default);

    public Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<T?> FindVersion<T>(TenantId owner, string id, long version, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<Page<T>> List<T>(TenantId owner, string? after, int limit, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<Page<T>> Search<T>(TenantId owner, string text, string? after, int limit, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<Page<NumberSettings>> NumbersOf(TenantId tenant, string? after, int limit, CancellationToken stop = default) => throw new NotSupportedException();
    public Task<TrunkSettings?> FirstTrunkOut(CancellationToken stop = default) => throw new NotSupportedException();
    public Task<Written<T>> Put<T>(T setting, Author author, long? expectedVersion = null, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<Refusal?> PutMany(IReadOnlyList<ISetting> settings, Author author, CancellationToken stop = default) => throw new NotSupportedException();
    public Task<Refusal?> Delete<T>(TenantId owner, string id, Author author, CancellationToken stop = default) where T : class, ISetting => throw new NotSupportedException();
    public Task<bool> IsEmpty(CancellationToken stop = default) => throw new NotSupportedException();
    public IAsyncEnumerable<ConfigurationNotice> Notices(CancellationToken stop) => throw new NotSupportedException();
    public Task CaughtUp => throw new NotSupportedException();

    public Task Done(ConfigurationNotice notice, CancellationToken stop = default) => throw new NotSupportedException();
}
