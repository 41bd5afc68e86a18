namespace CallCenter.Domain.Dialling;

/// <summary>May a call dial this number? Also renews the channel of a leg that is called or talks.</summary>
/// <param name="Number">As dialled. Personal: it goes into no fact.</param>
/// <param name="Shown">The number that the caller wants to show; null = what the tenant has set.</param>
/// <param name="Agent">For whom; null for a flow.</param>
/// <param name="Queue">In whose name, if the call is of a queue.</param>
/// <param name="Station">The extension whose outside number this is, of a leg to an agent: then <paramref name="Shown"/> is shown if it may be, and else what the tenant has set.</param>
[GenerateSerializer, Immutable, Alias("ClearDial")]
public sealed record ClearDial([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] string Number, [property: Id(4)] string? Shown, [property: Id(5)] AgentId? Agent, [property: Id(6)] QueueId? Queue = null, [property: Id(7)] string? Station = null) : TenantEvent;

/// <summary>The leg is over.</summary>
/// <param name="Talked">From its answer to its end; zero = not answered, null = not known.</param>
[GenerateSerializer, Immutable, Alias("GiveBackDial")]
public sealed record GiveBackDial([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] TimeSpan? Talked) : TenantEvent;

/// <summary>The trunk has no channel for a leg that the tenant had cleared.</summary>
[GenerateSerializer, Immutable, Alias("RefuseDial")]
public sealed record RefuseDial([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg, [property: Id(3)] DialRefusal Why) : TenantEvent;
