using CallCenter.Media;

namespace CallCenter.Edge.Calls;

/// <summary>Who hears whom in one call. Lives on the loop.</summary>
sealed class CallRooms(EdgeCore edge, long group)
{
    readonly Dictionary<RoomId, MediaRoom> rooms = [];

    /// <summary>Where each leg is; one that is nowhere stands not here.</summary>
    readonly Dictionary<LegId, RoomId> places = [];

    /// <summary>From now on exactly these are in the room.</summary>
    /// <param name="members">Legs with media, and what each is heard by.</param>
    public void Set(RoomId id, IReadOnlyList<(EdgeLeg Leg, RoomMember Wish)> members)
    {
        if (!rooms.TryGetValue(id, out var room)) rooms.Add(id, room = edge.Media.OpenRoom(group));
        foreach (var gone in places.Where(p => p.Value == id && members.All(m => m.Leg.Id != p.Key)).ToArray()) places.Remove(gone.Key);
        foreach (var (leg, _) in members)
        {
            if (places.GetValueOrDefault(leg.Id) != id) leg.Player.Stop(); // it hears its room from now on
            places[leg.Id] = id;
        }
        room.Set([.. members.Select(m => new MediaMember(m.Leg.Media!, Of(m.Wish.Voice), members.FirstOrDefault(other => other.Leg.Id == m.Wish.To).Leg?.Media))]);
    }

    static RoomVoice Of(Voice voice) => voice switch
    {
        Voice.Everyone => RoomVoice.Everyone,
        Voice.One => RoomVoice.One,
        _ => RoomVoice.Nobody,
    };

    /// <summary>True if that leg is in a room.</summary>
    public bool Has(LegId leg) => places.ContainsKey(leg);

    public void Forget(LegId leg) => places.Remove(leg);
}
