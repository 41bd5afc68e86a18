namespace CallCenter.Grains.Edges;

/// <summary>Keeps the reference by which others reach an edge. In memory only: the edge says it anew every 10 s.</summary>
sealed class EdgeGrain(TimeProvider clock) : Grain, IEdgeGrain
{
    /// <summary>An edge that was not heard of for so long (three of its words) is not known any more.</summary>
    public static readonly TimeSpan Known = TimeSpan.FromSeconds(35);

    EdgePresence? present;
    DateTimeOffset heardAt;

    public Task Subscribe(IEdgeObserver edge, long epoch, DateTimeOffset? lastAlive)
    {
        if (present is not null && epoch < present.Epoch) return Task.CompletedTask; // an older start speaks late
        (present, heardAt) = (new(epoch, edge, lastAlive), clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<EdgePresence?> Present() => Task.FromResult(clock.GetUtcNow() - heardAt < Known ? present : null);
}
