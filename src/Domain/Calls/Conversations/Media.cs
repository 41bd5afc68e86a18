namespace CallCenter.Domain.Calls.Conversations;

/// <summary>What a leg hears that is in no room.</summary>
internal enum Sound { Silence, Music, Ringback, Whisper, StaffNumber }

/// <summary>Who hears whom, what plays and what is recorded in a conversation: all of it follows from the state, so that each is one pure function.</summary>
public static class Media
{
    /// <summary>Who is in a room. A room of one, or of listeners alone, is empty: nobody is left alone in it. Aside, what a phone holds is another line.</summary>
    public static Items<RoomMember> Room(CallState call, RoomId room)
    {
        if (call.Phase is CallPhase.Empty or CallPhase.Claiming or CallPhase.Ended) return [];
        var members = (List<RoomMember>?)null; // most rooms that are asked for are empty
        var talks = 0;
        if (room == RoomId.Main && CustomerTalks(call)) (members = new(2)).Add(new(call.Customer, call.PartyAt(call.Customer) is { Muted: true } ? Voice.Nobody : Voice.Everyone));
        if (members is not null) talks++;
        foreach (var party in call.Parties)
        {
            if (party.Side != (room == RoomId.Main ? Side.Main : Side.Aside) || !IsApart(call, party) || IsOut(party)) continue;
            if (!party.Listens) talks++;
            (members ??= new(2)).Add(Member(call, party, room));
        }
        return members is not { Count: > 1 } || talks == 0 ? [] : members.ToItems();
    }

    /// <summary>The customer of an internal call may be an agent with a lease: a party, but not one besides the customer. A leg that is over has no ears.</summary>
    private static bool IsApart(CallState call, Party party) => party.Leg != call.Customer && call.Leg(LineOf(call, party)) is { Lives: true };

    private static bool IsOut(Party party) => party.Away || party.Intro is not null || IsHolding(party);

    private static bool IsHolding(Party party) => party is { Held: true, Side: Side.Main };

    /// <summary>Talks the customer with anybody?</summary>
    public static bool CustomerTalks(CallState call)
    {
        if (call.Phase != CallPhase.Talking || call.Held || call.Leg(call.Customer) is not { Lives: true, Phase: not LegPhase.Calling } || call.PartyAt(call.Customer) is { Held: true } or { Away: true }) return false;
        foreach (var party in call.Parties)
            if (Talks(call, party)) return true;
        return false;
    }

    /// <summary>Would it talk to the customer, were that one not held?</summary>
    private static bool Talks(CallState call, Party party) => party is { Side: Side.Main, Mode: null or ListenMode.Barge, Held: false, Away: false, Intro: null } && IsApart(call, party);

    /// <summary>Three or more talk, this one among them, on hold or not.</summary>
    internal static bool IsConference(CallState call, Party among)
    {
        var others = among.Leg == call.Customer ? 0 : 1; // the customer
        foreach (var party in call.Parties)
            if (party.Leg != among.Leg && Talks(call, party with { Held = false, Away = false })) others++;
        return others > 1;
    }

    /// <summary>Aside, the second line of the agent's phone talks, if the phone began it.</summary>
    public static LegId LineOf(CallState call, Party party) =>
        party.Side == Side.Aside && call.Consult is { Line: { } line } consult && consult.By == party.Leg ? line : party.Leg;

    private static RoomMember Member(CallState call, Party party, RoomId room)
    {
        var leg = LineOf(call, party);
        if (party.Muted || party.Mode == ListenMode.Monitor) return new(leg, Voice.Nobody);
        if (party.Mode != ListenMode.Whisper) return new(leg);
        return Whispered(call, party) is { } to ? new(leg, Voice.One, to) : new(leg, Voice.Nobody);
    }

    /// <summary>Who hears a whisper: the agent listened to, or after that one's leaving whichever agent talks; nobody while that one's phone holds.</summary>
    private static LegId? Whispered(CallState call, Party listener)
    {
        Party? found = null;
        foreach (var party in call.Parties)
        {
            if (party.Listens || party.Agent is not { } agent || party.Side != Side.Main) continue;
            if (party.Leg == call.Customer && agent == listener.With) return CustomerTalks(call) ? party.Leg : null; // the called agent of an internal call
            if (!IsApart(call, party)) continue;
            if (agent == listener.With) return IsOut(party) ? null : party.Leg;
            if (!IsOut(party)) found ??= party;
        }
        return found?.Leg;
    }

    /// <summary>What is to be recorded: the customer on the left, on the right everybody whom all hear.</summary>
    public static Items<RunningTrack> Tracks(CallState call)
    {
        if (!call.Records || call.Paused || !CustomerTalks(call)) return [];
        var tracks = new List<RunningTrack>(2);
        foreach (var member in Room(call, RoomId.Main))
            if (member.Voice == Voice.Everyone) tracks.Add(new("", member.Leg, member.Leg == call.Customer ? Channel.Left : Channel.Right));
        return tracks.ToItems();
    }

    /// <summary>Why nothing is recorded; null if something is.</summary>
    public static NotRecordedReason? Unrecorded(CallState call)
    {
        if (call.Trip is not null) return NotRecordedReason.InFlow;
        if (call.Phase != CallPhase.Talking || call.Parties.IsEmpty) return NotRecordedReason.NotInConversation;
        if (!call.Records) return NotRecordedReason.QueueSetting;
        if (CustomerTalks(call)) return call.Paused ? NotRecordedReason.Paused : Tracks(call).IsEmpty ? NotRecordedReason.Muted : null;
        if (call.Consult is not null) return NotRecordedReason.Consult;
        if (call.Held || IsAny(call, IsHolding)) return NotRecordedReason.Held;
        return IsAny(call, static party => party.Away) ? NotRecordedReason.StationLost : NotRecordedReason.NotInConversation;
    }

    private static bool IsAny(CallState call, Func<Party, bool> so)
    {
        foreach (var party in call.Parties) if (!party.Listens && so(party)) return true;
        return false;
    }

    /// <summary>What the agent's seconds count as.</summary>
    public static Activity Activity(CallState call, Party party)
    {
        if (party.Listens) return Conversations.Activity.Listen;
        if (call.Phase == CallPhase.Dialling) return Conversations.Activity.Dial;
        if (party.Intro is not null) return Conversations.Activity.Intro;
        if (party.Side == Side.Aside) return Conversations.Activity.Consult;
        return CustomerTalks(call) && party is { Held: false, Away: false } ? Conversations.Activity.Talk : Conversations.Activity.Hold;
    }

    /// <summary>Who waits in a queue hears its music already.</summary>
    private static Sound ToCustomer(CallState call)
    {
        if (call.Phase is not (CallPhase.Talking or CallPhase.Waiting) || call.Leg(call.Customer) is not { Lives: true, Phase: not LegPhase.Calling }) return Conversations.Sound.Silence;
        return Intros.Of(call) is { Intro.Step: IntroStep.StaffNumber } ? Conversations.Sound.StaffNumber : Conversations.Sound.Music;
    }

    /// <summary>What a leg hears while it is in no room.</summary>
    internal static Sound Sound(CallState call, LegId leg)
    {
        if (leg == call.Customer) return ToCustomer(call);
        if (call.PartyAt(leg)?.Intro is { } intro) return intro.Step == IntroStep.Whisper ? Conversations.Sound.Whisper : Conversations.Sound.StaffNumber;
        if (call.Phase == CallPhase.Dialling) return call.PartyAt(leg) is not null && call.Leg(leg) is { Phase: LegPhase.Answered } ? Conversations.Sound.Ringback : Conversations.Sound.Silence;
        if (call.Consult is not { } consult) return Conversations.Sound.Silence;
        if (leg == consult.Target) return Conversations.Sound.Music; // the other one is with the customer
        var asks = call.PartyAt(consult.By) is { Side: Side.Aside } by && leg == LineOf(call, by);
        return asks && consult.Target is null && call.ReachFor(ReachFor.Consult) is { Referred: false } ? Conversations.Sound.Ringback : Conversations.Sound.Silence;
    }
}
