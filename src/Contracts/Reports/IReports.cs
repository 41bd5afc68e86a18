using CallCenter.Domain.Kpi;

namespace CallCenter.Contracts.Reports;

/// <summary>Records folded from the journal; thrown away and folded again, they are the same.</summary>
public interface IReports
{
    /// <summary>Calls of a tenant, newest first.</summary>
    Task<Page<CallRecord>> Calls(TenantId owner, CallFilter filter, string? cursor, int limit, CancellationToken stop = default);

    /// <summary>Null if the tenant has no such call, or it is not folded yet.</summary>
    Task<CallRecord?> Call(TenantId owner, CallId call, CancellationToken stop = default);

    /// <summary>What the tenant had to do with a person so far.</summary>
    /// <param name="numbers">Canonical or as dialled; none at all is nobody's.</param>
    Task<Contacts> Contacts(TenantId owner, Items<string> numbers, CancellationToken stop = default);

    /// <summary>The callers who were put into queues in calls that began at an instant or later, in no order.</summary>
    Task<Items<QueueSpell>> Spells(TenantId owner, DateTimeOffset since, CancellationToken stop = default);

    /// <summary>The facts of a call in order; null if the tenant has no such call.</summary>
    Task<Items<Fact>?> Facts(TenantId owner, CallId call, CancellationToken stop = default);

    /// <summary>Recordings of a tenant, newest first.</summary>
    /// <param name="scope">Of these calls only; null = of all.</param>
    Task<Page<RecordingRecord>> Recordings(TenantId owner, CallScope? scope, string? cursor, int limit, CancellationToken stop = default);

    Task<RecordingRecord?> Recording(TenantId owner, string recording, CancellationToken stop = default);

    /// <summary>Voicemails of a tenant that were not deleted, newest first.</summary>
    Task<Page<VoicemailRecord>> Voicemails(TenantId owner, VoicemailFilter filter, string? cursor, int limit, CancellationToken stop = default);

    Task<VoicemailRecord?> Voicemail(TenantId owner, string voicemail, CancellationToken stop = default);
}

/// <param name="Calls">How many there are, the present one included.</param>
/// <param name="Last">When the last one began that is over; null = there is none.</param>
/// <param name="LastAgent">Who talked in it last.</param>
[GenerateSerializer, Immutable, Alias("Contacts")]
public sealed record Contacts([property: Id(0)] int Calls, [property: Id(1)] DateTimeOffset? Last, [property: Id(2)] AgentId? LastAgent);

/// <param name="From">Started at or after.</param>
/// <param name="To">Started before.</param>
/// <param name="Number">The caller's or the called number, canonical or as dialled.</param>
[GenerateSerializer, Immutable, Alias("CallFilter")]
public sealed record CallFilter([property: Id(0)] DateTimeOffset? From, [property: Id(1)] DateTimeOffset? To, [property: Id(2)] string? Number, [property: Id(3)] QueueId? Queue, [property: Id(4)] AgentId? Agent)
{
    /// <summary>Of these calls only; null = of all.</summary>
    [Id(5)] public CallScope? Scope { get; init; }

    /// <summary>Calls of any of these people: who called, or was called. Besides <see cref="Number"/>.</summary>
    [Id(6)] public Items<string> Customers { get; init; }
}

/// <summary>The calls in which one of some agents had a part, and those of some queues in which nobody has had one yet.</summary>
[GenerateSerializer, Immutable, Alias("CallScope")]
public sealed record CallScope([property: Id(0)] Items<AgentId> Agents, [property: Id(1)] Items<QueueId> Queues);

/// <summary>A call as the API tells it. Instants are UTC; times are in ms.</summary>
/// <param name="Direction">inbound, outbound (to a number) or internal.</param>
/// <param name="From">The caller's number, null if withheld or erased; of an outbound call the own number that was shown, of an internal one the extension that dialled.</param>
/// <param name="To">The number that was called; of an outbound call null once it is erased.</param>
/// <param name="StartedAt">INVITE.</param>
/// <param name="ConnectedAt">Our 200 to the caller.</param>
/// <param name="AnsweredAt">The first agent joined.</param>
/// <param name="TIvr">Connected → enqueued (or ended).</param>
/// <param name="TAcd">Enqueued → answered or left.</param>
/// <param name="TTalk">Σ over the agents: talking to the customer.</param>
/// <param name="THeld">Σ over the agents: while the customer was held, or away in a flow.</param>
/// <param name="TConsult">Σ over the agents: aside, asking or asked.</param>
/// <param name="Transfers">How often the conversation went on to somebody else.</param>
[GenerateSerializer, Immutable, Alias("CallRecord")]
public sealed record CallRecord(
    [property: Id(0)] CallId Id, [property: Id(1)] string Direction, [property: Id(2)] string? From, [property: Id(3)] string? To, [property: Id(4)] string? HomeArea, [property: Id(5)] QueueId? Queue, [property: Id(6)] Items<AgentId> Agents,
    [property: Id(7)] DateTimeOffset StartedAt, [property: Id(8)] DateTimeOffset? ConnectedAt, [property: Id(9)] DateTimeOffset? AnsweredAt, [property: Id(10)] DateTimeOffset? EndedAt,
    [property: Id(11)] CallEnding? Ended, [property: Id(12)] long TIvr, [property: Id(13)] long TAcd, [property: Id(14)] long TTalk, [property: Id(15)] long THeld, [property: Id(16)] long TAcw, [property: Id(17)] Items<string> Recordings,
    [property: Id(18)] long TConsult = 0, [property: Id(19)] int Transfers = 0)
{
    /// <summary>Each agent's stays in the call, in the order of joining.</summary>
    [Id(20)] public Items<AgentSpell> Spells { get; init; }

    /// <summary>Who made it; null of an inbound call.</summary>
    [Id(21)] public CallDialler? DialledBy { get; init; }

    /// <summary>Legs that were fax machines, and by which tone that was heard.</summary>
    [Id(22)] public Items<FaxSign> Faxes { get; init; }

    /// <summary>How each leg sounded that was heard, in the order of their ends.</summary>
    [Id(23)] public Items<LegSound> Quality { get; init; }

    /// <summary>How both sides spoke; null where nothing was recorded.</summary>
    [Id(24)] public CallSpeech? Speech { get; init; }

    /// <summary>Who answered an outbound call, by the sound: human, machine or unknown; null where nobody wanted to know (<c>answerDetection</c>), or the call was over too soon.</summary>
    [Id(25)] public AnswerSign? Answer { get; init; }

    /// <summary>By which web page the caller came, a visitor without a number; null of everybody else.</summary>
    [Id(31)] public CameBy? Web { get; init; }
}

[GenerateSerializer, Immutable, Alias("CallEnding")]
public sealed record CallEnding([property: Id(0)] EndedBy By, [property: Id(1)] EndReason Reason, [property: Id(2)] Blame Blame);

/// <summary>One recording of a call.</summary>
/// <param name="Id">The call's id and the recording's name inside it, joined by "-".</param>
[GenerateSerializer, Immutable, Alias("RecordingRecord")]
public sealed record RecordingRecord([property: Id(0)] string Id, [property: Id(1)] CallId Call, [property: Id(2)] LegId Left, [property: Id(3)] LegId Right, [property: Id(4)] DateTimeOffset StartedAt, [property: Id(5)] DateTimeOffset? StoppedAt)
{
    /// <summary>What it consists of, in order of their beginnings; empty in a record of an earlier version, which has one track of each side named like its leg.</summary>
    [Id(6)] public Items<TrackSpan> Tracks { get; init; }
}
