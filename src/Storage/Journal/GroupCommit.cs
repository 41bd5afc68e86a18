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
    private long wakes; // when the thread looks again by itself; 0 while it is awake
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
            if (urgency == Urgency.Now) urgent = true;
            WakeInTime();
        }
    }

    /// <summary>Somebody waits for what rides along.</summary>
    public void Hurry()
    {
        lock (gate)
        {
            if (waiting.Count == 0) return;
            urgent = true;
            WakeInTime();
        }
    }

    /// <summary>Has a group committed even if nobody waits: an empty one. Harmless once it is stopped.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            nudged = true;
            wakes = 0;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waking the thread costs more than an item does: not where it wakes early enough by itself.</summary>
    private void WakeInTime()
    {
        if (Due() >= wakes) return;
        wakes = 0;
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
            while (!nudged && (waiting.Count == 0 || Due() > Stopwatch.GetTimestamp()))
            {
                if (waiting.Count == 0 && stopping) return null;
                WaitUntil(waiting.Count > 0 ? Due() : NextLook());
            }
            began = Stopwatch.GetTimestamp();
            urgent = nudged = false;
            (var group, waiting) = (waiting, spare);
            return group;
        }
    }

    /// <summary>When the first of those who wait must be committed.</summary>
    private long Due() => stopping ? 0 : urgent ? began + gap : Math.Max(oldest + rideAlong, began + gap);

    /// <summary>While items keep coming, whatever rides along after a group finds the thread about to look in time.</summary>
    private long NextLook() => Stopwatch.GetTimestamp() - began < rideAlong ? began + rideAlong : long.MaxValue;

    private void WaitUntil(long time)
    {
        wakes = time;
        if (time == long.MaxValue) Monitor.Wait(gate);
        else Monitor.Wait(gate, (int)(Math.Max(0, time - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency) + 1); // up to 1 ms late rather than spinning
        wakes = 0;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Commits what waits, then stops.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            WakeInTime();
        }
        thread.Join();
    }
}
