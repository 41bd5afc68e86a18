using CallCenter.Api.Desk;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Live;

/// <summary>How things are in one tenant: what a client sees before it hears what changes.</summary>
internal sealed class LiveBoards(QueueBoard queues, AgentBoard agents, DeskBoard desks, LiveJson json, TimeProvider time)
{
    /// <summary>Of many clients that come at once, after a restart, all read the same: what happened since follows as events.</summary>
    private static readonly TimeSpan Shared = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Dictionary<(bool Queues, bool Agents), (Task<LiveStart> Start, LivePosition From, long At)> starts = [];

    public QueueBoard Queues => queues;

    public AgentBoard Agents => agents;

    public DeskBoard Desks => desks;

    /// <param name="now">A position from which everything is told that happens while the boards are read.</param>
    public Task<LiveStart> Start(LivePosition now, LiveView view, CancellationToken stop)
    {
        if (view.Agent is not null || view.Led is not null) return Read(now, view, stop);
        var key = (view.Has(LiveTopic.Queues), view.Has(LiveTopic.Agents));
        lock (gate)
        {
            if (starts.TryGetValue(key, out var known) && IsNear(known.From, now) && known.Start is { IsFaulted: false, IsCanceled: false } && time.GetElapsedTime(known.At) < Shared) return known.Start.WaitAsync(stop);
            var start = Read(now, view, CancellationToken.None);
            starts[key] = (start, now, time.GetTimestamp());
            return start.WaitAsync(stop);
        }
    }

    /// <summary>What happened since is remembered, and will be for a while.</summary>
    private static bool IsNear(LivePosition from, LivePosition now) => from.Epoch == now.Epoch && now.Number - from.Number < LiveFeed.Most / 4;

    private async Task<LiveStart> Read(LivePosition now, LiveView view, CancellationToken stop)
    {
        var lines = view.Has(LiveTopic.Queues) ? await queues.All(stop) : null;
        if (view.Led is { } led) lines?.RemoveAll(queue => !led.Has(queue.Queue));
        var desk = view.Has(LiveTopic.Desk) && view.Agent is { } own ? await desks.Look(own, stop) : null;
        return new(now, json.Snapshot(lines, view.Has(LiveTopic.Agents) ? await People(view, stop) : null, desk));
    }

    private async Task<List<PresenceView>> People(LiveView view, CancellationToken stop)
    {
        if (view.Agent is { } agent) return [await agents.One(agent)];
        return view.Led is { } led ? [.. await Task.WhenAll(led.Agents.Select(agents.One))] : await agents.All(stop);
    }
}

/// <param name="Position">Where what is not in the snapshot begins.</param>
internal sealed record LiveStart(LivePosition Position, ReadOnlyMemory<byte> Snapshot);
