using Orleans.Concurrency;

namespace CallCenter.Contracts.Routing;

/// <summary>Is told what changes in the queues of a pool. No turn of routing waits for it.</summary>
[Alias("IQueueWatcher")]
public interface IQueueWatcher : IGrainObserver
{
    /// <summary>The figures of those queues in which something changed; at most four times a second.</summary>
    [Alias("Tell"), OneWay] Task Tell(Items<QueueTold> told);
}

[GenerateSerializer, Immutable, Alias("QueueTold")]
public sealed record QueueTold([property: Id(0)] QueueRef Queue, [property: Id(1)] QueueLive Live);
