namespace CallCenter.Domain.Agents;

/// <summary>Marks of an agent's memory.</summary>
public sealed record LeaseRenewed(DateTimeOffset At) : Mark(At);
public sealed record StatusTold(DateTimeOffset At, long Sequence) : Mark(At);
public sealed record BreakRenewed(DateTimeOffset At) : Mark(At);
/// <param name="Of">Null: it is decided.</param>
public sealed record AgentWanted(DateTimeOffset At, Wanted? Of) : Mark(At);

/// <summary>A contact for which routing wants an agent who may be wanted for others too.</summary>
/// <param name="Since">Since when it waits.</param>
/// <param name="Until">When it is decided whose the agent is.</param>
[GenerateSerializer, Immutable, Alias("Wanted")]
public sealed record Wanted([property: Id(0)] Contact Contact, [property: Id(1)] OfferTerms Terms, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] DateTimeOffset Until);

/// <summary>The call that an agent was in last.</summary>
[GenerateSerializer, Immutable, Alias("LeftContact")]
public readonly record struct LeftContact([property: Id(0)] Contact Contact, [property: Id(1)] DateTimeOffset At);

/// <summary>
/// An agent: what it chose (presence), what it does for a call (work), and its one lease; the fold of its facts, and of
/// <see cref="Mark"/>s while its activation lives. The agent alone judges its lease.
/// </summary>
[GenerateSerializer, Immutable, Alias("AgentState")]
public sealed record AgentState
{
    public static readonly AgentState Empty = new();

    [Id(0)] public Presence Presence { get; init; }
    [Id(1)] public string? Reason { get; init; }
    /// <summary>The extension at which the agent is signed in; null while signed out.</summary>
    [Id(2)] public string? Station { get; init; }
    [Id(3)] public AgentWork Work { get; init; }
    [Id(4)] public bool NotResponding { get; init; }
    /// <summary>The call of the lease; after-call work keeps it.</summary>
    [Id(5)] public Contact? Contact { get; init; }
    /// <summary>Numbers the leases; the highest ever made.</summary>
    [Id(6)] public long Epoch { get; init; }
    /// <summary>When the present work began.</summary>
    [Id(7)] public DateTimeOffset WorkSince { get; init; }
    /// <summary>When the lease or the after-call work ends; null while idle.</summary>
    [Id(8)] public DateTimeOffset? Until { get; init; }
    /// <summary>No offer before this instant.</summary>
    [Id(9)] public DateTimeOffset RetryFrom { get; init; }
    /// <summary>Unanswered offers in a row.</summary>
    [Id(10)] public int Misses { get; init; }
    /// <summary>The longest idle is served first.</summary>
    [Id(11)] public DateTimeOffset IdleSince { get; init; }
    /// <summary>When presence or work changed last.</summary>
    [Id(12)] public DateTimeOffset Since { get; init; }
    /// <summary>At of the newest fact: facts never go backwards within an agent.</summary>
    [Id(13)] public DateTimeOffset Latest { get; init; }
    /// <summary>Number of the last word to routing.</summary>
    [Id(14)] public long Sequence { get; init; }

    /// <summary>The station is a browser that is not heard now.</summary>
    [Id(15)] public bool Away { get; init; }
    /// <summary>A break that waits for its turn.</summary>
    [Id(16)] public BreakWish? Wish { get; init; }
    /// <summary>What holds for the break that was chosen.</summary>
    [Id(17)] public BreakTerms? Terms { get; init; }
    /// <summary>The break that goes on.</summary>
    [Id(18)] public RunningBreak? Break { get; init; }
    /// <summary>Breaks of the newest day on which there was one, by reason.</summary>
    [Id(19)] public Items<BreakSpent> Spent { get; init; }
    /// <summary>When the team must hear again of the break or the wish for one.</summary>
    [Id(20)] public DateTimeOffset RenewBreak { get; init; }
    [Id(21)] public RaisedHand? Hand { get; init; }
    /// <summary>The last call that was left; null before the first.</summary>
    [Id(22)] public LeftContact? LastContact { get; init; }
    /// <summary>The oldest contact for which routing wants this agent, while others may come up.</summary>
    [Id(23)] public Wanted? Wanted { get; init; }
    /// <summary>What the station is, as it was told last.</summary>
    [Id(24)] public StationKind Kind { get; init; }

    /// <summary>The team in whose quota or line the agent stands; null = none.</summary>
    public string? TeamHeld => Wish is { } wish ? wish.Terms.Team : Presence == Presence.Break ? Terms?.Team : null;

    /// <summary>When <see cref="AgentTimeUp"/> must be delivered; null = nothing is waited for.</summary>
    public DateTimeOffset? Deadline => Sooner(Wanted?.Until, Sooner(Until, Sooner(TeamHeld is null ? null : RenewBreak, Break is { Overrun: false } running ? running.Until : null)));

    private static DateTimeOffset? Sooner(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    /// <summary>May be offered a contact, from <see cref="RetryFrom"/> on.</summary>
    public bool IsFree => Presence == Presence.Available && Work == AgentWork.Idle && !NotResponding && !Away && Station is not null;

    /// <summary>Holds the lease with that epoch for that contact, as an offer or in talk.</summary>
    public bool Holds(Contact contact, long epoch) => Work is AgentWork.Offered or AgentWork.Talking && Epoch == epoch && Contact == contact;

    /// <summary>The state after a step: its facts, then its marks.</summary>
    public AgentState After(Step step)
    {
        var state = this;
        foreach (var fact in step.Facts) state = state.With(fact);
        foreach (var mark in step.Marks) state = state.With(mark);
        return state;
    }

    /// <summary>
    /// A new activation begins at <paramref name="now"/> with the fold of the facts: a conversation's lease counts from here, since
    /// its renewals were not stored; no other limit lies further ahead than its length, whatever the clock did in between.
    /// </summary>
    public AgentState Woken(DateTimeOffset now) => this with
    {
        Until = Work == AgentWork.Talking ? now + AgentLimits.TalkLease : Until is { } until && until - WorkSince is var term && until > now + term ? now + term : Until,
        RenewBreak = now,
        Wanted = null, // routing asks again
        RetryFrom = RetryFrom > now && RetryFrom - Latest is var delay && RetryFrom > now + delay ? now + delay : RetryFrom,
    };

    public AgentState With(Mark mark) => mark switch
    {
        LeaseRenewed m when Work == AgentWork.Talking => this with { Until = m.At + AgentLimits.TalkLease },
        StatusTold m => this with { Sequence = m.Sequence },
        BreakRenewed m => this with { RenewBreak = m.At + AgentLimits.BreakRenewal },
        AgentWanted m => this with { Wanted = m.Of },
        _ => this,
    };

    public AgentState With(Fact fact)
    {
        var next = Folded(fact);
        return fact.At > next.Latest ? next with { Latest = fact.At } : next;
    }

    private AgentState Folded(Fact fact) => fact switch
    {
        AgentSignedIn f => this with { Station = f.Station, Away = false, Since = f.At },
        StationTurned f => this with { Kind = f.StationIs },
        AgentSignedOut f => this with { Presence = Presence.SignedOut, Reason = null, Terms = null, Wish = null, Station = null, Away = false, NotResponding = false, Misses = 0, Since = f.At },
        PresenceChosen f => this with { Terms = f.Terms, Wish = null, Presence = f.Presence, Reason = f.Reason, NotResponding = false, Misses = 0, Since = f.At, IdleSince = f.At, RetryFrom = DateTimeOffset.MinValue },
        OfferMade f => this with { Work = AgentWork.Offered, Contact = f.Contact, Epoch = f.Epoch, WorkSince = f.At, Until = f.Until, Since = f.At },
        OfferTaken f => this with { Work = AgentWork.Talking, Until = f.At + AgentLimits.TalkLease, WorkSince = f.At, Misses = 0, Since = f.At },
        OfferClosed f => Closed(f),
        AgentReleased { AfterCallUntil: { } until } f => this with { Work = AgentWork.AfterCall, WorkSince = f.At, Until = until, Since = f.At, LastContact = new(f.Contact, f.At) },
        AgentReleased f => Idle(f.At) with { LastContact = new(f.Contact, f.At) },
        AfterCallEnded f => Idle(f.At),
        StationFellSilent f => this with { Away = true, Since = f.At },
        StationReturned f => this with { Away = false, Since = f.At },
        AgentNotResponding f => this with { NotResponding = true, Since = f.At },
        _ => Rested(fact),
    };

    private AgentState Rested(Fact fact) => fact switch
    {
        BreakRequested f => this with { Wish = new(f.Reason, f.Terms, f.At, f.Place) },
        BreakPutFirst f when Wish is { } wish => this with { Wish = wish with { First = f.At } },
        BreakPlaceTold f when Wish is { } wish => this with { Wish = wish with { Place = f.Place } },
        BreakWithdrawn => this with { Wish = null },
        BreakBegun f => this with { Break = new(f.Reason, f.Terms, f.At, f.Terms?.Allowance is { } allowance ? f.At + Left(f.Reason, f.Terms.Day, allowance) : null, Overrun: false), Since = f.At },
        BreakOverrun when Break is { } running => this with { Break = running with { Overrun = true } },
        BreakEnded f when Break is { } running => this with { Break = null, Spent = running.Terms is { } terms ? SpentWith(f.Reason, terms.Day, TimeSpan.FromMilliseconds(f.Length)) : Spent },
        HelpAsked f => this with { Hand = new(f.Contact, f.At) },
        HelpEnded => this with { Hand = null },
        _ => this,
    };

    private TimeSpan Left(string reason, string day, TimeSpan allowance)
    {
        foreach (var spent in Spent)
            if (spent.Reason == reason && spent.Day == day) allowance -= spent.Time;
        return allowance > TimeSpan.Zero ? allowance : TimeSpan.Zero;
    }

    private Items<BreakSpent> SpentWith(string reason, string day, TimeSpan time)
    {
        var today = Spent.Without(spent => spent.Day != day);
        return today.Any(spent => spent.Reason == reason) ? today.Change(spent => spent.Reason == reason, spent => spent with { Time = spent.Time + time }) : today.Add(new(reason, day, time));
    }

    /// <summary>
    /// Misses count unanswered offers in a row: a refusal shows that somebody is there and ends the row; what says nothing about
    /// the agent (withdrawn, expired, unreachable) leaves it. Who missed or refused goes to the end of the line of the idle.
    /// </summary>
    private AgentState Closed(OfferClosed f) => this with
    {
        Work = AgentWork.Idle, Contact = null, Until = null, WorkSince = f.At, Since = f.At, RetryFrom = f.RetryFrom,
        Misses = f.Why switch { OfferEnd.NoAnswer => Misses + 1, OfferEnd.Rejected or OfferEnd.Busy => 0, _ => Misses },
        IdleSince = f.Why is OfferEnd.Withdrawn or OfferEnd.Expired ? IdleSince : f.At,
    };

    private AgentState Idle(DateTimeOffset at) => this with { Work = AgentWork.Idle, Contact = null, Until = null, WorkSince = at, Since = at, IdleSince = at };
}
