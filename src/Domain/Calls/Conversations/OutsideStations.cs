namespace CallCenter.Domain.Calls.Conversations;

/// <summary>
/// An agent whose station is an outside number: it is cleared as any number is, called over a trunk, and asked for a key before anything is promised, so that no
/// voicemail and no stranger takes a call. The number is never here: the tenant resolves it at each clearance.
/// </summary>
internal static class OutsideStations
{
    /// <summary>Takes the call. Every other key gives it back.</summary>
    private const char TakingKey = '1';

    /// <summary>May it be called? Said again until answered; once it rings the same words renew its channel.</summary>
    public static void Ask(CallTurn turn, Leg leg)
    {
        turn.Mark(new OfferAsked(turn.Now, leg.Id));
        turn.Do(Clearance(turn.Call, leg));
    }

    /// <summary>The number that the customer called is shown, if it may be.</summary>
    public static AskToDial Clearance(CallState call, Leg leg) => new(leg.Id, Outgoing.Field(leg.Id), call.Number, leg.Agent, call.Place?.Queue, leg.Station);

    public static void Cleared(CallTurn turn, Offer offer, DialCleared e)
    {
        if (offer.Outside != OutsideStage.Asks) return; // said twice, or its channel was renewed
        turn.Fact(new OfferDialled(turn.At, offer.Agent, offer.Epoch, offer.Leg, e.Trunk, e.Shown));
        turn.Do(new RingNumber(offer.Leg, Outgoing.Field(offer.Leg), e.Trunk, e.Shown, offer.Until));
    }

    public static void Refused(CallTurn turn, Offer offer, DialRefused e)
    {
        if (offer.Outside == OutsideStage.Asks) CallMachine.EndOffer(turn, offer, OfferEnd.Unreachable, e.Why);
    }

    /// <summary>Whoever it is hears what to do; twice, since people begin with a word of their own.</summary>
    public static void PickedUp(CallTurn turn, Offer offer)
    {
        if (offer.Outside == OutsideStage.Prompts) return; // said twice
        turn.Fact(new LegAnswered(turn.At, offer.Leg));
        turn.Fact(new OfferPrompted(turn.At, offer.Agent, offer.Epoch, offer.Leg, turn.Now + AgentLimits.KeyTime));
        var prompt = turn.Rules.Spoken(Prompt.Of(CallRules.TakeCall, turn.Rules.Language));
        turn.Do(new PlayToLeg(offer.Leg, $"{offer.Leg}.take", [prompt, prompt], null, true));
        if (turn.Call.QueueOffer?.Leg == offer.Leg) CallMachine.KeepPlace(turn);
    }

    public static void Pressed(CallTurn turn, Offer offer, char key)
    {
        if (offer is not { Outside: OutsideStage.Prompts, Answered: false }) return;
        if (key == TakingKey) CallMachine.Taken(turn, offer.Agent, offer.Epoch, offer.Leg);
        else CallMachine.EndOffer(turn, offer, OfferEnd.Rejected);
    }
}
