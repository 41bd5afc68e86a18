using System.Globalization;

namespace CallCenter.Domain.Calls;

/// <summary>Waiting in a queue, being offered to agents, hearing one's place.</summary>
public static partial class CallMachine
{
    private static void Enqueue(CallTurn turn, QueueId queue, int priority)
    {
        turn.Fact(new Enqueued(turn.At, queue, priority));
        turn.Do(new TakePlace(turn.Call.Place!));
        Play(turn, [], interruptible: false, Music(turn, queue));
    }

    private static Prompt Music(CallTurn turn, QueueId queue) =>
        Prompt.Of(turn.Rules.Queue(queue) is { Music.Length: > 0 } settings ? settings.Music : CallRules.DefaultMusic, turn.Rules.Language);

    /// <summary>Says the place anew: held while an offer is open, else to be served.</summary>
    private static void KeepPlace(CallTurn turn)
    {
        if (turn.Call.Place is not { } place) return;
        if (turn.Call.Offers.IsEmpty) turn.Do(new TakePlace(place));
        else turn.Do(new HoldPlace(place, turn.Call.Offers[0].Deadline + CallLimits.HoldSlack));
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
        if (call.Offer(e.Agent, e.Epoch) is not null || call.Talker(e.Agent, e.Epoch) is not null) return; // said twice
        if (call.Phase != CallPhase.Waiting || !call.Offers.IsEmpty || e.Epoch <= call.EpochOf(e.Agent) || e.Remaining <= TimeSpan.Zero)
        {
            turn.Do(new CloseOffer(e.Agent, e.Epoch, OfferEnd.Withdrawn));
            if (call.Phase is CallPhase.Talking or CallPhase.Ended && call.Place is { } place) turn.Do(new LeavePlace(place.Queue)); // routing does not know yet
            return;
        }
        var leg = OfferLeg(e.Agent, e.Epoch);
        var until = turn.Now + e.Remaining;
        turn.Fact(new OfferStarted(turn.At, e.Agent, e.Epoch, leg, e.Terms.Queue, until, e.Terms.Recording, e.Terms.QueueVersion));
        turn.Do(new RingStation(leg, e.Station, until));
        turn.Do(new HoldPlace(call.Place!, until + CallLimits.HoldSlack));
    }

    /// <summary>A name that no other offer has had or will have, also after a crash that forgot one: an edge rings a leg once.</summary>
    private static LegId OfferLeg(AgentId agent, long epoch)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"agent-{agent}-{epoch}");
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
        if (turn.Call.TalkerAt(e.Leg) is not null) return;
        if (turn.Call.OfferAt(e.Leg) is not { } offer)
        {
            if (turn.Call.Phase != CallPhase.Empty) turn.Do(new HangUpLeg(e.Leg)); // answered too late: nobody is there for the agent
            return;
        }
        if (offer.Answered) return;
        turn.Fact(new OfferAnswered(turn.At, offer.Agent, offer.Epoch, e.Leg));
        turn.Fact(new LegAnswered(turn.At, e.Leg));
        turn.Do(new TakeOffer(offer.Agent, offer.Epoch, e.Leg));
    }

    private static void NoPickUp(CallTurn turn, NotPickedUp e)
    {
        if (turn.Call.Leg(e.Leg) is not { Lives: true, Role: LegRole.Agent }) return;
        turn.Fact(new LegEnded(turn.At, e.Leg, EndOf(e.Why), e.SipStatus, 0));
        if (turn.Call.OfferAt(e.Leg) is { } offer) EndOffer(turn, offer, CauseOf(e.Why));
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
    private static void EndOffer(CallTurn turn, Offer offer, OfferEnd why)
    {
        turn.Fact(new OfferEnded(turn.At, offer.Agent, offer.Epoch, why));
        if (turn.Call.Leg(offer.Leg) is { Lives: true }) turn.Do(new HangUpLeg(offer.Leg));
        turn.Do(new CloseOffer(offer.Agent, offer.Epoch, why));
        if (turn.Call.Phase == CallPhase.Waiting) KeepPlace(turn);
    }

    private static void Gone(CallTurn turn, OfferGone e)
    {
        if (turn.Call.Offer(e.Agent, e.Epoch) is { } offer) EndOffer(turn, offer, OfferEnd.Expired);
        else if (turn.Call.Talker(e.Agent, e.Epoch) is { } talker) LoseTalker(turn, talker);
    }

    private static DateTimeOffset? QueueDeadline(CallState call, CallRules rules)
    {
        DateTimeOffset? due = null;
        foreach (var offer in call.Offers) if (due is null || offer.Deadline < due) due = offer.Deadline;
        if (call.Place is { } place && rules.Queue(place.Queue) is { AnnounceEverySeconds: > 0 } queue)
        {
            var announce = call.PlaceAskedAt + TimeSpan.FromSeconds(queue.AnnounceEverySeconds);
            if (due is null || announce < due) due = announce;
        }
        return due;
    }

    private static void QueueTimeUp(CallTurn turn)
    {
        foreach (var offer in turn.Call.Offers)
            if (turn.Now >= offer.Deadline) EndOffer(turn, offer, offer.Answered ? OfferEnd.Expired : offer.Alerted ? OfferEnd.NoAnswer : OfferEnd.Unreachable);
        if (turn.Call.Place is not { } place || turn.Rules.Queue(place.Queue) is not { AnnounceEverySeconds: > 0 } queue) return;
        if (turn.Now < turn.Call.PlaceAskedAt + TimeSpan.FromSeconds(queue.AnnounceEverySeconds)) return;
        turn.Mark(new AskedForPlace(turn.Now));
        turn.Do(new AskPlace(place.Queue));
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
