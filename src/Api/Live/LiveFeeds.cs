using CallCenter.Api.Desk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Api.Live;

/// <summary>The feeds of the tenants that somebody watches. A tenant that nobody watches costs nothing.</summary>
internal sealed class LiveFeeds(ICommittedFacts committed, IGrainFactory grains, IConfigurationStore store, DeskOffers offers, IOptions<JsonOptions> options, TimeProvider time, ILogger<LiveFeeds> log) : BackgroundService
{
    /// <summary>Between two looks at who is still there; routing forgets those who do not say anew that they watch.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, LiveFeed> feeds = [];
    private readonly LiveJson json = new(options.Value.SerializerOptions);

    /// <summary>The tenant's feed, to be left again.</summary>
    public LiveFeed Enter(TenantId tenant)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(tenant, out var feed)) feeds[tenant] = feed = Open(tenant);
            feed.Enter();
            return feed;
        }
    }

    /// <summary>Lets the streams of a tenant look, whether or not there is news.</summary>
    public void Wake(TenantId tenant) => Find(tenant)?.WakeAll();

    /// <summary>An agent's station is not what it was.</summary>
    public void StationTurned(TenantId tenant, AgentId agent, string why) => Find(tenant)?.Boards.Desks.Turned(agent, why);

    private LiveFeed Open(TenantId tenant)
    {
        var queues = new QueueBoard(tenant, grains, store);
        LiveFeed feed = null!;
        var desks = new DeskBoard(tenant, grains, offers, () => feed, log);
        feed = new(tenant, new(queues, new(tenant, grains, store, time, log), desks, json, time), json, time);
        queues.Changed = feed.Told;
        return feed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Follow(stoppingToken), GoRound(stoppingToken));

    private async Task Follow(CancellationToken stop)
    {
        await foreach (var facts in committed.Follow(stop).ConfigureAwait(false))
        {
            if (facts.Lost) ForgetAll();
            if (Find(facts.Subject.Owner) is { } feed) Tell(feed, facts);
            TellOthers(facts);
        }
    }

    /// <summary>Agents of the operator stand on the boards of the firms that they serve, and have these firms' calls at their desks.</summary>
    private void TellOthers(CommittedFacts facts)
    {
        var operators = facts.Subject.Owner == TenantId.Operator;
        if (facts.Subject.Kind == SubjectKind.Call && !operators) Find(TenantId.Operator)?.Boards.Desks.Told(new Contact(facts.Subject.Owner, new(facts.Subject.Name)), facts.Facts);
        if (facts.Subject.Kind != SubjectKind.Agent || !operators) return;
        var agent = new AgentRef(TenantId.Operator, new(facts.Subject.Name));
        foreach (var feed in All())
            if (feed.Tenant != TenantId.Operator) feed.Boards.Agents.Changed(agent.In(feed.Tenant), feed.Told);
    }

    private static void Tell(LiveFeed feed, CommittedFacts facts)
    {
        if (facts.Subject.Kind == SubjectKind.Call)
        {
            feed.Told(facts);
            feed.Boards.Desks.Told(new Contact(feed.Tenant, new(facts.Subject.Name)), facts.Facts);
        }
        else if (facts.Subject.Kind == SubjectKind.Agent)
        {
            feed.Boards.Desks.Told(new AgentId(facts.Subject.Name), facts.Facts);
            feed.Boards.Agents.Changed(new(facts.Subject.Name), feed.Told);
        }
    }

    private LiveFeed? Find(TenantId tenant) { lock (gate) return feeds.GetValueOrDefault(tenant); }

    private LiveFeed[] All() { lock (gate) return [.. feeds.Values]; }

    private void ForgetAll()
    {
        log.FactsMissed();
        foreach (var feed in All()) feed.Forget();
    }

    private async Task GoRound(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            foreach (var feed in All())
                if (!Close(feed)) await Renew(feed);
    }

    private bool Close(LiveFeed feed)
    {
        lock (gate)
        {
            if (!feed.IsOver) return false;
            feeds.Remove(feed.Tenant);
        }
        feed.Boards.Queues.Dispose();
        return true;
    }

    private async Task Renew(LiveFeed feed)
    {
        feed.WakeAll(); // whoever may not watch any more is shown out
        try
        {
            await feed.Boards.Queues.Watch();
        }
        catch (Exception fault) // an outage; the next round tries again
        {
            log.QueuesNotWatched(feed.Tenant.Value, fault.GetType().Name);
        }
    }
}

internal static partial class LiveLog
{
    [LoggerMessage(4101, LogLevel.Warning, "Live: more was committed than could be told; clients read anew")]
    public static partial void FactsMissed(this ILogger log);

    [LoggerMessage(4102, LogLevel.Warning, "Live: the queues of {Tenant} could not be watched ({Why}); trying again")]
    public static partial void QueuesNotWatched(this ILogger log, string tenant, string why);

    [LoggerMessage(4104, LogLevel.Warning, "Live: whether rights of {Tenant} have changed could not be read ({Why}); trying again")]
    public static partial void RightsNotRead(this ILogger log, string tenant, string why);

    [LoggerMessage(4103, LogLevel.Warning, "Live: agent {Agent} of {Tenant} could not be looked at ({Why}); trying again")]
    public static partial void AgentNotSeen(this ILogger log, string tenant, string agent, string why);
}
