using System.Net;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain.Tenants;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>Whose a host is: a tenant's, the operator's, or nobody's.</summary>
internal sealed class HostDirectory(GatewayOptions options, IConfigurationStore store)
{
    private readonly HashSet<string> own = new(options.OperatorHosts, StringComparer.OrdinalIgnoreCase) { "localhost" };

    /// <summary>Null: nobody's.</summary>
    public async Task<HostOwner?> Of(HostString host, CancellationToken stop)
    {
        var name = host.Host.TrimEnd('.').ToLowerInvariant(); // a full name may end with a dot (RFC 1034 §3.1)
        if (own.Contains(name) || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))) return new(null);
        return name.Length > 0 && await store.FindTenantByDomain(name, stop) is { } tenant ? new(tenant) : null;
    }
}

/// <param name="Tenant">Null: the operator.</param>
internal sealed record HostOwner(TenantSettings? Tenant);
