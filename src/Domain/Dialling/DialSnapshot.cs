namespace CallCenter.Domain.Dialling;

/// <summary>A leg that holds a channel.</summary>
/// <param name="Shown">Canonical; null = none.</param>
/// <param name="PerMinute">Null = no price is set.</param>
[GenerateSerializer, Immutable, Alias("OpenDial")]
public sealed record OpenDial([property: Id(0)] CallId Call, [property: Id(1)] LegId Leg, [property: Id(2)] DialClass Class, [property: Id(3)] string Trunk, [property: Id(4)] string? Shown, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] decimal? PerMinute, [property: Id(7)] string Currency);

/// <summary>When new legs were cleared for an agent, in the last hour; UTC ticks.</summary>
[GenerateSerializer, Immutable, Alias("AgentDials")]
public sealed record AgentDials([property: Id(0)] AgentId Agent, [property: Id(1)] Items<long> Times);

/// <summary>What a <see cref="DialLedger"/> remembers: the fold of a tenant's facts up to one of them.</summary>
/// <param name="Day">The day whose spend is <paramref name="Spent"/>; null = none yet.</param>
/// <param name="Times">When new legs were cleared, in the last hour; UTC ticks.</param>
[GenerateSerializer, Immutable, Alias("DialSnapshot")]
public sealed record DialSnapshot([property: Id(0)] string? Day, [property: Id(1)] string Currency, [property: Id(2)] decimal Spent, [property: Id(3)] Items<OpenDial> Open, [property: Id(4)] Items<long> Times, [property: Id(5)] Items<AgentDials> Agents)
{
    public static readonly DialSnapshot Empty = new(null, "", 0, [], [], []);
}
