namespace CallCenter.Domain.Kpi;

/// <summary>服务水平: of the callers whose waiting is over, the share that was answered within <see cref="Within"/>. Who gave up counts, however soon.</summary>
public static class ServiceLevel
{
    /// <summary>Of the formula; another one is another number.</summary>
    public const int Formula = 1;

    public static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <summary>0–1; null where nobody's waiting is over.</summary>
    public static double? Of(int inTime, int answered, int lost) => answered + lost == 0 ? null : (double)inTime / (answered + lost);
}
