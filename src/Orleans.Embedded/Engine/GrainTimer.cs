using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>A timer whose ticks are jobs of its grain. The same object is every tick: the next is armed at the end of the last.</summary>
sealed class GrainTimer : Job, IGrainTimer
{
    enum Phase : byte { Armed, Queued, Running, Disposed }

    readonly Activation grain;
    readonly Func<CancellationToken, Task> callback;
    readonly bool interleave, keepAlive;
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly ITimer timer;
    TimeSpan period;
    TimeSpan? changedTo; // due time given while a tick was queued or running
    Phase phase;

    GrainTimer(Activation grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (this.grain, this.callback, period) = (grain, callback, options.Period);
        (interleave, keepAlive) = (options.Interleave, options.KeepAlive);
        using var noFlow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow(); // a tick belongs to no request
        timer = grain.Silo.Time.CreateTimer(static self => ((GrainTimer)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal override bool Interleaves => interleave;
    internal override bool KeepsAlive => keepAlive;
    internal override bool Wanted => phase != Phase.Disposed;

    internal static GrainTimer Register(Activation grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        var timer = new GrainTimer(grain, callback, options);
        grain.Add(timer);
        timer.Arm(options.DueTime);
        return timer;
    }

    static void Check(TimeSpan span, string name)
    {
        if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name, span, "must be zero, positive or infinite");
        if (span.TotalMilliseconds > uint.MaxValue - 1) throw new ArgumentOutOfRangeException(name, span, "is longer than a timer can be (49 days)");
    }

    void Arm(TimeSpan due)
    {
        lock (gate)
        {
            if (phase == Phase.Disposed) return;
            phase = Phase.Armed;
            timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    void Fire()
    {
        lock (gate)
        {
            if (phase != Phase.Armed) return;
            phase = Phase.Queued;
        }
        grain.Push(this);
    }

    protected override Task Perform(Mailbox mailbox)
    {
        lock (gate)
        {
            if (phase != Phase.Queued) return Task.CompletedTask;
            phase = Phase.Running;
            if (changedTo is not null) return Task.CompletedTask; // changed while it waited: this tick is no longer due
        }
        return callback(stop.Token);
    }

    protected override void Report(Mailbox mailbox, Task ended)
    {
        if (!ended.IsCompletedSuccessfully && phase != Phase.Disposed) mailbox.Log.TimerFailed(Request.ExceptionOf(ended), grain.ToString());
        TimeSpan next;
        lock (gate) (next, changedTo) = (changedTo ?? period, null);
        Arm(next);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (gate)
        {
            this.period = period;
            if (phase is Phase.Queued or Phase.Running)
            {
                changedTo = dueTime;
                return;
            }
        }
        Arm(dueTime);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (phase == Phase.Disposed) return;
            phase = Phase.Disposed;
            timer.Dispose();
        }
        stop.Cancel();
        grain.Remove(this);
    }

    public override string ToString() => $"Timer of {grain}";
}
