namespace CallCenter.Domain.Dialling;

// On the tenant's subject. No number of anybody called stands here: its class only.

/// <summary>A leg may call out, and takes a channel.</summary>
/// <param name="Trunk">Over which trunk.</param>
/// <param name="Shown">The tenant's own number that is shown, canonical; null = none.</param>
/// <param name="PerMinute">What a minute begun costs; null = no price is set.</param>
/// <param name="Currency">ISO 4217.</param>
[GenerateSerializer, Immutable, Alias("DialAllowed")]
public sealed record DialAllowed([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] DialClass Class, [property: Id(4)] string Trunk, [property: Id(5)] string? Shown, [property: Id(6)] AgentId? Agent, [property: Id(7)] decimal? PerMinute, [property: Id(8)] string Currency) : Fact;

/// <summary>A leg may not call out.</summary>
/// <param name="Class">Null if it was no number.</param>
[GenerateSerializer, Immutable, Alias("DialDenied")]
public sealed record DialDenied([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] DialClass? Class, [property: Id(4)] DialRefusal Why, [property: Id(5)] AgentId? Agent) : Fact;

/// <summary>The leg is over, or was not heard of any more.</summary>
/// <param name="TalkedMs">From its answer to its end; null = not known.</param>
/// <param name="Cost">An estimate against fraud, no bill: minutes begun times the price.</param>
/// <param name="Day">The day of the tenant's time zone whose spend it is, such as 2026-03-02.</param>
[GenerateSerializer, Immutable, Alias("DialEnded")]
public sealed record DialEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] DialClass Class, [property: Id(4)] long? TalkedMs, [property: Id(5)] decimal Cost, [property: Id(6)] string Currency, [property: Id(7)] string Day) : Fact;
