using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>Who hears what a member of a room says.</summary>
[JsonConverter(typeof(EnumText<Voice>))]
public enum Voice
{
    /// <summary>Every other member.</summary>
    Everyone,
    /// <summary>Nobody: muted, or a listener.</summary>
    Nobody,
    /// <summary>One other member alone: a whisper.</summary>
    One,
}

/// <summary>A leg in a room. It hears every member who speaks to everyone, or to it.</summary>
/// <param name="To">Who alone hears it, with <see cref="Voice.One"/>; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("RoomMember")]
public readonly record struct RoomMember([property: Id(0)] LegId Leg, [property: Id(1)] Voice Voice = Voice.Everyone, [property: Id(2)] LegId? To = null);

/// <summary>
/// Who is in a room from now on: a state, not a change. Whoever is not named leaves; whoever comes from another room leaves that one.
/// What plays to a leg that comes in stops; a member that stays goes on hearing what plays to it.
/// </summary>
[GenerateSerializer, Immutable, Alias("SetRoom")]
public sealed record SetRoom([property: Id(0)] RoomId Room, [property: Id(1)] Items<RoomMember> Members) : EdgeCommand;

/// <summary>The side of a recording on which a track is heard.</summary>
[JsonConverter(typeof(EnumText<Channel>))]
public enum Channel
{
    /// <summary>The customer.</summary>
    Left,
    /// <summary>Everybody else.</summary>
    Right,
}

/// <summary>Record what a leg says, from the given instant on. A recording is a set of tracks, mixed by channel when it is read.</summary>
/// <param name="Track">Its name inside the recording, never used twice.</param>
/// <param name="QuietSeconds"><see cref="FellQuiet"/> is told once the leg has said nothing for so long; 0 = never.</param>
[GenerateSerializer, Immutable, Alias("StartTrack")]
public sealed record StartTrack([property: Id(0)] string Recording, [property: Id(1)] string Track, [property: Id(2)] LegId Leg, [property: Id(3)] Channel Channel, [property: Id(4)] DateTimeOffset From, [property: Id(5)] int QuietSeconds = 0) : EdgeCommand;

/// <param name="Discard">Nothing of it is kept.</param>
[GenerateSerializer, Immutable, Alias("StopTrack")]
public sealed record StopTrack([property: Id(0)] string Recording, [property: Id(1)] string Track, [property: Id(2)] DateTimeOffset At, [property: Id(3)] bool Discard = false) : EdgeCommand;

/// <summary>Call a number over a trunk under a new leg.</summary>
/// <param name="Field">The personal field that holds the number: orders are stored, numbers are not.</param>
/// <param name="Shown">The caller identity: one of the tenant's own numbers, in the form the trunk expects.</param>
/// <param name="Until">Give up then (CANCEL), by itself too.</param>
/// <param name="Judges">Tell by <see cref="AnswerHeard"/> who has answered.</param>
[GenerateSerializer, Immutable, Alias("RingNumber")]
public sealed record RingNumber([property: Id(0)] LegId Leg, [property: Id(1)] string Field, [property: Id(2)] string Trunk, [property: Id(3)] string Shown, [property: Id(4)] DateTimeOffset Until, [property: Id(5)] bool Judges = false) : EdgeCommand;

/// <summary>Tell a leg that came in that the far end rings (180).</summary>
[GenerateSerializer, Immutable, Alias("RingBack")]
public sealed record RingBack([property: Id(0)] LegId Leg) : EdgeCommand;

/// <summary>Send keys to a leg (RFC 4733). They may be anything, a PIN too: never stored, so sent once at most.</summary>
[GenerateSerializer, Immutable, Alias("SendKeys")]
public sealed record SendKeys([property: Id(0)] LegId Leg, [property: Id(1)] string Keys) : EdgeCommand { public override bool Owed => false; }

/// <summary>Keys that this leg presses go on to the others in its room, or do not.</summary>
[GenerateSerializer, Immutable, Alias("PassKeys")]
public sealed record PassKeys([property: Id(0)] LegId Leg, [property: Id(1)] bool Pass) : EdgeCommand;

/// <summary>What became of a REFER from this leg: the last NOTIFY of its subscription (RFC 3515 §2.4.5).</summary>
[GenerateSerializer, Immutable, Alias("TellReferral")]
public sealed record TellReferral([property: Id(0)] LegId Leg, [property: Id(1)] int SipStatus) : EdgeCommand;
