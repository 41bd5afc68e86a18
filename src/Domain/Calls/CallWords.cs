using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>Who ended one leg.</summary>
[JsonConverter(typeof(EnumText<LegEndedBy>))]
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
[JsonConverter(typeof(EnumText<LegFailure>))]
public enum LegFailure
{
    Rejected, Busy, NoAnswer, Unreachable, Withdrawn,
    /// <summary>The platform could not so much as call: no port was free, the registrations could not be read.</summary>
    PlatformFault,
}

[JsonConverter(typeof(EnumText<MenuMiss>))]
public enum MenuMiss { Nothing, WrongKey }

[JsonConverter(typeof(EnumText<QueueLeaving>))]
public enum QueueLeaving { CallerLeft, FlowWentOn, PlatformFailed }

/// <summary>By which tone a fax machine is known (ITU-T T.30).</summary>
[JsonConverter(typeof(EnumText<FaxTone>))]
public enum FaxTone
{
    /// <summary>CNG: it called.</summary>
    Calling,
    /// <summary>CED: it was called.</summary>
    Answering,
}

/// <summary>Who answered a call that we made.</summary>
[JsonConverter(typeof(EnumText<AnswerKind>))]
public enum AnswerKind
{
    Human,
    /// <summary>An announcement: an answering machine, a mailbox, the network.</summary>
    Machine,
    /// <summary>Nothing was said that would tell.</summary>
    Unknown,
}

/// <summary>Why an offer ended without a conversation. The causes are kept apart: "unreachable" is not "no answer".</summary>
[JsonConverter(typeof(EnumText<OfferEnd>))]
public enum OfferEnd
{
    Rejected, Busy, NoAnswer, Unreachable,
    /// <summary>The caller left, or the call no longer wants the agent.</summary>
    Withdrawn,
    /// <summary>The agent's lease had run out when the station answered.</summary>
    Expired,
    /// <summary>The platform could not call the station; neither the agent nor the phone is to blame.</summary>
    PlatformFault,
}

[JsonConverter(typeof(EnumText<NotRecordedReason>))]
public enum NotRecordedReason
{
    QueueSetting, NotInConversation,
    /// <summary>The customer is held.</summary>
    Held,
    /// <summary>An agent paused the recording.</summary>
    Paused,
    /// <summary>The customer is in a flow, for an agent.</summary>
    InFlow,
    /// <summary>The customer is held while the agent asks somebody.</summary>
    Consult,
    /// <summary>Everybody is on mute.</summary>
    Muted,
    /// <summary>The agent's browser is not heard; it may be back soon.</summary>
    StationLost,
}

/// <summary>Who ended the call, as the API tells it.</summary>
[JsonConverter(typeof(EnumText<EndedBy>))]
public enum EndedBy
{
    /// <summary>The customer.</summary>
    Caller,
    Agent, Platform, Trunk,
    /// <summary>An outside number or a station without an agent, which the conversation went to.</summary>
    Party,
}

[JsonConverter(typeof(EnumText<EndReason>))]
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
    /// <summary>Nobody could be reached: the called party of an outbound call, or the target of a transfer without a queue to go back to.</summary>
    Busy, Rejected, NoAnswer, Unreachable, NotAllowed,
    /// <summary>The agent was lost, and there is no queue to go back to.</summary>
    AgentLost,
}

/// <summary>Who caused the end of a call; the service objective counts <see cref="Platform"/> only.</summary>
[JsonConverter(typeof(EnumText<Blame>))]
public enum Blame { Nobody, Caller, Tenant, Carrier, Platform, Unknown }

[JsonConverter(typeof(EnumText<LegRole>))]
public enum LegRole
{
    Caller, Agent,
    /// <summary>An outside number that we called.</summary>
    Number,
    /// <summary>A station without an agent.</summary>
    Station,
}

[JsonConverter(typeof(EnumText<LegPhase>))]
public enum LegPhase
{
    /// <summary>An inbound leg before our 200.</summary>
    Arriving,
    /// <summary>An outbound leg before the far end's 200.</summary>
    Calling,
    Answered,
    Ended,
}

[JsonConverter(typeof(EnumText<CallPhase>))]
public enum CallPhase
{
    Empty, Claiming, InFlow, Waiting, Talking, Ended,
    /// <summary>An outbound or internal call before the called party's answer.</summary>
    Dialling,
}
