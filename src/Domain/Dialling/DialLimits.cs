namespace CallCenter.Domain.Dialling;

/// <summary>What a tenant sets against toll fraud; null = no limit. Emergency calls count nowhere.</summary>
/// <param name="Channels">Outbound legs at the same time, rung or talking.</param>
/// <param name="CallsPerMinute">New legs of the tenant in any 60 s.</param>
/// <param name="CallsPerHour">New legs of the tenant in any 3600 s.</param>
/// <param name="AgentCallsPerMinute">New legs of one agent in any 60 s.</param>
/// <param name="AgentCallsPerHour">New legs of one agent in any 3600 s.</param>
/// <param name="SpendPerDay">In the currency of the operator's prices, for a day of the tenant's time zone; legs that go on are reckoned by what they have cost so far.</param>
[GenerateSerializer, Immutable, Alias("DialLimits")]
public sealed record DialLimits([property: Id(0)] int? Channels = null, [property: Id(1)] int? CallsPerMinute = null, [property: Id(2)] int? CallsPerHour = null, [property: Id(3)] int? AgentCallsPerMinute = null, [property: Id(4)] int? AgentCallsPerHour = null, [property: Id(5)] decimal? SpendPerDay = null)
{
    public static readonly DialLimits None = new();

    internal void Check(FaultList faults) => faults
        .Limit(Channels, 0, 1_000_000, "limits.channels")
        .Limit(CallsPerMinute, 0, RecentTimes.Most, "limits.callsPerMinute").Limit(CallsPerHour, 0, RecentTimes.Most, "limits.callsPerHour")
        .Limit(AgentCallsPerMinute, 0, RecentTimes.Most, "limits.agentCallsPerMinute").Limit(AgentCallsPerHour, 0, RecentTimes.Most, "limits.agentCallsPerHour")
        .Amount(SpendPerDay, "limits.spendPerDay");
}

/// <summary>A curb for the hours in which nobody works and fraud does.</summary>
/// <param name="From">HH:mm in the tenant's time zone.</param>
/// <param name="To">HH:mm; earlier than <paramref name="From"/> = of the next day.</param>
/// <param name="Channels">Outbound legs at the same time then; 0 = none but emergency calls.</param>
[GenerateSerializer, Immutable, Alias("NightCurb")]
public sealed record NightCurb([property: Id(0)] string From, [property: Id(1)] string To, [property: Id(2)] int Channels)
{
    /// <param name="local">The time of day where the tenant is.</param>
    public bool Holds(TimeOnly local) => TryTime(From, out var from) && TryTime(To, out var to) && local.IsBetween(from, to);

    internal void Check(FaultList faults) => faults
        .When(!TryTime(From, out var from), "night.from", "must be a time of day, such as 22:00")
        .When(!TryTime(To, out var to) || from == to, "night.to", "must be a time of day other than the first, such as 08:00")
        .Range(Channels, 0, 1_000_000, "night.channels");

    private static bool TryTime(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", null, default, out time);
}
