namespace CallCenter.Domain.Calls;

/// <summary>Who ended one leg.</summary>
public enum LegEndedBy
{
    /// <summary>The far end: BYE, CANCEL or a final refusal.</summary>
    FarEnd,
    /// <summary>We did, as the call said.</summary>
    Us,
    /// <summary>The way to the far end: no ACK, no answer to a request, a network cause (Q.850 class 2 and 3).</summary>
    Network,
    /// <summary>The edge lost the leg: it was restarted or crashed.</summary>
    Edge,
}

/// <summary>Why a leg that we called never answered.</summary>
public enum LegFailure { Rejected, Busy, NoAnswer, Unreachable, Withdrawn }

public enum MenuMiss { Nothing, WrongKey }

public enum QueueLeaving { CallerLeft, FlowWentOn, PlatformFailed }

/// <summary>Why an offer ended without a conversation. The causes are kept apart: "unreachable" is not "no answer".</summary>
public enum OfferEnd
{
    Rejected, Busy, NoAnswer, Unreachable,
    /// <summary>The caller left, or the call no longer wants the agent.</summary>
    Withdrawn,
    /// <summary>The agent's lease had run out when the station answered.</summary>
    Expired,
}

public enum NotRecordedReason { QueueSetting, NotInConversation }

/// <summary>Who ended the call, as the API tells it.</summary>
public enum EndedBy { Caller, Agent, Platform, Trunk }

public enum EndReason
{
    HangUp,
    /// <summary>The flow came to its end.</summary>
    FlowEnded,
    /// <summary>The tenant is at its limit of calls.</summary>
    TenantBusy,
    /// <summary>The network between us and the far end failed.</summary>
    NetworkFailed,
    /// <summary>The offer of media was refused (488).</summary>
    MediaRefused,
    /// <summary>The edge that held the call was lost.</summary>
    EdgeLost,
    /// <summary>The flow names a node that it does not have, or goes round without waiting for anything.</summary>
    FlowBroken,
}

/// <summary>Who caused the end of a call; the service objective counts <see cref="Platform"/> only.</summary>
public enum Blame { Nobody, Caller, Tenant, Carrier, Platform, Unknown }

public enum LegRole { Caller, Agent }

public enum LegPhase
{
    /// <summary>An inbound leg before our 200.</summary>
    Arriving,
    /// <summary>An outbound leg before the far end's 200.</summary>
    Calling,
    Answered,
    Ended,
}

public enum CallPhase { Empty, Claiming, InFlow, Waiting, Talking, Ended }
