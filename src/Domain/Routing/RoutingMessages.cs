namespace CallCenter.Domain.Routing;

/// <summary>The queue's terms for one offer, as of the settings in force when it was made.</summary>
/// <param name="Queue">The queue whose contact is offered; null if the agent is wanted in person.</param>
/// <param name="RingTime">How long the agent's station may ring.</param>
/// <param name="Recording">The conversation is recorded.</param>
/// <param name="QueueVersion">The version of the queue's settings.</param>
[GenerateSerializer, Immutable, Alias("OfferTerms")]
public sealed record OfferTerms([property: Id(0)] QueueId? Queue, [property: Id(1)] TimeSpan RingTime, [property: Id(2)] bool Recording, [property: Id(3)] int QueueVersion);

/// <summary>A call as routing and agents name it: its tenant may differ from the agent's owner.</summary>
[GenerateSerializer, Immutable, Alias("Contact")]
public readonly record struct Contact([property: Id(0)] TenantId Tenant, [property: Id(1)] CallId Call);

/// <summary>An agent as calls and routing name it.</summary>
[GenerateSerializer, Immutable, Alias("AgentRef")]
public readonly record struct AgentRef([property: Id(0)] TenantId Owner, [property: Id(1)] AgentId Agent)
{
    /// <summary>As the calls of a tenant name it.</summary>
    public AgentId In(TenantId tenant) => Owner == tenant ? Agent : new(OperatorsName.In(tenant, Owner, Agent.Value));

    /// <summary>Whom the calls of a tenant name so.</summary>
    public static AgentRef Of(TenantId tenant, AgentId known)
    {
        var (owner, name) = OperatorsName.Of(tenant, known.Value);
        return new(owner, new(name));
    }
}

/// <summary>What routing is told.</summary>
[GenerateSerializer, Immutable, Alias("RoutingEvent")]
public abstract record RoutingEvent { public abstract DateTimeOffset At { get; init; } }

/// <summary>A contact waits at this place; said again at each sign of life of the call.</summary>
[GenerateSerializer, Immutable, Alias("ContactWaits")]
public sealed record ContactWaits([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] Place Place) : RoutingEvent;

/// <summary>A contact is being offered to an agent: keep its place, offer it to nobody until then.</summary>
[GenerateSerializer, Immutable, Alias("ContactHeld")]
public sealed record ContactHeld([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] Place Place, [property: Id(3)] DateTimeOffset Until) : RoutingEvent;

[GenerateSerializer, Immutable, Alias("ContactLeft")]
public sealed record ContactLeft([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact) : RoutingEvent;

[GenerateSerializer, Immutable, Alias("PlaceAsked")]
public sealed record PlaceAsked([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact) : RoutingEvent;

/// <summary>An agent's word about itself; the newest replaces all before.</summary>
/// <param name="Status">What routing may do with the agent.</param>
[GenerateSerializer, Immutable, Alias("AgentIs")]
public sealed record AgentIs([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentRef Agent, [property: Id(2)] AgentStatus Status) : RoutingEvent;

/// <summary>The agent could not be reserved for that contact; its status follows or came before.</summary>
[GenerateSerializer, Immutable, Alias("ReserveRefused")]
public sealed record ReserveRefused([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentRef Agent, [property: Id(2)] Contact Contact) : RoutingEvent;

/// <summary>A queue's settings as far as routing needs them; the newest version replaces all before.</summary>
/// <param name="Needs">What it asks of its agents.</param>
[GenerateSerializer, Immutable, Alias("QueueIs")]
public sealed record QueueIs([property: Id(0)] DateTimeOffset At, [property: Id(1)] TenantId Tenant, [property: Id(2)] OfferTerms Terms, [property: Id(3)] Items<SkillLevel> Needs = default) : RoutingEvent;

[GenerateSerializer, Immutable, Alias("RoutingTimeUp")]
public sealed record RoutingTimeUp([property: Id(0)] DateTimeOffset At) : RoutingEvent;

/// <summary>An agent as routing sees it.</summary>
/// <param name="Sequence">Numbers the agent's words, so that an old one is refused.</param>
/// <param name="SignedIn">False: forget the agent.</param>
/// <param name="Free">True: may be offered a contact from <paramref name="From"/> on.</param>
/// <param name="From">Not before this instant (retry delay).</param>
/// <param name="Until">When routing must ask again, if it heard nothing: the end of the agent's lease or after-call work; null while free.</param>
/// <param name="IdleSince">Longest idle first.</param>
/// <param name="Queues">The queues the agent serves, with their tenants.</param>
/// <param name="Profiles">How, where that is not the usual way.</param>
[GenerateSerializer, Immutable, Alias("AgentStatus")]
public sealed record AgentStatus([property: Id(0)] long Sequence, [property: Id(1)] bool SignedIn, [property: Id(2)] bool Free, [property: Id(3)] DateTimeOffset From, [property: Id(4)] DateTimeOffset? Until, [property: Id(5)] DateTimeOffset IdleSince, [property: Id(6)] Items<QueueRef> Queues, [property: Id(7)] Items<QueueProfile> Profiles = default, [property: Id(8)] Items<SkillLevel> Skills = default);

/// <summary>A queue with its tenant.</summary>
[GenerateSerializer, Immutable, Alias("QueueRef")]
public readonly record struct QueueRef([property: Id(0)] TenantId Tenant, [property: Id(1)] QueueId Queue);

/// <summary>What routing wants done; none of it is owed, since routing rebuilds itself.</summary>
[GenerateSerializer, Immutable, Alias("RoutingEffect")]
public abstract record RoutingEffect : Effect { public override bool Owed => false; }

/// <param name="Since">Since when the contact waits.</param>
[GenerateSerializer, Immutable, Alias("ReserveAgent")]
public sealed record ReserveAgent([property: Id(0)] AgentRef Agent, [property: Id(1)] Contact Contact, [property: Id(2)] OfferTerms Terms, [property: Id(3)] DateTimeOffset Since) : RoutingEffect;

/// <summary>Ask an agent for its word.</summary>
[GenerateSerializer, Immutable, Alias("AskAgent")]
public sealed record AskAgent([property: Id(0)] AgentRef Agent) : RoutingEffect;

/// <summary>Ask an open call for its place.</summary>
[GenerateSerializer, Immutable, Alias("AskContact")]
public sealed record AskContact([property: Id(0)] Contact Contact) : RoutingEffect;

/// <summary>Ask a queue for its settings.</summary>
[GenerateSerializer, Immutable, Alias("AskQueue")]
public sealed record AskQueue([property: Id(0)] QueueRef Queue) : RoutingEffect;

[GenerateSerializer, Immutable, Alias("TellPlace")]
public sealed record TellPlace([property: Id(0)] Contact Contact, [property: Id(1)] int Position) : RoutingEffect;
