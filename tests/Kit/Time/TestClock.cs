namespace CallCenter.Kit.Time;

/// <summary>A clock that stands still until moved. Timers fire on the mover's thread, in order of their time.</summary>
public sealed class TestClock : TimeProvider
{
    readonly Lock gate = new();
    readonly PriorityQueue<(Timer Timer, long Armed), (DateTimeOffset, long)> timers = new();
    DateTimeOffset now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    long serial;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (Due(until) is { } timer) timer.Fire();
    }

    Timer? Due(DateTimeOffset until)
    {
        lock (gate)
        {
            while (timers.TryPeek(out var next, out var at) && at.Item1 <= until)
            {
                timers.Dequeue();
                if (next.Timer.Armed != next.Armed) continue; // changed or disposed since
                if (at.Item1 > now) now = at.Item1;
                next.Timer.Rearm();
                return next.Timer;
            }
            now = until;
            return null;
        }
    }

    sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan period;

        public long Armed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Armed = ++clock.serial;
                if (dueTime != Timeout.InfiniteTimeSpan) clock.timers.Enqueue((this, Armed), (clock.now + dueTime, Armed));
            }
            return true;
        }

        public void Rearm() => Change(period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period, period);

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
