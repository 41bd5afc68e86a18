using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;

namespace CallCenter.Storage.Projections;

/// <summary>A database's side of the views. One projector folds; reads come from many threads.</summary>
internal interface IViewStore : IDisposable
{
    /// <summary>Whether it is this process that folds: one of all that share the views, and as long as it lives. False: to be asked again.</summary>
    bool Leads() => true;

    /// <summary>How long after a look another process may have written to the journal without this one's hearing of it; null = there is no other.</summary>
    TimeSpan? LookAgain => null;

    /// <summary>How far the views are folded.</summary>
    Positions Seen();

    /// <summary>Writes what a batch of entries changed, and how far it reached, in one transaction.</summary>
    void Fold(ViewChanges changes);

    /// <summary>Calls, newest first; without the caller's number.</summary>
    CallRecord[] Calls(TenantId owner, CallQuery query, ViewCursor? after, int limit);

    CallRecord? Call(TenantId owner, CallId call);

    /// <summary>The callers who were put into queues in calls that began then or later.</summary>
    QueueSpell[] Spells(TenantId owner, DateTimeOffset since);

    RecordingRecord[] Recordings(TenantId owner, CallScope? scope, ViewCursor? after, int limit);

    RecordingRecord? Recording(TenantId owner, string recording);

    /// <summary>Voicemails that were not deleted, newest first; without the caller's number.</summary>
    /// <param name="id">That one only; null = all.</param>
    VoicemailRecord[] Voicemails(TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit);
}

/// <summary>What a batch changed.</summary>
/// <param name="Calls">Each call once, as it stands after the batch.</param>
/// <param name="AfterCalls">In the order in which it happened.</param>
/// <param name="Voicemails">What became of them, in order.</param>
internal sealed record ViewChanges(IReadOnlyCollection<FoldedCall> Calls, IReadOnlyCollection<AfterCallChange> AfterCalls, IReadOnlyCollection<VoicemailChange> Voicemails, Positions Seen);

internal readonly record struct FoldedCall(TenantId Owner, string Call, CallSummary Summary);

/// <summary>After-call work of an agent began or ended.</summary>
/// <param name="Began">Null: whatever is under way has ended.</param>
internal readonly record struct AfterCallChange(Subject Agent, DateTimeOffset At, AgentReleased? Began);

/// <summary>What became of a voicemail: a <see cref="VoicemailMarked"/> or its deletion.</summary>
internal readonly record struct VoicemailChange(TenantId Owner, string Voicemail, Fact What);

/// <summary>The filter with its number resolved.</summary>
/// <param name="Called">Any of these numbers was called; or <paramref name="CallIds"/>. Both null = whatever number.</param>
/// <param name="CallIds">Calls whose caller has the number.</param>
internal sealed record CallQuery(CallFilter Filter, string[]? Called, string[]? CallIds);
