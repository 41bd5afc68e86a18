using CallCenter.Media;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Calls;

/// <summary>What this edge holds of one call: its legs, who hears whom, what is recorded. It does what the call says and tells what happened. Lives on the loop.</summary>
sealed class EdgeCall
{
    readonly EdgeCore edge;
    readonly Dictionary<LegId, EdgeLeg> legs = [];
    readonly Dictionary<string, RunningRecording> recordings = [];

    /// <summary>Legs that are over, with the word that said so.</summary>
    readonly Dictionary<LegId, CallEvent> gone = [];

    readonly long group;
    MediaRoom? room;
    long orderEpoch;

    public EdgeCall(EdgeCore edge, CallRef name, string callerNumber, string? callerName)
    {
        (this.edge, Name, CallerNumber, CallerName) = (edge, name, callerNumber, callerName);
        group = name.Call.Value.GetHashCode();
        Link = new(edge, edge.Grains.Call(name.Tenant, name.Call));
    }

    public CallRef Name { get; }
    public CallLink Link { get; }

    /// <summary>Shown to the agent's phone; never logged.</summary>
    public string CallerNumber { get; }

    public string? CallerName { get; }

    public bool HasLiveLegs => legs.Count > 0;

    public bool TryOpenMedia(EdgeLeg leg, out MediaLeg media, out LegRefusal refusal) => edge.Media.TryOpenLeg(group, leg, out media, out refusal);

    public void Add(EdgeLeg leg)
    {
        if (legs.Count == 0) edge.Calls.Live++;
        legs.Add(leg.Id, leg);
    }

    /// <summary>A leg is over: told once.</summary>
    public void Remove(EdgeLeg leg, CallEvent told)
    {
        if (!legs.Remove(leg.Id)) return;
        gone.Add(leg.Id, told);
        if (leg.Media is { } media) Close(media, told.At);
        Link.Tell(told);
        if (legs.Count > 0) return;
        edge.Calls.Live--;
        edge.Calls.OnAllLegsOver(this);
    }

    public void HangUpAll()
    {
        foreach (var leg in legs.Values.ToArray()) leg.HangUp();
    }

    /// <summary>What is recorded of a leg ends when the leg did, not when the media loop comes to hear of it.</summary>
    void Close(MediaLeg media, DateTimeOffset at)
    {
        foreach (var running in recordings.Values) running.StopAt(media, edge.Media.Clock.FromUtc(at));
        media.Close();
    }

    /// <summary>The watchdog's round: every live leg is asserted, which wakes a lost call.</summary>
    public void AssertLegs()
    {
        foreach (var leg in legs.Values) Link.TellOnce(new StillThere(edge.Now, leg.Id));
        if (legs.Count == 0) Link.TellKeptAgain();
    }

    /// <summary>Orders of an older activation are refused; the newer one has told what holds.</summary>
    public void Do(EdgeOrders orders)
    {
        if (orders.Epoch < orderEpoch) return;
        orderEpoch = orders.Epoch;
        // A recording ends at the instant the call names; hanging up a leg before that is heard would end its track at its own.
        foreach (var command in orders.Commands)
            if (command is Domain.Calls.StopRecording) Do(command);
        foreach (var command in orders.Commands)
            if (command is not Domain.Calls.StopRecording) Do(command);
    }

    void Do(EdgeCommand command)
    {
        switch (command)
        {
            case AnswerLeg c: Leg(c.Leg)?.Answer(); break;
            case RejectLeg c: Leg(c.Leg)?.Reject(c.SipStatus, c.Q850); break;
            case PlayToLeg c: Leg(c.Leg)?.Player.Play(c); break;
            case RingStation c: Ring(c); break;
            case HangUpLeg c: Leg(c.Leg)?.HangUp(); break;
            case BridgeLegs c: Bridge(c); break;
            case StartRecording c: StartRecording(c); break;
            case StopRecording c: StopRecording(c); break;
            default: edge.Log.CommandUnknown(command.GetType().Name); break;
        }
    }

    /// <summary>The leg, or null with the word that it is gone: the call that commands it did not hear it yet, or lost the word in a crash before it was stored.</summary>
    EdgeLeg? Leg(LegId id)
    {
        if (legs.TryGetValue(id, out var leg)) return leg;
        if (!gone.TryGetValue(id, out var told)) gone.Add(id, told = new HungUp(edge.Now, id, LegEndedBy.Edge, 0, 0));
        Link.TellAgain(told);
        return null;
    }

    void Ring(RingStation command)
    {
        if (legs.ContainsKey(command.Leg)) return; // done before
        if (gone.TryGetValue(command.Leg, out var told))
        {
            Link.TellAgain(told);
            return;
        }
        if (!HasLiveLegs)
        {
            Leg(CallerLeg.Name); // nobody is left whom the agent could talk to: the call did not hear it yet, and no phone rings for it
            return;
        }
        var leg = new StationLeg(edge, this, command);
        Add(leg);
        _ = leg.Ring();
    }

    void Bridge(BridgeLegs command)
    {
        room ??= edge.Media.OpenRoom(group);
        var present = command.Legs.Select(Leg).Where(leg => leg?.Media is not null).ToList();
        room.Set([.. present.Select(leg => new MediaMember(leg!.Media!))]);
        foreach (var leg in present) leg!.Player.Stop();
    }

    void StartRecording(StartRecording command)
    {
        if (recordings.ContainsKey(command.Recording)) return;
        if (Leg(command.Left)?.Media is not { } left || Leg(command.Right)?.Media is not { } right) return;
        var running = new RunningRecording(TrackId.New(), left, TrackId.New(), right);
        recordings.Add(command.Recording, running);
        edge.Recorder.Expect(running.LeftTrack, new(Name.Tenant, Name.Call, command.Recording, command.Left));
        edge.Recorder.Expect(running.RightTrack, new(Name.Tenant, Name.Call, command.Recording, command.Right));
        var from = edge.Media.Clock.FromUtc(command.From);
        left.Record(running.LeftTrack, from);
        right.Record(running.RightTrack, from);
    }

    void StopRecording(StopRecording command)
    {
        if (!recordings.TryGetValue(command.Recording, out var running)) return;
        var at = edge.Media.Clock.FromUtc(command.At);
        running.Left.StopRecording(running.LeftTrack, at);
        running.Right.StopRecording(running.RightTrack, at);
    }

    /// <summary>A track whose last segment never came (no buffer was free, or its leg was closed before) is not expected for ever.</summary>
    public void ForgetTracks()
    {
        foreach (var running in recordings.Values)
        {
            edge.Recorder.Forget(running.LeftTrack);
            edge.Recorder.Forget(running.RightTrack);
        }
    }

    sealed record RunningRecording(TrackId LeftTrack, MediaLeg Left, TrackId RightTrack, MediaLeg Right)
    {
        public void StopAt(MediaLeg media, MediaInstant at)
        {
            if (media == Left) Left.StopRecording(LeftTrack, at);
            if (media == Right) Right.StopRecording(RightTrack, at);
        }
    }
}
