using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer that lives and dies with its activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Counts anew. <see cref="Timeout.InfiniteTimeSpan"/> stops it, or lets it tick once.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a grain timer ticks, and beside what.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this() => (DueTime, Period) = (dueTime, period);

    /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> = not yet.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From a tick's end to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> = once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ticks may run beside requests.</summary>
    public bool Interleave { get; init; }

    /// <summary>Ticks count as use of the activation.</summary>
    public bool KeepAlive { get; init; }
}
