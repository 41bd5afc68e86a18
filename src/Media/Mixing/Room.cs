using CallCenter.Media.Codecs;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Mixing;

/// <summary>A member on the loop thread.</summary>
readonly record struct Seat(Leg Leg, RoomVoice Voice, Leg? To)
{
    public bool IsHeardBy(Leg other) => other != Leg && (Voice == RoomVoice.Everyone || Voice == RoomVoice.One && To == other);
}

/// <summary>
/// A room on its loop thread. Who hears whom is worked out once, at each change, and put into the legs, so that a packet asks no room.
/// </summary>
sealed class Room
{
    Seat[] seats = [];

    public void Set(Seat[] wanted)
    {
        wanted = [.. wanted.Where(s => !s.Leg.IsClosed)];
        foreach (var seat in seats)
            if (!wanted.Any(s => s.Leg == seat.Leg)) seat.Leg.LeaveRoom();
        foreach (var seat in wanted) seat.Leg.EnterRoom(this);
        seats = wanted;
        Wire();
    }

    /// <summary>A leg that closes, or goes to another room.</summary>
    public void Remove(Leg leg)
    {
        seats = [.. seats.Where(s => s.Leg != leg)];
        leg.LeaveRoom();
        Wire();
    }

    /// <summary>Works out anew who hears whom, after a change of members or of what one of them speaks.</summary>
    public void Wire()
    {
        foreach (var speaker in seats)
        {
            var hearers = seats.Where(s => speaker.IsHeardBy(s.Leg)).Select(s => s.Leg).ToArray();
            speaker.Leg.Hearing.IsHeardBy(hearers, isMixed: hearers.Any(IsMixedFor));
        }
        foreach (var hearer in seats)
            hearer.Leg.Output.Mix(IsMixedFor(hearer.Leg) ? [.. SpeakersTo(hearer.Leg).Select(s => s.Leg.Hearing.Speech!)] : []);
    }

    /// <summary>Several are summed; and one whose codec the hearer does not speak is heard in the same way, as a sum of one.</summary>
    bool IsMixedFor(Leg hearer) => SpeakersTo(hearer).Count() > 1 || SpeakersTo(hearer).Any(s => !Audio.CanPass(s.Leg.Hearing.Spoken, hearer.Output.Codec));

    IEnumerable<Seat> SpeakersTo(Leg hearer) => seats.Where(s => s.IsHeardBy(hearer));
}
