using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Queues;

/// <summary>One queue's settings, in memory, told to the routing pools that serve it.</summary>
sealed class QueueGrain(IConfigurationStore store, TimeProvider clock, Epochs epochs, ILogger<QueueGrain> log) : SpeakingGrain(SenderKind.Queue, clock, epochs, log), IQueueGrain
{
    readonly HashSet<(TenantId Owner, PoolId Pool)> pools = [];
    QueueSettings? settings;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        settings = await Read(cancellationToken);
    }

    public Task<QueueSettings?> Settings() => Task.FromResult(settings);

    public Task Introduce(TenantId poolOwner, PoolId pool)
    {
        pools.Add((poolOwner, pool));
        Tell(poolOwner, pool);
        Outbox.Flush();
        return Task.CompletedTask;
    }

    public async Task Refresh()
    {
        settings = await Read(CancellationToken.None);
        if (pools.Count == 0) pools.Add((Owner, PoolId.Default)); // this activation was not introduced yet; the pool may know the old settings
        foreach (var (owner, pool) in pools) Tell(owner, pool);
        Outbox.Flush();
    }

    Task<QueueSettings?> Read(CancellationToken stop) => store.Find<QueueSettings>(Owner, GrainKeys.Name(Key), stop);

    void Tell(TenantId owner, PoolId pool)
    {
        if (settings is null) return;
        var terms = new OfferTerms(settings.Queue, TimeSpan.FromSeconds(settings.RingSeconds), settings.Recording, checked((int)settings.Version));
        Outbox.To<RoutingEvent, IGrainFactory>(SenderKind.Routing, $"{owner}/{pool}", GrainFactory, grains => grains.Routing(owner, pool).Tell).Put(new QueueIs(Now(), Owner, terms, settings.Skills));
    }
}
