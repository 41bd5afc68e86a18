namespace CallCenter.Storage.Journal;

/// <summary>When groups begin.</summary>
/// <param name="Gap">From one group's beginning to the next under load; an urgent item after a longer pause is committed at once.</param>
/// <param name="RideAlong">How long an item that nobody waits for may lie.</param>
internal sealed record Pace(TimeSpan Gap, TimeSpan RideAlong)
{
    /// <summary>As measured (docs/measurements.md): a shorter gap costs CPU per fact, a longer one is felt.</summary>
    public static readonly Pace Default = new(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(25));
}
