namespace CallCenter.Domain.Calls;

// From the edge: what a phone says by SIP beyond picking up and hanging up.

/// <summary>The phone put us on hold (an offer of sendonly or inactive, RFC 3264 §8.4).</summary>
[GenerateSerializer, Immutable, Alias("LegHeld")]
public sealed record LegHeld([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

[GenerateSerializer, Immutable, Alias("LegRetrieved")]
public sealed record LegRetrieved([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

/// <summary>Nothing is heard of the leg's browser any more. Its leg lives on for a while, so that it can come back.</summary>
[GenerateSerializer, Immutable, Alias("PathLost")]
public sealed record PathLost([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

[GenerateSerializer, Immutable, Alias("PathBack")]
public sealed record PathBack([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

/// <summary>A track is complete: its last segment was kept, or lost. It comes after the end of its leg, and often of the call.</summary>
/// <param name="Segments">Kept.</param>
/// <param name="Lost">Could not be kept.</param>
/// <param name="Seal">Hash of the last segment kept, which proves them all; hexadecimal, empty if none was.</param>
/// <param name="Speech">When nothing was recorded: null.</param>
[GenerateSerializer, Immutable, Alias("TrackKept")]
public sealed record TrackKept([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] string Track, [property: Id(3)] int Segments, [property: Id(4)] int Lost, [property: Id(5)] string Seal, [property: Id(6)] TrackSpeech? Speech = null) : CallEvent;

/// <summary>REFER (RFC 3515) from a phone. Answered by <see cref="TellReferral"/>.</summary>
/// <param name="Dialled">The user part of Refer-To; empty with <paramref name="Replaces"/>.</param>
/// <param name="Replaces">Attended (RFC 5589 §7): the phone's other leg in this call; null if blind.</param>
[GenerateSerializer, Immutable, Alias("Referred")]
public sealed record Referred([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] string Dialled, [property: Id(3)] LegId? Replaces) : CallEvent;

/// <summary>
/// INVITE from a registered phone. To an empty call: an outbound or internal call begins. To a call in which that phone's agent talks:
/// the phone's second line, a consultation.
/// </summary>
/// <param name="Leg">The new leg.</param>
/// <param name="Extension">Whose phone it is.</param>
/// <param name="Dialled">As dialled: an extension or a number. Personal: it goes into no fact.</param>
[GenerateSerializer, Immutable, Alias("PhoneDialled")]
public sealed record PhoneDialled([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] EdgeId Edge, [property: Id(3)] long EdgeEpoch, [property: Id(4)] string Extension, [property: Id(5)] string Dialled) : CallEvent;

/// <summary>
/// A phone dialled an emergency number while nothing could be stored: the edge puts the call through by itself, and tells what it did
/// as soon as it is heard. All that follows is told as of any other call; what the call then orders was done before.
/// </summary>
/// <param name="Dialled">Personal: it goes into no fact.</param>
/// <param name="Until">When the edge gives up ringing.</param>
[GenerateSerializer, Immutable, Alias("EmergencyDialled")]
public sealed record EmergencyDialled([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] EdgeId Edge, [property: Id(3)] long EdgeEpoch, [property: Id(4)] string Extension, [property: Id(5)] string Dialled, [property: Id(6)] string Trunk, [property: Id(7)] string Shown, [property: Id(8)] DateTimeOffset Until) : CallEvent;
