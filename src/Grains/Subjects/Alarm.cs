namespace CallCenter.Grains.Subjects;

/// <summary>
/// One timer of a grain for everything that it waits for. It only ever rings earlier than before: whoever has moved on is rung
/// for nothing once, which costs less than setting the timer anew in each turn.
/// </summary>
sealed class Alarm(IGrainBase grain, TimeProvider clock, Func<Task> rings)
{
    /// <summary>A ring that fails is a bug; what it was to look at must not wait for ever because of it.</summary>
    static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    IGrainTimer? timer;
    DateTimeOffset armed = DateTimeOffset.MaxValue;

    public void WakeBy(DateTimeOffset at)
    {
        if (at >= armed) return;
        armed = at;
        var due = at - clock.GetUtcNow();
        if (due < TimeSpan.Zero) due = TimeSpan.Zero;
        if (timer is null) timer = grain.RegisterGrainTimer(Ring, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    Task Ring()
    {
        armed = DateTimeOffset.MaxValue;
        try
        {
            return rings();
        }
        catch (Exception)
        {
            WakeBy(clock.GetUtcNow() + AfterFault);
            throw;
        }
    }
}
