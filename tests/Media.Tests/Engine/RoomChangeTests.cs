namespace CallCenter.Media.Tests.Engine;

/// <summary>How soon another choice of who hears whom is heard.</summary>
[Collection(EngineTests.Name)]
public sealed class RoomChangeTests
{
    [Fact, Trait("Speed", "Slow")]
    public async Task A_change_of_who_hears_whom_is_heard_within_200_ms()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var (caller, agent, supervisor) = (p[0], p[1], p[2]);
        var room = rig.Room(caller, agent, supervisor.Muted);
        List<double> took = [];
        for (var round = 0; round < 5; round++)
        {
            await RoomRig.Hears(agent, caller);
            agent.Ear.Forget();
            var whispered = MediaClock.Now.Nanoseconds;
            room.Set([caller, agent, supervisor.Whispers(agent)]);
            await agent.Ear.Hears(h => h.Any(k => RoomRig.Holds(k, supervisor.Hz)), "the supervisor");
            took.Add((agent.Ear.Heard().First(k => RoomRig.Holds(k, supervisor.Hz)).At - whispered) / 1e6);
            await RoomRig.Hears(agent, caller, supervisor);
            var muted = MediaClock.Now.Nanoseconds;
            room.Set([caller, agent, supervisor.Muted]);
            await RoomRig.Hears(agent, caller);
            took.Add((agent.Ear.Heard().Last(k => RoomRig.Holds(k, supervisor.Hz)).At - muted) / 1e6);
        }
        took.Sort();
        Assert.True(took[took.Count / 2] < 100, $"half of the changes took over {took[took.Count / 2]} ms");
        Assert.InRange(took[^3], -20, 200); // two may fall on a moment that others took from us
    }
}
