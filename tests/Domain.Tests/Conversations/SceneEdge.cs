namespace CallCenter.Domain.Tests.Conversations;

/// <summary>The edge of a scene: legs, and who is in which room and what is recorded, as the commands say.</summary>
internal sealed class SceneEdge(Scene scene)
{
    private enum State { Ringing, Up, Over }

    private readonly Dictionary<LegId, State> legs = [];
    private readonly Dictionary<RoomId, Items<RoomMember>> rooms = [];

    public Dictionary<string, LegId> Tracks { get; } = [];
    public HashSet<string> TrackNames { get; } = [];

    public IEnumerable<LegId> Live => legs.Where(l => l.Value != State.Over).Select(l => l.Key);
    public IEnumerable<LegId> Ringing => legs.Where(l => l.Value == State.Ringing && scene.Call.Leg(l.Key)?.Phase == LegPhase.Calling).Select(l => l.Key);

    public void Arrives(LegId leg) => legs[leg] = State.Ringing;

    public void Do(EdgeCommand command)
    {
        switch (command)
        {
            case AnswerLeg e when legs.GetValueOrDefault(e.Leg, State.Over) == State.Ringing:
                legs[e.Leg] = State.Up;
                scene.Post("edge", () => scene.Tell(new Answered(scene.Now, e.Leg)));
                break;
            case RejectLeg e: End(e.Leg, LegEndedBy.Us); break;
            case HangUpLeg e: End(e.Leg, LegEndedBy.Us); break;
            case RingStation e: legs.TryAdd(e.Leg, State.Ringing); break;
            case RingNumber e: legs.TryAdd(e.Leg, State.Ringing); break;
            case SetRoom e: Set(e); break;
            case PlayToLeg { Once.IsEmpty: false } e when e.Play.Contains(".agent-", StringComparison.Ordinal) && scene.Happens(0.9): scene.Post("edge", () => scene.Tell(new PlayEnded(scene.Now, e.Leg, e.Play))); break;
            case StartTrack e:
                Assert.True(TrackNames.Add(e.Track), $"{e.Track} twice");
                Tracks.Add(e.Track, e.Leg);
                break;
            case StopTrack e:
                Tracks.Remove(e.Track);
                scene.Post("edge", () => scene.Tell(new TrackKept(scene.Now, e.Recording, e.Track, 1, 0, "ab")));
                break;
        }
    }

    private void Set(SetRoom e)
    {
        foreach (var (room, members) in rooms.ToList()) rooms[room] = members.Without(m => e.Members.AsEnumerable().Any(n => n.Leg == m.Leg));
        rooms[e.Room] = e.Members.Without(m => legs.GetValueOrDefault(m.Leg, State.Over) == State.Over); // the call has yet to hear that one is gone
    }

    public void End(LegId leg, LegEndedBy by)
    {
        var was = legs.GetValueOrDefault(leg, State.Over);
        if (was == State.Over) return;
        legs[leg] = State.Over;
        foreach (var (room, members) in rooms.ToList()) rooms[room] = members.Without(m => m.Leg == leg);
        var outgoing = scene.Call.Leg(leg)?.Phase == LegPhase.Calling || (was == State.Ringing && !leg.Value.StartsWith("phone", StringComparison.Ordinal) && leg.Value != "caller");
        scene.Post("edge", () => scene.Tell(was == State.Ringing && outgoing ? new NotPickedUp(scene.Now, leg, LegFailure.Withdrawn, 487) : new HungUp(scene.Now, leg, by, 0, 0)));
    }

    public void PickUp(LegId leg)
    {
        legs[leg] = State.Up;
        scene.Post("edge", () => scene.Tell(new PickedUp(scene.Now, leg)));
    }

    public void Fail(LegId leg, LegFailure why)
    {
        legs[leg] = State.Over;
        scene.Post("edge", () => scene.Tell(new NotPickedUp(scene.Now, leg, why, 480)));
    }

    /// <summary>Who hears whom, as the rooms are.</summary>
    public SortedSet<string> Hears()
    {
        var pairs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var members in rooms.Values)
            foreach (var speaker in members)
                foreach (var ear in members)
                    if (ear.Leg != speaker.Leg && (speaker.Voice == Voice.Everyone || (speaker.Voice == Voice.One && speaker.To == ear.Leg))) pairs.Add($"{ear.Leg}<{speaker.Leg}");
        return pairs;
    }
}
