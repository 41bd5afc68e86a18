namespace CallCenter.Grains.Edges;

/// <summary>Keeps the reference by which others reach an edge. In memory only: the edge says it anew every 10 s.</summary>
sealed class EdgeGrain(TimeProvider clock) : Grain, IEdgeGrain
{
    /// <summary>An edge that was not heard of for so long (three of its words) is not known any more.</summary>
    public static readonly TimeSpan Known = TimeSpan.FromSeconds(35);

    /// <summary>An edge that is asked whether it lives has this long to answer, and so many times; a good answer is believed for <see cref="Believed"/>.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Believed = TimeSpan.FromSeconds(1);

    const int Asks = 3;

    EdgePresence? present;
    DateTimeOffset heardAt;

    public Task Subscribe(IEdgeObserver edge, long epoch, EdgeReach reach, DateTimeOffset? lastAlive)
    {
        if (present is not null && epoch < present.Epoch) return Task.CompletedTask; // an older start speaks late
        (present, heardAt) = (new(epoch, edge, reach, Gone: false, lastAlive), clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<EdgePresence?> Present() => Task.FromResult(present is { Gone: true } || clock.GetUtcNow() - heardAt < Known ? present : null);

    public async Task<EdgePresence?> Check()
    {
        if (present is not { Gone: false } asked || clock.GetUtcNow() - heardAt < Believed) return await Present();
        for (var i = 0; i < Asks; i++)
        {
            if (!await Lives(asked.Edge)) continue;
            heardAt = clock.GetUtcNow();
            return present;
        }
        if (ReferenceEquals(present, asked)) present = asked with { Gone = true };
        return present;
    }

    public async Task<bool> Drain(bool draining) => await Present() is { Gone: false } asked && await Answers(asked.Edge.Drain(draining));

    Task<bool> Lives(IEdgeObserver edge) => Answers(edge.Ping());

    async Task<bool> Answers(Task asked)
    {
        try
        {
            await asked.WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception) // no answer in time, or no way to it
        {
            return false;
        }
    }
}
