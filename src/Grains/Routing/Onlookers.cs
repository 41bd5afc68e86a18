namespace CallCenter.Grains.Routing;

/// <summary>Those who want to be told what changes in a pool's queues. Without one of them nothing is compared and nothing told.</summary>
sealed class Onlookers
{
    /// <summary>Who does not say anew that it watches within this time is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Figures change with each call; people read four a second at most.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    readonly Dictionary<string, (IQueueWatcher Watcher, DateTimeOffset Until)> watchers = [];
    readonly Dictionary<QueueRef, QueueLive> told = [];
    DateTimeOffset next;

    public bool Any => watchers.Count > 0;

    public static QueueLive Figures(RoutingMachine machine, QueueRef queue)
    {
        var figures = machine.Look(queue);
        return new(figures.Waiting, figures.OldestSince, figures.SignedIn, figures.Free);
    }

    public Items<QueueTold> Watch(string id, IQueueWatcher watcher, RoutingMachine machine, DateTimeOffset now)
    {
        Tell(machine, now); // those who watched before are to hear what this one sees
        watchers[id] = (watcher, now + Lease);
        return told.Select(queue => new QueueTold(queue.Key, queue.Value)).ToItems();
    }

    /// <summary>Something may have changed: it is told now, or at the instant that is given back.</summary>
    public DateTimeOffset? Turn(RoutingMachine machine, DateTimeOffset now)
    {
        if (now < next && next - now <= Pace) return next;
        Tell(machine, now);
        return null;
    }

    void Tell(RoutingMachine machine, DateTimeOffset now)
    {
        next = now + Pace;
        var changed = Changed(machine);
        foreach (var (id, (watcher, until)) in watchers)
            if (until < now) watchers.Remove(id);
            else if (!changed.IsEmpty) _ = watcher.Tell(changed); // one way: it completes when it is sent
    }

    Items<QueueTold> Changed(RoutingMachine machine)
    {
        var changed = new List<QueueTold>();
        foreach (var queue in machine.Queues)
        {
            var figures = Figures(machine, queue);
            if (told.TryGetValue(queue, out var before) && before == figures) continue;
            told[queue] = figures;
            changed.Add(new(queue, figures));
        }
        return changed.ToItems();
    }
}
