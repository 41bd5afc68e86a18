using CallCenter.Media.Mixing;

namespace CallCenter.Media;

/// <summary>Who hears what a member of a room says.</summary>
public enum RoomVoice
{
    /// <summary>Every other member.</summary>
    Everyone,

    /// <summary>Nobody: muted, or one who only listens.</summary>
    Nobody,

    /// <summary>One other member alone: a whisper.</summary>
    One,
}

/// <summary>A leg in a room. It hears every other member who speaks to everyone, or to it alone; never itself.</summary>
/// <param name="To">Who alone hears it, with <see cref="RoomVoice.One"/>: null, or one who is not in the room, is nobody.</param>
public readonly record struct MediaMember(MediaLeg Leg, RoomVoice Voice = RoomVoice.Everyone, MediaLeg? To = null);

/// <summary>
/// Who hears whom. A member that hears one other gets that one's packets straight through, as soon as they come and untouched where
/// the law agrees; one that hears several, or one of another codec, gets their sum, every 20 ms, 40 to 60 ms later than straight (140 at most, where packets
/// jitter by more than 20); one that hears nobody gets silence. Each member's way is its own: a supervisor who listens is mixed for, while the two who talk stay on the straight path. A change of way goes on in
/// the same stream. A play to a member hides the room from that member alone. A leg is in one room at most.
/// Keys (RFC 4733) reach whoever hears the presser, if <see cref="MediaLeg.PassDigits"/> lets them; to a member that is mixed for they come in place
/// of the sum while the key is held, as they come in place of the presser's voice on the straight path. One key at a time passes.
/// </summary>
public sealed class MediaRoom
{
    readonly Transport.MediaShard shard;
    readonly Room room = new();

    internal MediaRoom(Transport.MediaShard shard) => this.shard = shard;

    /// <summary>
    /// Who is in the room from now on, all at one instant: a state, not a change, so that saying it again does nothing. Whoever is not named
    /// leaves; whoever comes from another room leaves that one. What plays to a leg that comes in stops at the same instant; a
    /// member that stays goes on hearing its play.
    /// </summary>
    /// <exception cref="ArgumentException">A leg was opened in a group of another loop thread, or is named twice: a caller's bug.</exception>
    public void Set(IReadOnlyList<MediaMember> members)
    {
        if (members.Any(m => m.Leg.Shard != shard)) throw new ArgumentException("legs and room must be opened in one group", nameof(members));
        if (members.DistinctBy(m => m.Leg).Count() != members.Count) throw new ArgumentException("a leg is named twice", nameof(members));
        var seats = members.Select(m => new Seat(m.Leg.Loop, m.Voice, m.To?.Loop)).ToArray();
        shard.Post(() => room.Set(seats));
    }
}
