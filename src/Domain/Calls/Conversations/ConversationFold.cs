namespace CallCenter.Domain.Calls.Conversations;

/// <summary>How facts change who is in the conversation, and how.</summary>
internal static class ConversationFold
{
    public static CallState AfterConversation(this CallState call, Fact fact) => fact switch
    {
        CallDialled f => Dialled(call, f),
        ReachStarted f => Started(call, f),
        ReachRinging f => Ringing(call, f),
        ReachEnded f => call with { Reaches = call.Reaches.Without(r => r.No == f.No) },
        AgentJoined f => Joined(call, f),
        PartyJoined f => Joined(call, f),
        CustomerJoined f => call with { Phase = CallPhase.Talking, Customer = f.Leg, ChannelsRenewedAt = f.At, Reaches = call.Reaches.Without(r => r.For == ReachFor.Called) },
        ListenerJoined f => Reached(call, f.Agent, f.Leg) with { Parties = call.Parties.Add(new(f.Leg, f.Agent, f.Epoch, f.At) { Mode = f.Mode, With = f.With, Does = Activity.Listen }) },
        ListenChanged f => With(call, f.Leg, p => p with { Mode = f.Mode, With = f.With }),
        TookOver f => With(call, f.Leg, p => p with { Mode = null, With = null }),
        AgentLeft f => Left(call, f.Leg),
        PartyLeft f => Left(call, f.Leg),
        CustomerHeld => call with { Held = true },
        CustomerRetrieved => call with { Held = false },
        PartyHeld f => With(call, f.Leg, p => p with { Held = true }),
        PartyRetrieved f => With(call, f.Leg, p => p with { Held = false }),
        StationLost f => With(call, f.Leg, p => p with { Away = true }),
        StationBack f => With(call, f.Leg, p => p with { Away = false }),
        IntroBegun f => With(call, f.Leg, p => p with { Intro = new(f.Step, f.At) }),
        WhisperPlayed f => With(call, f.Leg, p => p with { Intro = null }),
        StaffNumberAnnounced f => With(call, f.Leg, p => p with { Intro = null }),
        PartyMuted f => With(call, f.Leg, p => p with { Muted = f.On }),
        AgentActive f => With(call, f.Leg, p => p with { Does = f.Activity }),
        _ => AfterConsultation(call, fact),
    };

    private static CallState AfterConsultation(CallState call, Fact fact) => fact switch
    {
        ConsultSwapped f when call.Consult is { } consult => With(call, consult.By, p => p with { Side = f.WithCustomer ? Side.Main : Side.Aside }),
        ConsultEnded f => ConsultOver(call) with { Held = f.Why == ConsultEnd.TargetLeft && !Media.CustomerTalks(AllHere(call)) },
        Conferenced => Together(call),
        Transferred => Together(call) with { Reaches = call.Reaches.Change(r => r.For == ReachFor.Consult, r => r with { For = ReachFor.Transfer, By = null }) },
        SentToFlow f => call with { Phase = CallPhase.InFlow, Trip = new(f.By, f.Flow), Held = false },
        FlowReturned => call with { Phase = CallPhase.Talking, Trip = null },
        _ => AfterRecording(call, fact),
    };

    private static CallState AfterRecording(CallState call, Fact fact) => fact switch
    {
        RecordingPaused f => call with { Pauses = call.Pauses.Add(f.For ?? (f.By is { } agent ? call.PartyOf(agent)?.Leg : null) ?? default) },
        RecordingResumed f => call with { Pauses = f.Left is { } leg ? call.Pauses.Without(p => p == leg) : [] },
        RecordingStarted f => call with { Recording = f.Recording },
        RecordingStopped => call with { Recording = null },
        NotRecorded f => call with { Unrecorded = f.Why },
        TrackStarted f => call with { Tracks = call.Tracks.Add(new(f.Track, f.Leg, f.Channel)), TrackCounts = Counted(call.TrackCounts, f.Leg), Unrecorded = null, Unsealed = call.Unsealed.Add(new(f.Recording, f.Track)) },
        TrackStopped f => call with { Tracks = call.Tracks.Without(t => t.Name == f.Track) },
        TrackSealed f => call with { Unsealed = call.Unsealed.Without(t => t == new TrackKey(f.Recording, f.Track)), GivenUp = call.GivenUp.Without(t => t == new TrackKey(f.Recording, f.Track)) },
        SealsGivenUp => call with { Unsealed = [], GivenUp = call.Unsealed },
        _ => call,
    };

    private static CallState Dialled(CallState call, CallDialled f)
    {
        var next = call with
        {
            Phase = CallPhase.Dialling, Edge = f.Edge, EdgeEpoch = f.EdgeEpoch, ArrivedAt = f.At, Customer = LegId.Called, Dialler = f.Leg, Records = f.Recording, Answering = true,
            Calling = new(f.ToAgent, f.ToExtension, f.Shown, f.Classifies, f.Emergency),
        };
        return f.Leg is not { } leg ? next : next with { Legs = next.Legs.Add(new(leg, f.Agent is null ? LegRole.Station : LegRole.Agent, LegPhase.Arriving, f.Agent, null)) };
    }

    private static CallState Started(CallState call, ReachStarted f)
    {
        var reach = new Reach(f.No, f.For, f.Leg, f.Agent, f.Extension, f.By, f.At)
        {
            Referred = f.Referred, With = f.With, Mode = f.Mode, Shown = f.Shown, Until = f.At + CallLimits.ReachSilence, AskedAt = f.At,
        };
        var next = call with { Reaches = call.Reaches.Add(reach), ReachCount = f.No };
        if (f.Line is { } line) next = next with { Legs = next.Legs.Add(new(line, LegRole.Agent, LegPhase.Arriving, f.By is { } by ? call.PartyAt(by)?.Agent : null, null)) };
        if (f.By is not { } asker) return next;
        return With(next with { Consult = new(asker, f.Line, null) }, asker, p => p with { Side = Side.Aside });
    }

    private static CallState Ringing(CallState call, ReachRinging f) => call with
    {
        Reaches = call.Reaches.Change(r => r.No == f.No, r => r with { Rings = true, Until = f.Until + CallLimits.RingSlack, Since = f.At, Leg = f.Leg }),
        Legs = call.Legs.Add(new(f.Leg, f.Trunk is null ? LegRole.Station : LegRole.Number, LegPhase.Calling, null, null)),
    };

    /// <summary>Out of the queue, or reached in person.</summary>
    private static CallState Joined(CallState call, AgentJoined f)
    {
        var offer = call.Offer(f.Agent, f.Epoch);
        var queued = call.ReachOf(f.Agent) is null;
        var side = !queued && call.ReachOf(f.Agent)!.For == ReachFor.Consult ? Side.Aside : Side.Main;
        var next = Reached(call, f.Agent, f.Leg);
        return next with
        {
            Phase = next.Phase == CallPhase.Waiting || call.ReachOf(f.Agent) is { For: ReachFor.Flow } ? CallPhase.Talking : next.Phase,
            Records = queued ? offer?.Recording ?? call.Records : call.Records,
            Parties = next.Parties.Add(new(f.Leg, f.Agent, f.Epoch, f.At) { Side = side, StaffNumber = queued ? offer?.StaffNumber : null }),
        };
    }

    private static CallState Joined(CallState call, PartyJoined f)
    {
        var side = call.ReachAt(f.Leg) is { For: ReachFor.Consult } ? Side.Aside : Side.Main;
        var next = call with { Reaches = call.Reaches.Without(r => r.Leg == f.Leg), Parties = call.Parties.Add(new(f.Leg, null, 0, f.At) { Side = side }) };
        if (call.ReachAt(f.Leg) is { For: ReachFor.Flow }) return next with { Phase = CallPhase.Talking };
        return side == Side.Aside && next.Consult is { } consult ? next with { Consult = consult with { Target = f.Leg } } : next;
    }

    /// <summary>The agent's offer and reach have come to their end.</summary>
    private static CallState Reached(CallState call, AgentId agent, LegId leg)
    {
        var asked = call.ReachOf(agent) is { For: ReachFor.Consult };
        return call with
        {
            Offers = call.Offers.Without(o => o.Agent == agent),
            Reaches = call.Reaches.Without(r => r.Agent == agent),
            Consult = asked && call.Consult is { } consult ? consult with { Target = leg } : call.Consult,
        };
    }

    private static CallState Left(CallState call, LegId leg) => call with { Parties = call.Parties.Without(p => p.Leg == leg) };

    /// <summary>The one who asked is with the customer again; the other one has gone or goes.</summary>
    private static CallState ConsultOver(CallState call) => call.Consult is not { } consult ? call : With(call with { Consult = null }, consult.By, p => p with { Side = Side.Main });

    /// <summary>Whoever asked is with the others again, whatever its phone held before.</summary>
    private static CallState Together(CallState call) => call with { Consult = null, Held = false, Parties = call.Parties.Change(_ => true, p => p with { Side = Side.Main, Held = p.Held && p.Leg != call.Consult?.By }) };

    /// <summary>Whoever is away may be back, and has put nobody on hold.</summary>
    private static CallState AllHere(CallState call) => call with { Parties = call.Parties.Change(p => p.Away, p => p with { Away = false }) };

    private static CallState With(CallState call, LegId leg, Func<Party, Party> change) => call with { Parties = call.Parties.Change(p => p.Leg == leg, change) };

    private static Items<TrackCount> Counted(Items<TrackCount> counts, LegId leg)
    {
        foreach (var count in counts) if (count.Leg == leg) return counts.Change(c => c.Leg == leg, c => c with { Count = c.Count + 1 });
        return counts.Add(new(leg, 1));
    }
}
