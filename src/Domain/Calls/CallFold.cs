namespace CallCenter.Domain.Calls;

/// <summary>Marks of a call's memory.</summary>
public sealed record SlotAsked(DateTimeOffset At) : Mark(At);
public sealed record LeasesRenewed(DateTimeOffset At) : Mark(At);
public sealed record AskedForPlace(DateTimeOffset At) : Mark(At);
public sealed record ReachAsked(DateTimeOffset At, int No) : Mark(At);
public sealed record OfferAsked(DateTimeOffset At, LegId Leg) : Mark(At);

/// <summary>A phone holds, or does no more, that is on its way into the conversation.</summary>
public sealed record HoldNoted(DateTimeOffset At, LegId Leg, bool Holds) : Mark(At);

/// <summary>One more digit of those that the flow collects: remembered as long as the activation lives, and never stored.</summary>
public sealed record DigitTaken(DateTimeOffset At, Secret Digit) : Mark(At);

/// <summary>All digits of a node that does not mask them: for the personal store.</summary>
public sealed record DigitsKept(DateTimeOffset At, string Node, Secret Digits) : Mark(At);

/// <summary>How facts and marks change a call.</summary>
public sealed partial record CallState
{
    /// <summary>The state after a step: its facts, then its marks.</summary>
    public CallState After(Step step)
    {
        if (step.Folded.From(this) is CallState known) return known;
        var state = this;
        foreach (var fact in step.Facts) state = state.With(fact);
        foreach (var mark in step.Marks) state = state.With(mark);
        return state;
    }

    /// <summary>
    /// A new activation begins at <paramref name="now"/> with the fold of the facts: leases are renewed at the next occasion, and
    /// no time limit lies further ahead than its length, whatever the clock did in between.
    /// </summary>
    public CallState Woken(DateTimeOffset now) => this with
    {
        Offers = Offers.Change(o => o.Until > now + (o.Until - o.Since), o => o with { Until = now + (o.Until - o.Since), Since = now }).Change(o => o.Outside is not null, o => o with { AskedAt = DateTimeOffset.MinValue }),
        Parties = Parties.Change(_ => true, p => p with { RenewedAt = DateTimeOffset.MinValue, Intro = p.Intro is { } intro ? intro with { Since = Earlier(intro.Since, now) } : null }),
        Reaches = Reaches.Change(r => r.Until > now + (r.Until - r.Since), r => r with { Until = now + (r.Until - r.Since), Since = now }).Change(_ => true, r => r with { AskedAt = DateTimeOffset.MinValue }),
        PlaySince = Earlier(PlaySince, now),
        PlayedAt = PlayedAt is { } played ? Earlier(played, now) : null,
        SlotAskedAt = DateTimeOffset.MinValue,
        ChannelsRenewedAt = DateTimeOffset.MinValue,
        PlaceAskedAt = Earlier(PlaceAskedAt, now),
        ArrivedAt = Earlier(ArrivedAt, now),
        Voicemail = Voicemail is { } mail ? mail with { Since = Earlier(mail.Since, now) } : null,
    };

    public CallState With(Mark mark) => mark switch
    {
        SlotAsked m => this with { SlotAskedAt = m.At },
        LeasesRenewed m => this with
        {
            ChannelsRenewedAt = m.At, Parties = Parties.Change(_ => true, p => p with { RenewedAt = m.At }), Reaches = Reaches.Change(r => r.Rings, r => r with { AskedAt = m.At }), Offers = Offers.Change(o => o.Outside is not null, o => o with { AskedAt = m.At }),
        },
        OfferAsked m => this with { Offers = Offers.Change(o => o.Leg == m.Leg, o => o with { AskedAt = m.At }) },
        ReachAsked m => this with { Reaches = Reaches.Change(r => r.No == m.No, r => r with { AskedAt = m.At }) },
        DigitTaken m => this with { Digits = new(Digits.Value + m.Digit.Value), PlayedAt = m.At },
        AskedForPlace m => this with { PlaceAskedAt = m.At },
        HoldNoted m => this with { EarlyHolds = m.Holds ? EarlyHolds.Add(m.Leg) : EarlyHolds.Without(l => l == m.Leg) },
        _ => this,
    };

    public CallState With(Fact fact)
    {
        if (fact is UnknownFact) return this;
        var next = Folded(fact);
        if (ReferenceEquals(next, this)) next = this with { };
        (next.FactCount, next.Latest) = (FactCount + 1, fact.At > Latest ? fact.At : Latest); // a copy that nobody else has seen yet
        return next;
    }

    private CallState Folded(Fact fact) => fact switch
    {
        CallArrived f => Arrived(f),
        CallAdmitted => this with { Phase = CallPhase.InFlow },
        NodeEntered f => this with { Phase = CallPhase.InFlow, Node = f.Node, Answering = Answering || f.Answers, Misses = 0, Plays = Plays + 1, PlaySince = f.At, PlayedAt = null, Digits = default },
        MenuMissed f => this with { Misses = Misses + 1, Plays = Plays + 1, PlaySince = f.At, PlayedAt = null },
        PromptEnded f => this with { PlayedAt = f.At },
        VoicemailStarted f => this with { Voicemail = new(f.Box, f.Recording, f.At), VoicemailCount = VoicemailCount + 1, Unsealed = Unsealed.Add(new(f.Recording, f.Track)) },
        VoicemailLeft or VoicemailDropped => this with { Voicemail = null },
        LegAnswered f => this with { Legs = Legs.Change(l => l.Id == f.Leg, l => l with { Phase = LegPhase.Answered, AnsweredAt = f.At }) },
        LegEnded f => this with { Legs = Legs.Change(l => l.Id == f.Leg, l => l with { Phase = LegPhase.Ended }) },
        Enqueued f => this with { Phase = CallPhase.Waiting, Place = new(f.Queue, f.At, f.Priority), PlaceAskedAt = f.At, Plays = Plays + 1, PlaySince = f.At },
        PlaceTold f => this with { Plays = Plays + 1, PlaySince = f.At, PlaceAskedAt = f.At },
        OfferStarted f => Started(f),
        OfferAlerting f => this with { Offers = Offers.Change(o => o.Agent == f.Agent && o.Epoch == f.Epoch, o => o with { Alerted = true }) },
        OfferAnswered f => this with { Offers = Offers.Change(o => o.Agent == f.Agent && o.Epoch == f.Epoch, o => o with { Answered = true }) },
        OfferDialled f => this with { Offers = Offers.Change(o => o.Leg == f.Leg, o => o with { Outside = OutsideStage.Rings, AskedAt = f.At }) },
        OfferPrompted f => this with { Offers = Offers.Change(o => o.Leg == f.Leg, o => o with { Outside = OutsideStage.Prompts, Until = f.Until, Since = f.At }) },
        OfferEnded f => this with { Offers = Offers.Without(o => o.Agent == f.Agent && o.Epoch == f.Epoch) },
        FaxDetected f => this with { Faxes = Faxes.Add(new(f.At, f.Leg, f.Tone)) },
        AnswerClassified f => this with { Answer = new(f.Answerer, f.Confidence, f.AfterMs) },
        CallEnded => this with { Phase = CallPhase.Ended, Offers = [], Parties = [], Reaches = [], Consult = null, Trip = null, Recording = null, Tracks = [] },
        _ => this.AfterConversation(fact),
    };

    private CallState Arrived(CallArrived f) => this with
    {
        Phase = f.Limited ? CallPhase.Claiming : CallPhase.InFlow,
        Edge = f.Edge, EdgeEpoch = f.EdgeEpoch, Customer = f.Leg, Number = f.Number, Flow = f.Flow, Limited = f.Limited, ArrivedAt = f.At, SlotAskedAt = f.At,
        Legs = Legs.Add(new(f.Leg, LegRole.Caller, LegPhase.Arriving, null, null)),
    };

    private CallState Started(OfferStarted f) => this with
    {
        Offers = Offers.Add(new(f.Agent, f.Epoch, f.Leg, f.Until, false, f.Recording, false, f.At, f.StaffNumber, IsCalledOutside(f) ? OutsideStage.Asks : null, f.At)),
        Legs = Leg(f.Leg) is null ? Legs.Add(new(f.Leg, LegRole.Agent, LegPhase.Calling, f.Agent, null, IsCalledOutside(f) ? f.Station : null)) : Legs, // a phone that dialled is there already
        Reaches = Reaches.Change(r => r.Agent == f.Agent, r => r with { Rings = true, Leg = f.Leg }),
        Epochs = Epochs.Without(k => k.Agent == f.Agent).Add(new(f.Agent, f.Epoch)),
    };

    private bool IsCalledOutside(OfferStarted f) => f.StationIs == StationKind.Number && Leg(f.Leg) is null;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
