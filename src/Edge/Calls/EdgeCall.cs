using CallCenter.Edge.Stations;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Dialogs;

namespace CallCenter.Edge.Calls;

/// <summary>What this edge holds of one call: its legs, who hears whom, what is recorded. It does what the call says and tells what happened. Lives on the loop.</summary>
sealed class EdgeCall
{
    readonly EdgeCore edge;
    readonly Dictionary<LegId, EdgeLeg> legs = [];

    /// <summary>Legs that are over, with the word that said so.</summary>
    readonly Dictionary<LegId, CallEvent> gone = [];

    readonly CallRooms rooms;
    readonly CallTracks tracks;
    readonly long group;
    readonly bool lost;
    long orderEpoch;

    /// <param name="callerNumber">Empty where it is unknown or withheld.</param>
    /// <param name="lost">Its legs were an earlier start's of this edge: whatever is asked of it is gone.</param>
    public EdgeCall(EdgeCore edge, CallRef name, string callerNumber, string? callerName, bool lost = false)
    {
        (this.edge, Name, CallerNumber, CallerName, this.lost) = (edge, name, callerNumber, callerName, lost);
        group = name.Call.Value.GetHashCode();
        rooms = new(edge, group);
        Link = new(edge, edge.Grains.Call(name.Tenant, name.Call));
        tracks = new(edge, name, Link);
    }

    public CallRef Name { get; }
    public CallLink Link { get; }

    /// <summary>Shown to the phones that are rung; never logged.</summary>
    public string CallerNumber { get; }

    public string? CallerName { get; }

    /// <summary>The codec of the first leg that settled one: offered to those who are called, so that nothing need be decoded.</summary>
    public AudioCodec? Spoken { get; set; }

    public bool HasLiveLegs => legs.Count > 0;

    /// <summary>No leg lives, what was recorded is kept, and all that happened was stored.</summary>
    public bool IsQuiet => !HasLiveLegs && tracks.AreKept && Link.IsQuiet;

    public bool TryOpenMedia(EdgeLeg leg, out MediaLeg media, out LegRefusal refusal) => edge.Media.TryOpenLeg(group, leg, out media, out refusal);

    /// <summary>A leg that stood by comes to where the others of this call are.</summary>
    public void Bring(MediaLeg media) => edge.Media.Move(media, group);

    public void Add(EdgeLeg leg)
    {
        if (legs.Count == 0) edge.Calls.Live++;
        legs.Add(leg.Id, leg);
        edge.Calls.Watch(this);
        edge.Calls.Phones.Add(leg);
        if (leg.Trunk is { } trunk) edge.Trunks.Began(trunk);
    }

    /// <summary>A leg is over: told once.</summary>
    public void Remove(EdgeLeg leg, CallEvent told)
    {
        if (!legs.Remove(leg.Id)) return;
        edge.Calls.Phones.Remove(leg);
        if (leg.Trunk is { } trunk) edge.Trunks.Ended(trunk, told);
        if (told is HungUp over) told = over with { Quality = leg.Quality(), Signalling = leg.Signalling() };
        else if (told is NotPickedUp vain) told = vain with { Signalling = leg.Signalling() };
        gone.Add(leg.Id, told);
        rooms.Forget(leg.Id);
        if (leg.Media is { } media) tracks.StopAll(media, told.At);
        leg.LetGo();
        Link.Tell(told);
        if (legs.Count > 0) return;
        edge.Calls.Live--;
        edge.Calls.OnAllLegsOver(this);
    }

    /// <summary>A name that no leg of this call has or had.</summary>
    public LegId NewPhoneLeg(string extension)
    {
        for (var i = 1; ; i++)
            if (new LegId($"phone-{extension}-{i}") is var id && !legs.ContainsKey(id) && !gone.ContainsKey(id)) return id;
    }

    /// <summary>The live leg of that extension's phone with that dialog; null if there is none.</summary>
    public EdgeLeg? PhoneLeg(string extension, DialogId dialog)
    {
        foreach (var leg in legs.Values)
            if (leg is SipLeg { Session.Dialog: { } own } && leg.Station == extension && own.Id == dialog) return leg;
        return null;
    }

    public void HangUpAll()
    {
        foreach (var leg in legs.Values.ToArray()) leg.HangUp();
    }

    /// <summary>The watchdog's round: every live leg is asserted, and after the last that something is yet to be kept; which wakes a lost call.</summary>
    public void AssertLife()
    {
        foreach (var leg in legs.Values) Link.TellOnce(new StillThere(edge.Now, leg.Id));
        if (HasLiveLegs) return;
        if (tracks.AreKept) Link.TellKeptAgain();
        else Link.TellNothing();
    }

    public void OnTrackEnded(Media.TrackEnded ended) => tracks.OnEnded(ended);

    public void ForgetTracks() => tracks.Forget();

    /// <summary>What this edge decides by itself, whoever gives orders besides: see <see cref="EmergencyLine"/>.</summary>
    public void DoAlone(EdgeOrders orders)
    {
        foreach (var command in orders.Commands) Do(command, orders);
    }

    /// <summary>Orders of an older activation are refused; the newer one has told what holds.</summary>
    public void Do(EdgeOrders orders)
    {
        if (orders.Epoch < orderEpoch) return;
        orderEpoch = orders.Epoch;
        // A track ends at the instant the call names; hanging up its leg before that is heard would end it at its own.
        foreach (var command in orders.Commands)
            if (command is StopTrack stop) tracks.Stop(stop);
        foreach (var command in orders.Commands)
            if (command is not StopTrack) Do(command, orders);
    }

    void Do(EdgeCommand command, EdgeOrders orders)
    {
        switch (command)
        {
            case AnswerLeg c: Leg(c.Leg)?.Answer(); break;
            case RejectLeg c: Leg(c.Leg)?.Reject(c.SipStatus, c.Q850); break;
            case RingBack c: Leg(c.Leg)?.RingBack(); break;
            case PlayToLeg c: Leg(c.Leg)?.Player.Play(c, rooms.Has(c.Leg)); break;
            case RingStation c: Ring(c.Leg, () => edge.Stations.Known(Name.Tenant, c.Station) is { } path ? new BrowserLeg(edge, this, c, path) : new StationLeg(edge, this, c)); break;
            case AlertLeg c: Leg(c.Leg)?.Alert(); break;
            case RingNumber c: Ring(c.Leg, () => new TrunkLeg(edge, this, c, orders.ValueOf(c.Field) ?? "")); break;
            case HangUpLeg c: Leg(c.Leg)?.HangUp(); break;
            case SetRoom c: SetRoom(c); break;
            case StartTrack c when Leg(c.Leg)?.Media is { } media: tracks.Start(c, media); break;
            case StartTrack c: tracks.NeverBegins(c.Recording, c.Track); break; // the leg is gone, which was told
            case SendKeys c: Leg(c.Leg)?.SendKeys(c.Keys); break;
            case PassKeys c: Leg(c.Leg)?.PassKeys(c.Pass); break;
            case TellReferral c: Leg(c.Leg)?.TellReferral(c.SipStatus); break;
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

    void Ring(LegId id, Func<EdgeLeg> made)
    {
        if (legs.ContainsKey(id)) return; // done before
        if (lost || gone.ContainsKey(id) || IsDeserted)
        {
            foreach (var told in gone.Values.ToArray()) Link.TellAgain(told);
            if (lost) Leg(id);
            return;
        }
        var leg = made();
        Add(leg);
        _ = leg.Ring();
    }

    /// <summary>Somebody was here and everybody left: the call did not hear it yet, and no phone rings for nobody.</summary>
    bool IsDeserted => !HasLiveLegs && gone.Values.Any(static told => told is HungUp);

    void SetRoom(SetRoom command)
    {
        var members = new List<(EdgeLeg Leg, RoomMember)>();
        foreach (var member in command.Members)
            if (Leg(member.Leg) is { Media: not null } leg && members.All(m => m.Leg != leg)) members.Add((leg, member));
        rooms.Set(command.Room, members);
    }
}
