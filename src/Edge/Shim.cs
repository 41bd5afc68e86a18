namespace CallCenter.Media;
enum RoomVoice { Everyone, Nobody, One }
readonly record struct MediaMember(MediaLeg Leg, RoomVoice Voice = RoomVoice.Everyone, MediaLeg? To = null);
static class Shim { public static void Set(this MediaRoom room, IReadOnlyList<MediaMember> members) { foreach (var m in members) room.Join(m.Leg); } }
