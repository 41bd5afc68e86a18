using NodaTime;

namespace CallCenter.Domain.Breaks;

/// <summary>What held for a break when it was chosen.</summary>
/// <param name="Team">The team whose quota it counts against; null = none.</param>
/// <param name="Allowance">Time a day for this reason; null = no limit.</param>
/// <param name="Day">The tenant's day (ISO 8601) on which it counts.</param>
[GenerateSerializer, Immutable, Alias("BreakTerms")]
public sealed record BreakTerms([property: Id(0)] string? Team, [property: Id(1)] TimeSpan? Allowance, [property: Id(2)] string Day)
{
    /// <summary>The day at an instant in a time zone (IANA); in UTC where the zone is not known.</summary>
    public static string DayOf(string? timeZone, DateTimeOffset at) =>
        Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone ?? "") ?? DateTimeZone.Utc).Date.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A break that waits for its turn.</summary>
/// <param name="Place">In the team's line; 1 = next.</param>
/// <param name="First">Since when who leads has it stand before those who only asked; null = in the order of asking.</param>
[GenerateSerializer, Immutable, Alias("BreakWish")]
public sealed record BreakWish([property: Id(0)] string Reason, [property: Id(1)] BreakTerms Terms, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] int Place, [property: Id(4)] DateTimeOffset? First = null);

/// <summary>A break that goes on.</summary>
/// <param name="Until">When its allowance is used up; null = never.</param>
[GenerateSerializer, Immutable, Alias("RunningBreak")]
public sealed record RunningBreak([property: Id(0)] string Reason, [property: Id(1)] BreakTerms? Terms, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] DateTimeOffset? Until, [property: Id(4)] bool Overrun);

/// <summary>What an agent has used of a reason on a day.</summary>
[GenerateSerializer, Immutable, Alias("BreakSpent")]
public readonly record struct BreakSpent([property: Id(0)] string Reason, [property: Id(1)] string Day, [property: Id(2)] TimeSpan Time);

/// <summary>An agent who asks for help (举手) in a call.</summary>
[GenerateSerializer, Immutable, Alias("RaisedHand")]
public sealed record RaisedHand([property: Id(0)] Contact Contact, [property: Id(1)] DateTimeOffset Since);
