namespace CallCenter.Kit.Time;

/// <summary>How long a test waits for what has to come; what has a bar is judged by instants.</summary>
public static class Patience
{
    /// <summary>SIP over UDP repeats a message after 0.5, 1.5, 3.5 and 7.5 s (RFC 3261 §17.1.1.2): what is awaited may rightly be that late.</summary>
    public const double Seconds = 10;

    /// <summary>The same.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(Seconds);
}
