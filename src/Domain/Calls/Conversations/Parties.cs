using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Where a party stands: with the customer, or aside in a consultation.</summary>
public enum Side { Main, Aside }

/// <summary>What an agent's seconds in a call count as.</summary>
[JsonConverter(typeof(EnumText<Activity>))]
public enum Activity
{
    /// <summary>In a room with the customer, on mute too.</summary>
    Talk,
    /// <summary>The customer is held, or away in a flow.</summary>
    Hold,
    /// <summary>Aside, with the consulted party or waiting for it.</summary>
    Consult,
    /// <summary>The called party has not answered yet.</summary>
    Dial,
    /// <summary>A listener's part.</summary>
    Listen,
    /// <summary>The whisper or the announcement of the staff number plays: nobody talks yet.</summary>
    Intro,
}

/// <summary>What plays between an agent's joining and the talk.</summary>
[JsonConverter(typeof(EnumText<IntroStep>))]
public enum IntroStep
{
    /// <summary>The agent hears for whom the call is, the customer music.</summary>
    Whisper,
    /// <summary>报工号: both hear the agent's staff number.</summary>
    StaffNumber,
}

/// <summary>It plays, since when.</summary>
public sealed record Intro(IntroStep Step, DateTimeOffset Since);

/// <summary>Somebody in the conversation besides the customer: an agent (with its lease), an outside number, a station without an agent.</summary>
/// <param name="Agent">Whose lease it is; null without one.</param>
/// <param name="Mode">How a listener takes part; null for who talks.</param>
/// <param name="With">The agent listened to.</param>
/// <param name="Does">As last told; see <see cref="AgentActive"/>.</param>
public sealed record Party(LegId Leg, AgentId? Agent, long Epoch, DateTimeOffset RenewedAt)
{
    public Side Side { get; init; }
    public bool Muted { get; init; }
    /// <summary>Its phone holds: it neither hears nor is heard, while the others go on.</summary>
    public bool Held { get; init; }
    /// <summary>Its browser is not heard: it is out, wherever it stands, and may be back soon.</summary>
    public bool Away { get; init; }
    /// <summary>What plays before its talk begins; null once it may talk.</summary>
    public Intro? Intro { get; init; }
    /// <summary>Of an agent out of a queue; null if it has none there.</summary>
    public string? StaffNumber { get; init; }
    public ListenMode? Mode { get; init; }
    public AgentId? With { get; init; }
    public Activity Does { get; init; }

    public bool Listens => Mode is not null;
}

/// <summary>Why the call tries to reach somebody.</summary>
[JsonConverter(typeof(EnumText<ReachFor>))]
public enum ReachFor
{
    /// <summary>To talk to the customer, who waits for it.</summary>
    Transfer,
    /// <summary>To be asked by an agent, aside.</summary>
    Consult,
    /// <summary>To listen.</summary>
    Listen,
    /// <summary>The phone of the agent who calls out.</summary>
    Caller,
    /// <summary>The called party of an outbound or internal call.</summary>
    Called,
    /// <summary>To take the customer from the flow.</summary>
    Flow,
}

/// <summary>Why somebody was not reached.</summary>
[JsonConverter(typeof(EnumText<ReachEnd>))]
public enum ReachEnd
{
    Rejected, Busy, NoAnswer, Unreachable,
    /// <summary>Nobody wants it any more.</summary>
    Withdrawn,
    /// <summary>The agent is signed out, or in another conversation.</summary>
    NotFree,
    /// <summary>The tenant's rules do not let the number be called.</summary>
    NotAllowed,
}

/// <summary>Somebody whom the call tries to reach: an agent, a station without one (<see cref="Extension"/>), or else a number.</summary>
/// <param name="No">From 1, in the call.</param>
/// <param name="Leg">The leg that rings it; of an agent it is known with its lease, of a number before it rings.</param>
/// <param name="By">For whom: the leg of the agent, who waits for it aside; null if nobody does.</param>
public sealed record Reach(int No, ReachFor For, LegId? Leg, AgentId? Agent, string? Extension, LegId? By, DateTimeOffset Since)
{
    /// <summary>By REFER: the phone is told how it ended.</summary>
    public bool Referred { get; init; }
    public AgentId? With { get; init; }
    public ListenMode? Mode { get; init; }
    /// <summary>The number to show, as asked for.</summary>
    public string? Shown { get; init; }
    /// <summary>The order to ring was given; until then an agent's lease or the clearance of a number is awaited.</summary>
    public bool Rings { get; init; }
    /// <summary>When the call gives it up.</summary>
    public DateTimeOffset Until { get; init; }
    /// <summary>When the lease or the clearance was last asked for; while a number rings, its channel is leased.</summary>
    public DateTimeOffset AskedAt { get; init; }

    public bool IsNumber => Agent is null && Extension is null;

    /// <summary>When something must be done about it by the clock; an agent that rings is watched by its offer.</summary>
    public DateTimeOffset? Due => !Rings ? Earlier(AskedAt + CallLimits.ReachAgain, Until) : Agent is null ? Until : null;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>An agent talks to somebody aside; at most one in a call at a time.</summary>
/// <param name="By">The agent's leg in the conversation.</param>
/// <param name="Line">The second leg of the agent's phone, if the phone began it; else null.</param>
/// <param name="Target">The consulted party's leg; null until it is reached.</param>
public sealed record Consultation(LegId By, LegId? Line, LegId? Target);

/// <summary>The customer is away in a flow, for an agent.</summary>
public sealed record Trip(LegId By, FlowVersion Flow);

/// <summary>Whom an agent or a phone calls, until that one is reached; a number if nothing is given.</summary>
/// <param name="Classifies">Who answers there is to be judged by the sound.</param>
/// <param name="Emergency">An emergency number, dialled by a phone.</param>
public sealed record Calling(AgentId? Agent, string? Extension, string? Shown, bool Classifies = false, bool Emergency = false);

/// <summary>A track that is being recorded.</summary>
public readonly record struct RunningTrack(string Name, LegId Leg, Channel Channel);

/// <summary>How many tracks a leg has had.</summary>
public readonly record struct TrackCount(LegId Leg, int Count);
