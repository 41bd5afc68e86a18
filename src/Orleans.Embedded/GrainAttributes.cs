using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method, or of any method of this interface, waits for the answer.</summary>
/// <param name="timeout">A <see cref="TimeSpan"/> as text, such as <c>"00:00:05"</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}

/// <summary>The first part of the grain's id; without it the class name in lower case, without its ending "grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string GrainType { get; } = grainType;
}

/// <summary>Activations of this class are never collected for idleness.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;

/// <summary>How long an activation of this class stays without work before it is collected.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute
{
    readonly TimeSpan? given;

    public CollectionAgeLimitAttribute() { }

    /// <param name="inactivityPeriod">A <see cref="TimeSpan"/> as text.</param>
    public CollectionAgeLimitAttribute(string inactivityPeriod) => given = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    public double Days { get; set; }
    public double Hours { get; set; }
    public double Minutes { get; set; }
    public bool AlwaysActive { get; set; }

    /// <summary>The limit that results; one minute where nothing or less than nothing was said.</summary>
    public TimeSpan Amount
    {
        get
        {
            if (AlwaysActive) return TimeSpan.FromDays(short.MaxValue);
            var said = given ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return said <= TimeSpan.Zero ? TimeSpan.FromMinutes(1) : said;
        }
    }
}
