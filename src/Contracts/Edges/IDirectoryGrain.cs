using Orleans.Concurrency;

namespace CallCenter.Contracts.Edges;

/// <summary>What an edge must know before it can name a tenant: domains and trunks. Key: operator/directory; kept in memory, read anew at each change.</summary>
[Alias("IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The tenant whose SIP domain that is; null if it is nobody's.</summary>
    [Alias("TenantOf"), ReadOnly] Task<TenantId?> TenantOf(string domain);

    /// <summary>The tenant's SIP domain, which is the realm of its phones; null if there is no such tenant.</summary>
    [Alias("DomainOf"), ReadOnly] Task<string?> DomainOf(TenantId tenant);

    /// <summary>The trunk that accepts calls from that IP address; null if none does.</summary>
    [Alias("TrunkOf"), ReadOnly] Task<string?> TrunkOf(string address);

    /// <summary>The way out over that trunk; null if there is no such trunk. Not for logs: may hold a password.</summary>
    [Alias("WayOut"), ReadOnly] Task<TrunkWay?> WayOut(string trunk);

    /// <summary>The trunks that want to be asked whether they are there.</summary>
    [Alias("Probed"), ReadOnly] Task<Items<TrunkProbe>> Probed();

    /// <summary>False while nothing new ought to begin, since it could not be stored (<see cref="IJournal.CanWrite"/>).</summary>
    [Alias("TakesCalls"), ReadOnly] Task<bool> TakesCalls();

    /// <summary>The same, tried now (<see cref="IJournal.CanWriteNow"/>): for an emergency call.</summary>
    [Alias("TakesCallsNow"), AlwaysInterleave] Task<bool> TakesCallsNow();

    /// <summary>The same as the tenant's own (<see cref="Tenants.ITenantGrain.EmergencyWay"/>), where that cannot be read: any trunk, and no number to show.</summary>
    [Alias("EmergencyWay"), ReadOnly] Task<Tenants.EmergencyWay?> EmergencyWay(string dialled);

    /// <summary>An edge says how it is: every 10 s, and when it begins or ends to drain.</summary>
    [Alias("Report")] Task Report(EdgeReport report);

    /// <summary>What each edge last said; one that was silent for a day is forgotten.</summary>
    [Alias("Edges"), ReadOnly] Task<Items<EdgeReport>> Edges();

    [Alias("Refresh")] Task Refresh();
}

/// <summary>How calls leave by a trunk.</summary>
/// <param name="Target">host:port.</param>
/// <param name="User">The account that answers the trunk's challenges; null if it knows us by our address.</param>
/// <param name="Srtp">Whether its audio is secured.</param>
[GenerateSerializer, Immutable, Alias("TrunkWay")]
public sealed record TrunkWay([property: Id(0)] string Target, [property: Id(1)] string? User = null, [property: Id(2)] Secret? Password = null, [property: Id(3)] SrtpUse Srtp = SrtpUse.Off);
