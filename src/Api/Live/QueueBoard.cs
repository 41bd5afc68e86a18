using System.Collections.Concurrent;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Live;

/// <summary>The figures of a tenant's queues, as its routing tells them.</summary>
internal sealed class QueueBoard : IQueueWatcher, IDisposable
{
    private readonly ConcurrentDictionary<QueueId, QueueLiveView> figures = new();
    private readonly string id = Guid.CreateVersion7().ToString("n");
    private readonly TenantId tenant;
    private readonly IGrainFactory grains;
    private readonly IConfigurationStore store;
    private readonly IQueueWatcher reference;
    private volatile bool known;

    public QueueBoard(TenantId tenant, IGrainFactory grains, IConfigurationStore store)
    {
        (this.tenant, this.grains, this.store) = (tenant, grains, store);
        reference = grains.CreateObjectReference<IQueueWatcher>(this);
    }

    /// <summary>Hears every queue whose figures changed.</summary>
    public Action<QueueLiveView>? Changed { get; set; }

    /// <summary>All queues that the configuration has. One that routing has not heard of is empty.</summary>
    public async Task<List<QueueLiveView>> All(CancellationToken stop)
    {
        if (!known) await Watch();
        var all = new List<QueueLiveView>();
        await foreach (var queue in store.All<QueueSettings>(tenant, stop)) all.Add(figures.GetValueOrDefault(queue.Queue) ?? new(queue.Queue, 0, null, 0, 0));
        return all;
    }

    /// <summary>Says to routing, which may have been started anew, that we watch.</summary>
    public async Task Watch()
    {
        Take(await grains.Routing(tenant, PoolId.Default).Watch(id, reference));
        known = true;
    }

    Task IQueueWatcher.Tell(Items<QueueTold> told)
    {
        Take(told);
        return Task.CompletedTask;
    }

    /// <summary>A pool serves queues of other tenants too; those are not ours to tell.</summary>
    private void Take(Items<QueueTold> told)
    {
        foreach (var (queue, live) in told)
        {
            if (queue.Tenant != tenant) continue;
            var view = new QueueLiveView(queue.Queue, live.Waiting, live.OldestSince, live.AgentsSignedIn, live.AgentsFree);
            if (figures.TryGetValue(queue.Queue, out var before) && before == view) continue;
            figures[queue.Queue] = view;
            Changed?.Invoke(view);
        }
    }

    public void Dispose() => grains.DeleteObjectReference<IQueueWatcher>(reference);
}
