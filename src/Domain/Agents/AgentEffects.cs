using System.Text.Json.Serialization;

namespace CallCenter.Domain.Agents;

/// <summary>What the agent tells a call.</summary>
[GenerateSerializer, Immutable, Alias("AgentToCall")]
public abstract record AgentToCall : Effect { public abstract Contact Contact { get; init; } }

/// <summary>Here I am: call my station.</summary>
/// <param name="StationIs">What it is.</param>
[GenerateSerializer, Immutable, Alias("OfferToCall")]
public sealed record OfferToCall([property: Id(0)] Contact Contact, [property: Id(1)] long Epoch, [property: Id(2)] TimeSpan Remaining, [property: Id(3)] string Station, [property: Id(4)] OfferTerms Terms, [property: Id(5), JsonConverter(typeof(EnumText<StationKind>))] StationKind StationIs = StationKind.Phone) : AgentToCall;

/// <summary>Yes, talk.</summary>
[GenerateSerializer, Immutable, Alias("TellOfferTaken")]
public sealed record TellOfferTaken([property: Id(0)] Contact Contact, [property: Id(1)] long Epoch, [property: Id(2)] LegId Leg) : AgentToCall;

/// <summary>No: that lease is over.</summary>
[GenerateSerializer, Immutable, Alias("TellOfferGone")]
public sealed record TellOfferGone([property: Id(0)] Contact Contact, [property: Id(1)] long Epoch) : AgentToCall;

/// <summary>No: signed out, or with another call. Not owed: the call asks again until it is answered.</summary>
[GenerateSerializer, Immutable, Alias("TellAgentRefused")]
public sealed record TellAgentRefused([property: Id(0)] Contact Contact) : AgentToCall { public override bool Owed => false; }

/// <summary>What the agent tells routing: soft, never owed.</summary>
[GenerateSerializer, Immutable, Alias("TellStatus")]
public sealed record TellStatus([property: Id(0)] AgentStatus Status) : Effect { public override bool Owed => false; }

/// <summary>Routing asked for a contact that the agent cannot take.</summary>
[GenerateSerializer, Immutable, Alias("RefuseReserve")]
public sealed record RefuseReserve([property: Id(0)] Contact Contact) : Effect { public override bool Owed => false; }
