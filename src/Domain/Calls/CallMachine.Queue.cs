using System.Globalization;

namespace CallCenter.Domain.Calls;

/// <summary>Waiting in a queue, being offered to agents, hearing one's place.</summary>
public static partial class CallMachine
{
    /// <param name="why">A prompt to be heard before the music; null = none.</param>
    internal static void Enqueue(CallTurn turn, QueueId queue, int priority, string? why = null)
    {
        turn.Fact(new Enqueued(turn.At, queue, priority));
        turn.Do(new TakePlace(turn.Call.Place!));
        Play(turn, why is null ? [] : [Prompt.Of(why, turn.Rules.Language)], interruptible: false, Music(turn, queue));
    }

    /// <summary>A queue's music; the shipped one without a queue.</summary>
    internal static Prompt Music(CallTurn turn, QueueId? of) =>
        turn.Rules.Spoken(Prompt.Of(of is { } queue && turn.Rules.Queue(queue) is { Music.Length: > 0 } settings ? settings.Music : CallRules.DefaultMusic, turn.Rules.Language));

    /// <summary>Says the place anew: held while an offer is open, else to be served.</summary>
    internal static void KeepPlace(CallTurn turn)
    {
        if (turn.Call.Place is not { } place) return;
        if (turn.Call.QueueOffer is not { } offer) turn.Do(new TakePlace(place));
        else turn.Do(new HoldPlace(place, offer.Deadline + CallLimits.HoldSlack));
    }

    /// <summary>Routing waits for this word before it serves anybody: who does not wait says so too.</summary>
    private static void SayPlace(CallTurn turn)
    {
        if (turn.Call is { Phase: CallPhase.Waiting, Place: not null }) KeepPlace(turn);
        else turn.Do(new LeavePlace(turn.Call.Place?.Queue ?? default));
    }

    private static void Offer(CallTurn turn, Offered e)
    {
        var call = turn.Call;
        if (call.Offer(e.Agent, e.Epoch) is not null || call.Party(e.Agent, e.Epoch) is not null) return; // said twice
        var reach = e.Terms.Queue is null && call.ReachOf(e.Agent) is { Rings: false } sought ? sought : null;
        var waits = call is { Phase: CallPhase.Waiting, QueueOffer: null, Place: { } stands } && e.Terms.Queue == stands.Queue && call.ReachOf(e.Agent) is null; // a queue that it has left offers too late
        if ((reach is null && !waits) || e.Epoch <= call.EpochOf(e.Agent) || e.Remaining <= TimeSpan.Zero)
        {
            turn.Do(new CloseOffer(e.Agent, e.Epoch, OfferEnd.Withdrawn));
            if (call.Phase is not (CallPhase.Waiting or CallPhase.Empty) && call.Place is { } place) turn.Do(new LeavePlace(place.Queue)); // routing does not know yet
            return;
        }
        var until = turn.Now + e.Remaining;
        var leg = reach?.Leg ?? OfferLeg(e.Agent, e.Epoch);
        turn.Fact(new OfferStarted(turn.At, e.Agent, e.Epoch, leg, reach is null ? e.Terms.Queue : null, until, reach is null && e.Terms.Recording, e.Terms.QueueVersion, e.StaffNumber, e.Kind, e.Station));
        if (reach?.Leg is not null) Taken(turn, e.Agent, e.Epoch, leg); // the phone that dialled is there
        else if (turn.Call.Leg(leg) is { Station: not null } outside) turn.Do(OutsideStations.Clearance(turn.Call, outside));
        else turn.Do(new RingStation(leg, e.Station, until, reach is { For: ReachFor.Caller }));
        if (reach is null) turn.Do(new HoldPlace(call.Place!, until + CallLimits.HoldSlack));
    }

    /// <summary>The station is there: may they talk?</summary>
    internal static void Taken(CallTurn turn, AgentId agent, long epoch, LegId leg)
    {
        turn.Fact(new OfferAnswered(turn.At, agent, epoch, leg));
        turn.Do(new TakeOffer(agent, epoch, leg));
    }

    /// <summary>A name that no other offer has had or will have, also after a crash that forgot one: an edge rings a leg once.</summary>
    private static LegId OfferLeg(AgentId agent, long epoch)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{(agent.IsOperators ? "operator" : "agent")}-{OperatorsName.Plain(agent.Value)}-{epoch}");
        return new(name.Length <= 64 ? name : string.Create(CultureInfo.InvariantCulture, $"agent-{Hash(agent.Value):x16}-{epoch}"));
    }

    /// <summary>FNV-1a, 64 bits: the same on every machine.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static void Alert(CallTurn turn, Alerting e)
    {
        if (turn.Call.OfferAt(e.Leg) is { Alerted: false, Answered: false } offer) turn.Fact(new OfferAlerting(turn.At, offer.Agent, offer.Epoch));
    }

    private static void PickUp(CallTurn turn, PickedUp e)
    {
        if (turn.Call.PartyAt(e.Leg) is not null || (e.Leg == turn.Call.Customer && turn.Call.Leg(e.Leg) is { Phase: LegPhase.Answered })) return; // said twice
        if (turn.Call.OfferAt(e.Leg) is { } offer)
        {
            if (offer.Answered) return;
            if (offer.Outside is not null)
            {
                OutsideStations.PickedUp(turn, offer);
                return;
            }
            Taken(turn, offer.Agent, offer.Epoch, e.Leg);
            turn.Fact(new LegAnswered(turn.At, e.Leg));
        }
        else if (turn.Call.ReachAt(e.Leg) is { Rings: true } reach) Reaching.PickedUp(turn, reach, e.Leg);
        else if (turn.Call.Phase != CallPhase.Empty) turn.Do(new HangUpLeg(e.Leg)); // answered too late: nobody is there for it
    }

    private static void NoPickUp(CallTurn turn, NotPickedUp e)
    {
        if (turn.Call.Leg(e.Leg) is not { Lives: true, Role: not LegRole.Caller } leg) return;
        LegEnds(turn, leg, EndOf(e.Why), e.SipStatus, 0, signalling: e.Signalling);
        if (turn.Call.OfferAt(e.Leg) is { } offer) EndOffer(turn, offer, CauseOf(e.Why));
        else if (turn.Call.ReachAt(e.Leg) is { } reach) Reaching.CameToNothing(turn, reach, CauseOf(e.Why));
        else if (turn.Call.PartyAt(e.Leg) is { } party) PartyGone(turn, party, EndOf(e.Why)); // its answer was told, and then that there was none
        else if (e.Leg == turn.Call.Customer && turn.Call.Phase != CallPhase.Ended) CustomerGone(turn, new(e.At, e.Leg, EndOf(e.Why), e.SipStatus, 0)); // the same, of the called party
    }

    /// <summary>A leg is over; a number's channel with it.</summary>
    private static void LegEnds(CallTurn turn, Leg leg, LegEndedBy by, int status, int q850, LegQuality? quality = null, LegSignalling? signalling = null)
    {
        turn.Fact(new LegEnded(turn.At, leg.Id, by, status, q850, quality, signalling));
        if (leg.TakesChannel) turn.Do(new GiveBackChannel(leg.Id, leg.AnsweredAt is { } since && turn.At > since ? turn.At - since : TimeSpan.Zero));
    }

    private static LegEndedBy EndOf(LegFailure why) => why switch
    {
        LegFailure.Unreachable => LegEndedBy.Network,
        LegFailure.Withdrawn => LegEndedBy.Us,
        LegFailure.PlatformFault => LegEndedBy.Edge,
        _ => LegEndedBy.FarEnd,
    };

    private static OfferEnd CauseOf(LegFailure why) => why switch
    {
        LegFailure.Rejected => OfferEnd.Rejected,
        LegFailure.Busy => OfferEnd.Busy,
        LegFailure.NoAnswer => OfferEnd.NoAnswer,
        LegFailure.Unreachable => OfferEnd.Unreachable,
        LegFailure.PlatformFault => OfferEnd.PlatformFault,
        _ => OfferEnd.Withdrawn,
    };

    /// <summary>An offer came to nothing: the leg goes, the agent is told, the caller stands where it stood.</summary>
    /// <param name="refused">Why its number may not be called.</param>
    internal static void EndOffer(CallTurn turn, Offer offer, OfferEnd why, DialRefusal? refused = null)
    {
        CloseOffer(turn, offer, why, refused);
        if (turn.Call.ReachOf(offer.Agent) is { } reach) Reaching.CameToNothing(turn, reach, why);
        else if (turn.Call.Phase == CallPhase.Waiting) KeepPlace(turn);
    }

    internal static void CloseOffer(CallTurn turn, Offer offer, OfferEnd why, DialRefusal? refused = null)
    {
        turn.Fact(new OfferEnded(turn.At, offer.Agent, offer.Epoch, why, refused));
        if (turn.Call.Leg(offer.Leg) is { Lives: true } leg) LetGo(turn, leg, offer);
        turn.Do(new CloseOffer(offer.Agent, offer.Epoch, why));
    }

    /// <summary>No edge knows a leg that is still to be cleared; its clearance may be on its way.</summary>
    private static void LetGo(CallTurn turn, Leg leg, Offer? offer)
    {
        if (offer?.Outside == OutsideStage.Asks) LegEnds(turn, leg, LegEndedBy.Us, 0, 0);
        else turn.Do(new HangUpLeg(leg.Id));
    }

    private static void Gone(CallTurn turn, OfferGone e)
    {
        if (turn.Call.Offer(e.Agent, e.Epoch) is { } offer) EndOffer(turn, offer, OfferEnd.Expired);
        else if (turn.Call.Party(e.Agent, e.Epoch) is { } party) Leaving.IsLost(turn, party);
    }

    private static DateTimeOffset? OffersDue(CallState call)
    {
        DateTimeOffset? due = null;
        foreach (var offer in call.Offers) due = Earlier(due, offer.Due);
        return due;
    }

    private static void OffersTimeUp(CallTurn turn)
    {
        foreach (var offer in turn.Call.Offers)
        {
            if (turn.Call.Offer(offer.Agent, offer.Epoch) is null) continue; // another's end may have ended this one
            if (turn.Now >= offer.Deadline) EndOffer(turn, offer, offer.Answered ? OfferEnd.Expired : offer.Alerted || offer.Outside == OutsideStage.Prompts ? OfferEnd.NoAnswer : OfferEnd.Unreachable);
            else if (turn.Now >= offer.Due) OutsideStations.Ask(turn, turn.Call.Leg(offer.Leg)!);
        }
    }

    private static DateTimeOffset? AnnouncementDue(CallState call, CallRules rules) =>
        call is { Phase: CallPhase.Waiting, Place: { } place } && rules.Queue(place.Queue) is { AnnounceEverySeconds: > 0 } queue ? call.PlaceAskedAt + TimeSpan.FromSeconds(queue.AnnounceEverySeconds) : null;

    private static void Announce(CallTurn turn)
    {
        turn.Mark(new AskedForPlace(turn.Now));
        turn.Do(new AskPlace(turn.Call.Place!.Queue));
    }

    private static void TellPlace(CallTurn turn, PlaceIs e)
    {
        if (turn.Call is not { Phase: CallPhase.Waiting, Place: { } place } || e.Position < 1) return;
        if (turn.Rules.Queue(place.Queue) is not { AnnounceEverySeconds: > 0 }) return;
        turn.Fact(new PlaceTold(turn.At, e.Position));
        Play(turn, PlacePrompts(e.Position, turn.Rules.Language), interruptible: false, Music(turn, place.Queue));
    }

    /// <summary>The highest place that is said as a number.</summary>
    private const int LargestSpoken = 20;

    private static Items<Prompt> PlacePrompts(int position, string language) => position > LargestSpoken
        ? [Prompt.Of("place-many", language)]
        : [Prompt.Of("place-before", language), Prompt.Of(string.Create(CultureInfo.InvariantCulture, $"number-{position}"), language), Prompt.Of("place-after", language)];
}
