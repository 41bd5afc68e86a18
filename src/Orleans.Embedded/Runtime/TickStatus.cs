namespace Orleans.Runtime;

/// <summary>Handle of a reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>Which tick of a reminder this is; ticks missed while no process ran are not made up for.</summary>
[GenerateSerializer]
public struct TickStatus
{
    /// <summary>When the first tick was due, UTC.</summary>
    [Id(1)] public DateTime FirstTickTime { get; private set; }

    [Id(2)] public TimeSpan Period { get; private set; }

    /// <summary>When this tick was sent, UTC.</summary>
    [Id(3)] public DateTime CurrentTickTime { get; private set; }

    public static TickStatus Create(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) =>
        new() { FirstTickTime = firstTickTime, Period = period, CurrentTickTime = timeStamp };

    public override readonly string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
