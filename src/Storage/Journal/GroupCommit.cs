using System.Diagnostics;

namespace CallCenter.Storage.Journal;

/// <summary>
/// Gathers items and hands them in groups to one dedicated thread: one durable transaction for all who wait. An urgent
/// item begins a group at once if the last one began longer ago than the gap, else when the gap is over; an item that rides along goes
/// with the next group, or begins one when it has lain long enough.
/// </summary>
internal sealed class GroupCommit<T> : IDisposable
{
    private readonly object gate = new(); // Monitor, not Lock: the thread waits on it
    private readonly Action<List<T>> commit;
    private readonly long gap, rideAlong; // in ticks of Stopwatch: real waits need the real clock
    private readonly Thread thread;
    private List<T> waiting = [], spare = [];
    private long oldest, began;
    private bool urgent, nudged, stopping;

    /// <param name="commit">Called on the thread, one group at a time; it must tell each item's waiter and throw nothing.</param>
    public GroupCommit(string name, Pace pace, Action<List<T>> commit)
    {
        this.commit = commit;
        gap = Ticks(pace.Gap);
        rideAlong = Ticks(pace.RideAlong);
        began = Stopwatch.GetTimestamp() - gap;
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <exception cref="ObjectDisposedException">It was stopped.</exception>
    public void Add(T item, Urgency urgency)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            if (waiting.Count == 0) oldest = Stopwatch.GetTimestamp();
            waiting.Add(item);
            if (urgency == Urgency.Now) Urge();
            else if (waiting.Count == 1) Monitor.Pulse(gate);
        }
    }

    /// <summary>Somebody waits for what rides along.</summary>
    public void Hurry()
    {
        lock (gate)
            if (waiting.Count > 0) Urge();
    }

    /// <summary>Has a group committed even if nobody waits: an empty one. Harmless once it is stopped.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            nudged = true;
            Monitor.Pulse(gate);
        }
    }

    private void Urge()
    {
        if (urgent) return; // the thread knows
        urgent = true;
        Monitor.Pulse(gate);
    }

    private void Run()
    {
        while (Take() is { } group)
        {
            commit(group);
            group.Clear();
            spare = group;
        }
    }

    /// <summary>Waits until a group is due; null at the end.</summary>
    private List<T>? Take()
    {
        lock (gate)
        {
            while (true)
            {
                if (waiting.Count == 0 && stopping) return null;
                var rest = Rest();
                if (rest <= 0) break;
                if (rest == long.MaxValue) Monitor.Wait(gate);
                else Monitor.Wait(gate, (int)(rest * 1000 / Stopwatch.Frequency) + 1); // up to 1 ms late rather than spinning
            }
            began = Stopwatch.GetTimestamp();
            urgent = nudged = false;
            (var group, waiting) = (waiting, spare);
            return group;
        }
    }

    /// <summary>Ticks until the next group is due.</summary>
    private long Rest()
    {
        if (nudged) return 0;
        if (waiting.Count == 0) return long.MaxValue;
        if (stopping) return 0;
        var due = urgent ? began + gap : Math.Max(oldest + rideAlong, began + gap);
        return due - Stopwatch.GetTimestamp();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Commits what waits, then stops.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
    }
}
