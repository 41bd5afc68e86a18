namespace CallCenter.Domain.Calls;

/// <summary>
/// A call: a set of legs, of parties in conversation, of open offers and reaches, and where its flow stands; who hears whom and what is
/// recorded follow from it (<see cref="Media"/>). It is the fold of its facts, and of
/// <see cref="Mark"/>s while its activation lives; every member stands for itself after a fold of the facts alone.
/// </summary>
public sealed partial record CallState
{
    public static readonly CallState Empty = new();

    public CallPhase Phase { get; init; }
    public EdgeId Edge { get; init; }
    public long EdgeEpoch { get; init; }
    public Items<Leg> Legs { get; init; }
    public Items<Offer> Offers { get; init; }
    /// <summary>Who is in the conversation besides the customer.</summary>
    public Items<Party> Parties { get; init; }
    /// <summary>Who is being reached.</summary>
    public Items<Reach> Reaches { get; init; }
    /// <summary>How many there were.</summary>
    public int ReachCount { get; init; }

    /// <summary>The customer's leg: the caller's, or the called party's of an outbound call.</summary>
    public LegId Customer { get; init; }
    /// <summary>Whom an outbound or internal call is to reach; null in an inbound one.</summary>
    public Calling? Calling { get; init; }
    /// <summary>The leg of the phone that dialled; null if none did.</summary>
    public LegId? Dialler { get; init; }
    /// <summary>An agent put the customer on hold.</summary>
    public bool Held { get; init; }
    /// <summary>Phones that hold and are on their way into the conversation: what they hold is held once they are in it. Lost in a crash.</summary>
    public Items<LegId> EarlyHolds { get; init; }
    public Consultation? Consult { get; init; }
    public Trip? Trip { get; init; }
    public DateTimeOffset ArrivedAt { get; init; }
    /// <summary>The tenant's number that was called, canonical; null of a call that it made.</summary>
    public string? Number { get; init; }
    /// <summary>The flow that serves the call, in the version it keeps to the end.</summary>
    public FlowVersion Flow { get; init; }
    /// <summary>The tenant has a limit on calls, and this call counts.</summary>
    public bool Limited { get; init; }
    /// <summary>The order to answer the caller was given.</summary>
    public bool Answering { get; init; }
    /// <summary>The node at which the flow stands; null before it begins.</summary>
    public string? Node { get; init; }
    /// <summary>How often the menu at which the flow stands was missed.</summary>
    public int Misses { get; init; }
    /// <summary>Numbers the plays of the call; rises with each fact that begins one.</summary>
    public int Plays { get; init; }
    /// <summary>When the present play began.</summary>
    public DateTimeOffset PlaySince { get; init; }
    /// <summary>When its once-played part was heard to the end; null until then.</summary>
    public DateTimeOffset? PlayedAt { get; init; }
    /// <summary>The digits given so far at a node that collects them; lost in a crash, and never stored.</summary>
    public Secret Digits { get; init; }
    /// <summary>The voicemail that is being recorded.</summary>
    public Voicemail? Voicemail { get; init; }
    /// <summary>How many were begun.</summary>
    public int VoicemailCount { get; init; }
    /// <summary>The place in the queue; kept through failed offers.</summary>
    public Place? Place { get; init; }
    public Items<KnownEpoch> Epochs { get; init; }
    /// <summary>The conversation is to be recorded, as its queue (or the setting for outbound calls) says.</summary>
    public bool Records { get; init; }
    /// <summary>The legs of the parties that want nothing recorded for now.</summary>
    public Items<LegId> Pauses { get; init; }
    public bool Paused => !Pauses.IsEmpty;
    /// <summary>The call's recording, once it has begun; null before and after.</summary>
    public string? Recording { get; init; }
    /// <summary>The tracks that run.</summary>
    public Items<RunningTrack> Tracks { get; init; }
    public Items<TrackCount> TrackCounts { get; init; }
    /// <summary>Tracks, voicemails too, whose last segment is yet to be told of.</summary>
    public Items<TrackKey> Unsealed { get; init; }
    /// <summary>Tracks of an edge that was given up: the call does not wait for them, but their seal counts if it comes after all.</summary>
    public Items<TrackKey> GivenUp { get; init; }
    /// <summary>Why nothing is recorded now, as told; null while something is, and before the customer is connected.</summary>
    public NotRecordedReason? Unrecorded { get; init; }
    /// <summary>Legs that are fax machines.</summary>
    public Items<FaxSign> Faxes { get; init; }
    /// <summary>Who answered, by the sound; null as long as it is not known, or nobody wants to know.</summary>
    public AnswerSign? Answer { get; init; }
    /// <summary>How many facts there were: numbers what plays in a conversation.</summary>
    public int FactCount { get; private set; }
    /// <summary>At of the newest fact: facts never go backwards within a call.</summary>
    public DateTimeOffset Latest { get; private set; }

    /// <summary>When the slot was last asked for or renewed.</summary>
    public DateTimeOffset SlotAskedAt { get; init; }
    /// <summary>When the channels of living legs were last renewed, or the customer's number joined, which was asked for while it rang.</summary>
    public DateTimeOffset ChannelsRenewedAt { get; init; }
    /// <summary>When the caller's place was last told or asked for.</summary>
    public DateTimeOffset PlaceAskedAt { get; init; }

    /// <summary>The name of the present play; unique in the call, and the same again after a crash.</summary>
    public string Play => $"{Node}.{Plays}";

    public Leg? Leg(LegId id)
    {
        foreach (var leg in Legs) if (leg.Id == id) return leg;
        return null;
    }

    public Offer? OfferAt(LegId leg)
    {
        foreach (var offer in Offers) if (offer.Leg == leg) return offer;
        return null;
    }

    public Offer? Offer(AgentId agent, long epoch)
    {
        foreach (var offer in Offers) if (offer.Agent == agent && offer.Epoch == epoch) return offer;
        return null;
    }

    /// <summary>The offer that the queue made; null if there is none.</summary>
    public Offer? QueueOffer
    {
        get
        {
            foreach (var offer in Offers) if (ReachOf(offer.Agent) is null) return offer;
            return null;
        }
    }

    public Party? PartyAt(LegId leg)
    {
        foreach (var party in Parties) if (party.Leg == leg) return party;
        return null;
    }

    public Party? PartyOf(AgentId agent)
    {
        foreach (var party in Parties) if (party.Agent == agent) return party;
        return null;
    }

    public Party? Party(AgentId agent, long epoch)
    {
        foreach (var party in Parties) if (party.Agent == agent && party.Epoch == epoch) return party;
        return null;
    }

    public Reach? ReachOf(AgentId agent)
    {
        foreach (var reach in Reaches) if (reach.Agent == agent) return reach;
        return null;
    }

    public Reach? ReachAt(LegId leg)
    {
        foreach (var reach in Reaches) if (reach.Leg == leg) return reach;
        return null;
    }

    public Reach? ReachFor(ReachFor purpose)
    {
        foreach (var reach in Reaches) if (reach.For == purpose) return reach;
        return null;
    }

    public Reach? Reach(int no)
    {
        foreach (var reach in Reaches) if (reach.No == no) return reach;
        return null;
    }

    /// <summary>The newest epoch of this agent that the call knows; 0 if none.</summary>
    public long EpochOf(AgentId agent)
    {
        foreach (var known in Epochs) if (known.Agent == agent) return known.Epoch;
        return 0;
    }

    /// <summary>The call is over, every leg has ended and every track is kept: with its debts paid, the subject can be closed.</summary>
    public bool IsOver
    {
        get
        {
            if (Phase != CallPhase.Ended || !Unsealed.IsEmpty) return false;
            foreach (var leg in Legs) if (leg.Lives) return false;
            return true;
        }
    }
}
