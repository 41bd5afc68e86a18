namespace CallCenter.Domain.Calls;

/// <summary>
/// A call: a set of legs, of rooms and of open offers, and where its flow stands. It is the fold of its facts, and of
/// <see cref="Mark"/>s while its activation lives; every member stands for itself after a fold of the facts alone.
/// </summary>
public sealed partial record CallState
{
    public static readonly CallState Empty = new();

    public CallPhase Phase { get; init; }
    public EdgeId Edge { get; init; }
    public long EdgeEpoch { get; init; }
    public Items<Leg> Legs { get; init; }
    public Items<Room> Rooms { get; init; }
    public Items<Offer> Offers { get; init; }
    public Items<Talker> Talkers { get; init; }

    /// <summary>The caller's leg.</summary>
    public LegId Caller { get; init; }
    public DateTimeOffset ArrivedAt { get; init; }
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
    /// <summary>The place in the queue; kept through failed offers.</summary>
    public Place? Place { get; init; }
    public Items<KnownEpoch> Epochs { get; init; }
    /// <summary>The recording that runs; null if none.</summary>
    public string? Recording { get; init; }
    /// <summary>How many recordings there were.</summary>
    public int Recordings { get; init; }
    /// <summary>At of the newest fact: facts never go backwards within a call.</summary>
    public DateTimeOffset Latest { get; init; }

    /// <summary>When the slot was last asked for or renewed.</summary>
    public DateTimeOffset SlotAskedAt { get; init; }
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

    public Talker? TalkerAt(LegId leg)
    {
        foreach (var talker in Talkers) if (talker.Leg == leg) return talker;
        return null;
    }

    public Talker? Talker(AgentId agent, long epoch)
    {
        foreach (var talker in Talkers) if (talker.Agent == agent && talker.Epoch == epoch) return talker;
        return null;
    }

    /// <summary>The newest epoch of this agent that the call knows; 0 if none.</summary>
    public long EpochOf(AgentId agent)
    {
        foreach (var known in Epochs) if (known.Agent == agent) return known.Epoch;
        return 0;
    }

    /// <summary>The call is over and every leg has ended: with its debts paid, the subject can be closed.</summary>
    public bool IsOver
    {
        get
        {
            if (Phase != CallPhase.Ended) return false;
            foreach (var leg in Legs) if (leg.Lives) return false;
            return true;
        }
    }
}
