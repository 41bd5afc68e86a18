using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Engine;

/// <summary>Many random rooms against what their docstring says.</summary>
public sealed class RoomModelTests
{
    readonly record struct Place(int Room, RoomVoice Voice, MediaLeg? To);

    [Fact]
    public async Task Whatever_is_set_each_hears_exactly_those_who_speak_to_it()
    {
        using var rig = new EngineRig();
        var random = new Random(1);
        List<MediaLeg> legs = [.. Enumerable.Range(0, 7).Select(_ => rig.Leg())];
        MediaRoom[] rooms = [rig.Engine.OpenRoom(1), rig.Engine.OpenRoom(1), rig.Engine.OpenRoom(1)];
        var places = new Dictionary<MediaLeg, Place>();
        var (straight, mixed) = (0, 0);
        for (var round = 0; round < 1000; round++)
        {
            if (round % 40 == 39) Replace(rig, legs, places, random.Next(legs.Count));
            Set(rooms, random, legs, places);
            var wires = await Wires(legs);
            foreach (var hearer in legs)
            {
                var expected = legs.Where(s => Hears(places, hearer, s)).Select(s => s.Id).ToList();
                Assert.Equal(expected, legs.Where(s => wires[s.Id].Hearers.Contains(hearer.Id)).Select(s => s.Id));
                Assert.Equal(expected.Count > 1 ? expected.Count : 0, wires[hearer.Id].Mixed);
                (straight, mixed) = (straight + (expected.Count == 1 ? 1 : 0), mixed + (expected.Count > 1 ? 1 : 0));
            }
        }
        Assert.True(straight > 500 && mixed > 500);
    }

    static bool Hears(Dictionary<MediaLeg, Place> places, MediaLeg hearer, MediaLeg speaker) =>
        hearer != speaker && places.TryGetValue(hearer, out var h) && places.TryGetValue(speaker, out var s) && h.Room == s.Room
        && (s.Voice == RoomVoice.Everyone || s.Voice == RoomVoice.One && s.To == hearer);

    static void Replace(EngineRig rig, List<MediaLeg> legs, Dictionary<MediaLeg, Place> places, int index)
    {
        legs[index].Close();
        places.Remove(legs[index]);
        legs[index] = rig.Leg();
    }

    static void Set(MediaRoom[] rooms, Random random, List<MediaLeg> legs, Dictionary<MediaLeg, Place> places)
    {
        var room = random.Next(rooms.Length);
        foreach (var left in places.Where(p => p.Value.Room == room).Select(p => p.Key).ToList()) places.Remove(left);
        List<MediaMember> members = [];
        foreach (var leg in legs.Where(_ => random.Next(2) == 0))
        {
            var voice = (RoomVoice)random.Next(3);
            var to = voice == RoomVoice.One ? legs[random.Next(legs.Count)] : null;
            members.Add(new(leg, voice, to));
            places[leg] = new(room, voice, to);
        }
        rooms[room].Set(members);
    }

    /// <summary>As the loop has it, after all that was posted before.</summary>
    static Task<Dictionary<long, (List<long> Hearers, int Mixed)>> Wires(IReadOnlyList<MediaLeg> legs)
    {
        var done = new TaskCompletionSource<Dictionary<long, (List<long>, int)>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ids = legs.ToDictionary(l => l.Loop, l => l.Id);
        legs[0].Shard.Post(() => done.SetResult(legs.ToDictionary(l => l.Id, l => (Ids(l.Loop.Hearing.Hearers.All, ids), l.Loop.Output.Speakers.Length))));
        return done.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    static List<long> Ids(ReadOnlySpan<Leg> legs, Dictionary<Leg, long> ids)
    {
        List<long> all = [];
        foreach (var leg in legs) all.Add(ids[leg]);
        return all;
    }
}
