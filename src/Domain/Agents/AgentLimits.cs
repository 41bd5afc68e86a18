namespace CallCenter.Domain.Agents;

/// <summary>An agent's time limits.</summary>
public static class AgentLimits
{
    /// <summary>A conversation's lease, renewed by the call's word.</summary>
    public static readonly TimeSpan TalkLease = TimeSpan.FromSeconds(30);
    /// <summary>The lease of an offer is longer than the ring time by this: time for the last word to travel.</summary>
    public static readonly TimeSpan OfferSlack = TimeSpan.FromSeconds(3);
    /// <summary>Who picks up an outside number has so long to take the call by a key.</summary>
    public static readonly TimeSpan KeyTime = TimeSpan.FromSeconds(10);
    /// <summary>After a lapsed conversation nothing is offered for at least this long: the call must hear first that it lost its agent.</summary>
    public static readonly TimeSpan LapseRest = TimeSpan.FromSeconds(5);
    /// <summary>How often the team hears that a break goes on or is waited for; its lease lasts three of these.</summary>
    public static readonly TimeSpan BreakRenewal = TimeSpan.FromSeconds(10);
    /// <summary>An agent who serves several tenants is asked for by a routing of each: so long the first word waits for the others, that the oldest contact of all may win.</summary>
    public static readonly TimeSpan Hearing = TimeSpan.FromMilliseconds(30);
    /// <summary>For so long after a call its agent still writes down what there is to write, if it serves another firm by then.</summary>
    public static readonly TimeSpan Finishing = TimeSpan.FromMinutes(30);
    /// <summary>How long routing may believe "signed in, not free" without asking again, where no lease ends sooner.</summary>
    public static readonly TimeSpan WordStands = TimeSpan.FromSeconds(60);

    /// <summary>How much longer than the ring time the lease of an offer is.</summary>
    public static TimeSpan Beyond(StationKind kind) => kind == StationKind.Number ? OfferSlack + KeyTime : OfferSlack;
}
