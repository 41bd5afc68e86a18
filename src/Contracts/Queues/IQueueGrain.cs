using Orleans.Concurrency;

namespace CallCenter.Contracts.Queues;

/// <summary>One queue's settings. Key: tenant/queue.</summary>
[Alias("IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Null if there is no such queue.</summary>
    [Alias("Settings"), ReadOnly] Task<QueueSettings?> Settings();

    /// <summary>A routing pool asks for the settings; they are told to it now and at each change.</summary>
    [Alias("Introduce")] Task Introduce(TenantId poolOwner, PoolId pool);

    [Alias("Refresh")] Task Refresh();
}
