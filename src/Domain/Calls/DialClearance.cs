using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>Why the tenant's rules do not let a number be called.</summary>
[JsonConverter(typeof(EnumText<DialRefusal>))]
public enum DialRefusal
{
    /// <summary>Not a number that can be dialled.</summary>
    InvalidNumber,
    /// <summary>The dial plan does not allow its prefix.</summary>
    PrefixBlocked,
    /// <summary>The number to show is not the tenant's own, or is not marked as allowed to call out.</summary>
    IdentityNotAllowed,
    /// <summary>The tenant has no number that may be shown.</summary>
    NoIdentity,
    /// <summary>No trunk takes such calls.</summary>
    NoTrunk,
    ChannelLimit, RateLimit, SpendLimit,
    /// <summary>The agent's station is no outside number that may be called: the tenant allows none, or it was changed.</summary>
    StationNotAllowed,
}

/// <summary>
/// May this number be called? Asked before each leg over a trunk: by agents, flows, REFER and API alike. Repeated until answered; also
/// renews the channel of a leg that is called or talks.
/// </summary>
/// <param name="Field">The personal field that holds the number.</param>
/// <param name="Shown">The number that the caller wants to show, canonical; null = the tenant's default.</param>
/// <param name="Agent">For whom; null for a flow.</param>
/// <param name="Queue">In whose name, if the call is of a queue: it may have a number of its own to show.</param>
/// <param name="Station">The extension whose outside number is to be called, which the tenant knows and the call does not; <paramref name="Shown"/> is a preference then.</param>
[GenerateSerializer, Immutable, Alias("AskToDial")]
public sealed record AskToDial([property: Id(0)] LegId Leg, [property: Id(1)] string Field, [property: Id(2)] string? Shown, [property: Id(3)] AgentId? Agent, [property: Id(4)] QueueId? Queue = null, [property: Id(5)] string? Station = null) : CallToTenant { public override bool Owed => false; }

/// <summary>The leg is over: its channel is free.</summary>
/// <param name="Talked">From its answer to its end, for the day's spend; zero = not answered, null = not known: then it is reckoned from the clearance on.</param>
[GenerateSerializer, Immutable, Alias("GiveBackChannel")]
public sealed record GiveBackChannel([property: Id(0)] LegId Leg, [property: Id(1)] TimeSpan? Talked = null) : CallToTenant;

// The tenant's answers.

/// <param name="Trunk">Over which trunk.</param>
/// <param name="Shown">The caller identity, in the form the trunk expects; empty if there is none (an emergency call of a tenant that has no number to show).</param>
/// <param name="Called">The number to call, in the form the trunk expects. Personal: it goes into no fact.</param>
[GenerateSerializer, Immutable, Alias("DialCleared")]
public sealed record DialCleared([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] string Trunk, [property: Id(3)] string Shown, [property: Id(4)] string Called = "") : CallEvent;

[GenerateSerializer, Immutable, Alias("DialRefused")]
public sealed record DialRefused([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] DialRefusal Why) : CallEvent;
