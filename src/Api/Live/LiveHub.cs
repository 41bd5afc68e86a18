using System.Runtime.CompilerServices;
using CallCenter.Api.Resources;
using Microsoft.AspNetCore.SignalR;

namespace CallCenter.Api.Live;

/// <summary>What a client asks to watch.</summary>
/// <param name="Topics">One or more.</param>
/// <param name="Agent">The topics of agents tell of this one only. Who may see no agent but itself must name itself.</param>
/// <param name="After">The position in the last batch that the client has; null = it has nothing.</param>
internal sealed record LiveWish(LiveTopic[]? Topics, AgentId? Agent, LivePosition? After);

/// <summary>
/// Live events at <c>/hubs/live</c>. A client opens a stream by <c>Watch</c>; the first item says how things are (or what was missed), each further one what happened.
/// A client that is slow is told less often and more at once; one that falls behind what is remembered is told to begin anew.
/// </summary>
internal sealed class LiveHub(LiveFeeds feeds, LiveGuests guests, Sessions sessions, IConfigurationStore store, TimeProvider time) : Hub
{
    public const string Pattern = "/hubs/live";

    /// <summary>Rights are looked at when something was done to them (<see cref="LiveGuests"/>), and also where nobody said so before anything is told that long after the last look.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    /// <summary>Streams of one connection at the same time: a page watches with one or two.</summary>
    public const int MostStreams = 8;

    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(SemaphoreSlim)] = new SemaphoreSlim(MostStreams);
        Context.Items[typeof(LiveGuest)] = guests.Enter(new(Context, Http, Http.Features.Get<Caller>() ?? throw new InvalidOperationException("nobody came through the door")) { Since = time.GetTimestamp() });
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(typeof(LiveGuest), out var guest)) guests.Leave((LiveGuest)guest!);
        return Task.CompletedTask;
    }

    private HttpContext Http => Context.GetHttpContext() ?? throw new InvalidOperationException("there is no request");

    public async IAsyncEnumerable<LiveBatch> Watch(LiveWish wish, [EnumeratorCancellation] CancellationToken stop)
    {
        if (wish.Topics is not { Length: > 0 } topics) throw new HubException("invalid");
        var (http, guest) = (Http, (LiveGuest)Context.Items[typeof(LiveGuest)]!);
        var doubts = guest.Doubts;
        var caller = await Admit(http, topics, wish.Agent, stop);
        var (looked, view) = (time.GetTimestamp(), new LiveView([.. topics.Distinct()], wish.Agent, caller.Led));
        var streams = (SemaphoreSlim)Context.Items[typeof(SemaphoreSlim)]!;
        if (!await streams.WaitAsync(TimeSpan.Zero, stop)) throw new HubException("tooMany");
        var feed = feeds.Enter(caller.Tenant);
        guest.Begins();
        try
        {
            var at = wish.After;
            for (var first = true; ; first = false)
            {
                var news = feed.News;
                var batch = (at is null ? null : feed.After(at, view)) ?? await Begin(feed, view, at, stop);
                var more = batch.Position.Number < feed.Now.Number;
                if (doubts != guest.Doubts || time.GetElapsedTime(looked) > Trust)
                {
                    doubts = guest.Doubts;
                    var admitted = await Admit(http, topics, wish.Agent, stop);
                    if (admitted.Tenant != caller.Tenant) throw new HubException("notAuthenticated");
                    looked = time.GetTimestamp();
                    if (!Equals(admitted.Led, view.Led)) // the teams have changed: what was shown may not be the watcher's any more
                    {
                        (view, at) = (view with { Led = admitted.Led }, null);
                        continue;
                    }
                }
                at = batch.Position;
                if (first || batch.Reset != LiveReset.None || batch.Events.Count > 0) yield return batch;
                if (!more) await news.WaitAsync(stop);
            }
        }
        finally
        {
            feed.Leave();
            guest.Ends();
            streams.Release();
        }
    }

    /// <exception cref="HubException">Its message is the code that problem details would have.</exception>
    private async Task<Caller> Admit(HttpContext http, LiveTopic[] topics, AgentId? agent, CancellationToken stop)
    {
        if (await sessions.Find(http) is not { } caller) throw new HubException("notAuthenticated");
        foreach (var topic in topics)
        {
            var demand = LiveTopics.Demand(topic);
            if (!caller.May(demand)) throw new HubException("forbidden");
            if (!LiveTopics.IsOfAgents(topic)) continue;
            if (agent is null && RightsTable.OnlyOwn(caller.Role, demand.Resource)) throw new HubException("forbidden");
            if (agent is { } one && (await store.FindAgent(caller, one, demand.Resource, stop)).Refusal is { } refusal) throw new HubException(Names.Of(refusal.Code));
        }
        return caller;
    }

    private static async Task<LiveBatch> Begin(LiveFeed feed, LiveView view, LivePosition? missed, CancellationToken stop)
    {
        var start = await feed.Boards.Start(feed.Now, view, stop);
        return new(start.Position, missed is null ? LiveReset.New : LiveReset.TooOld, start.Snapshot, []);
    }
}
