using System.Globalization;

namespace CallCenter.Domain.Calls.Conversations;

/// <summary>What must be done so that rooms, tracks and sounds are what the state says: the differences between two states.</summary>
internal static class Settlement
{
    /// <param name="before">The state of which all was told.</param>
    /// <param name="ends">The call ends in this turn: its legs are hung up, so rooms and sounds need no word.</param>
    public static void Settle(CallTurn turn, CallState before, bool ends)
    {
        if (turn.Call.Phase is CallPhase.Empty or CallPhase.Ended) return;
        Intros.Settle(turn);
        Count(turn);
        StopTracks(turn);
        if (!ends)
        {
            SetRoom(turn, before, RoomId.Main);
            SetRoom(turn, before, RoomId.Consult);
            StartTracks(turn);
            Sounds(turn, before);
            TellGap(turn);
        }
        else if (turn.Call.Recording is { } recording) turn.Fact(new RecordingStopped(turn.At, recording));
    }

    private static void Count(CallTurn turn)
    {
        foreach (var party in turn.Call.Parties)
            if (party.Agent is { } agent && Media.Activity(turn.Call, party) is var does && does != party.Does) turn.Fact(new AgentActive(turn.At, agent, party.Leg, does));
    }

    private static void SetRoom(CallTurn turn, CallState before, RoomId room)
    {
        var members = Media.Room(turn.Call, room);
        if (members != Media.Room(before, room)) turn.Do(new SetRoom(room, members));
    }

    private static void StopTracks(CallTurn turn)
    {
        if (turn.Call.Tracks.IsEmpty) return;
        var wanted = Media.Tracks(turn.Call);
        foreach (var track in turn.Call.Tracks)
        {
            if (Has(wanted, track.Leg)) continue;
            turn.Fact(new TrackStopped(turn.At, turn.Call.Recording!, track.Name));
            turn.Do(new StopTrack(turn.Call.Recording!, track.Name, turn.At));
        }
    }

    private static void StartTracks(CallTurn turn)
    {
        var wanted = Media.Tracks(turn.Call);
        if (wanted.IsEmpty) return;
        if (turn.Call.Recording is null) turn.Fact(new RecordingStarted(turn.At, RecordingName, turn.Call.Customer, wanted[^1].Leg));
        foreach (var track in wanted)
        {
            if (Has(turn.Call.Tracks, track.Leg)) continue;
            var name = NextName(turn.Call, track.Leg);
            turn.Fact(new TrackStarted(turn.At, RecordingName, name, track.Leg, track.Channel));
            turn.Do(new StartTrack(RecordingName, name, track.Leg, track.Channel, turn.At));
        }
    }

    /// <summary>One set for the whole call.</summary>
    private const string RecordingName = "r1";

    private static bool Has(Items<RunningTrack> tracks, LegId leg)
    {
        foreach (var track in tracks) if (track.Leg == leg) return true;
        return false;
    }

    private static string NextName(CallState call, LegId leg)
    {
        var count = 1;
        foreach (var had in call.TrackCounts) if (had.Leg == leg) count = had.Count + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{leg}-{count}");
    }

    /// <summary>A gap with its reason. Seconds before the customer is connected do not count.</summary>
    private static void TellGap(CallTurn turn)
    {
        var call = turn.Call;
        if (call.Leg(call.Customer) is not { Phase: LegPhase.Answered } || !call.Tracks.IsEmpty) return;
        if (Media.Unrecorded(call) is { } why && why != call.Unrecorded) turn.Fact(new NotRecorded(turn.At, why));
    }

    /// <summary>Who comes into a room hears the room; who is in none hears what it must, once told.</summary>
    private static void Sounds(CallTurn turn, CallState before)
    {
        var call = turn.Call;
        var (then, rooms) = (Rooms.Of(before), Rooms.Of(call));
        foreach (var leg in call.Legs)
        {
            if (!leg.Lives || rooms.Has(leg.Id) || (leg.Id == call.Customer && call.Phase != CallPhase.Talking)) continue; // in a flow or a queue the customer hears that
            var (was, now) = (then.Has(leg.Id) ? Sound.Silence : Media.Sound(before, leg.Id), Media.Sound(call, leg.Id));
            if (was == now) continue;
            turn.Do(Intros.Of(call) is { } party && now is Sound.Whisper or Sound.StaffNumber ? Intros.ToPlay(turn, party, leg.Id) : new PlayToLeg(leg.Id, string.Create(CultureInfo.InvariantCulture, $"{leg.Id}.{call.FactCount}"), [], Played(turn, now), false));
        }
    }

    private static Prompt? Played(CallTurn turn, Sound sound) => sound switch
    {
        Sound.Music => CallMachine.Music(turn, turn.Call.Place?.Queue),
        Sound.Ringback => Prompt.Of(CallRules.Ringback, turn.Rules.Language),
        _ => null,
    };

    private readonly record struct Rooms(Items<RoomMember> Main, Items<RoomMember> Consult)
    {
        public static Rooms Of(CallState call) => new(Media.Room(call, RoomId.Main), Media.Room(call, RoomId.Consult));

        public bool Has(LegId leg)
        {
            foreach (var member in Main) if (member.Leg == leg) return true;
            foreach (var member in Consult) if (member.Leg == leg) return true;
            return false;
        }
    }
}
