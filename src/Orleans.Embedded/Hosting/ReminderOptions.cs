namespace Orleans.Hosting;

public sealed class ReminderOptions
{
    /// <summary>A shorter period is refused: the table is not made for it.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
