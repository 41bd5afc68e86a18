namespace Orleans.Embedded.Tests;

/// <summary>A clock that stands still until moved. Timers fire on the mover's thread, in order of their time.</summary>
public sealed class FakeClock : TimeProvider
{
    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

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
        while (true)
        {
            Timer? next;
            lock (gate)
            {
                next = timers.Where(t => t.Due <= until).MinBy(t => t.Due);
                now = next is null ? until : next.Due > now ? next.Due : now;
                if (next is null) return;
                next.Rearm();
            }
            next.Fire();
        }
    }

    sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan period;

        internal DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;
                clock.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan) clock.timers.Add(this);
            }
            return true;
        }

        internal void Rearm() => Change(period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period, period);

        internal void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
