using Orleans.Concurrency;

namespace CallCenter.Contracts.Routing;

/// <summary>One routing pool: matches waiting contacts with free agents. Key: owner/pool. Soft state: it awaits no storage.</summary>
[Alias("IRoutingGrain")]
public interface IRoutingGrain : IGrainWithStringKey
{
    [Alias("Tell")] Task Tell(Letter<RoutingEvent> letter);

    [Alias("Live"), ReadOnly] Task<QueueLive> Live(QueueRef queue);

    /// <summary>
    /// The figures of every queue that routing has heard of; from now on the watcher is told what changes, for 30 s: it says so anew before they are over.
    /// </summary>
    /// <param name="id">Replaces the watcher that gave the same before.</param>
    [Alias("Watch")] Task<Items<QueueTold>> Watch(string id, IQueueWatcher watcher);
}

/// <summary>A queue's figures at this moment.</summary>
/// <param name="Waiting">Contacts in the queue, those on offer included.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
/// <param name="AgentsSignedIn">Agents of this queue who are signed in.</param>
/// <param name="AgentsFree">Of these, who could take a contact now.</param>
[GenerateSerializer, Immutable, Alias("QueueLive")]
public sealed record QueueLive([property: Id(0)] int Waiting, [property: Id(1)] DateTimeOffset? OldestSince, [property: Id(2)] int AgentsSignedIn, [property: Id(3)] int AgentsFree);
