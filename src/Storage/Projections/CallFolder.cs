using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;

namespace CallCenter.Storage.Projections;

/// <summary>
/// Folds entries into changes of the views. It remembers the calls that go on; one that it does not remember (after a
/// start) is read from the journal up to the entry at hand, so that nothing is skipped or folded twice.
/// </summary>
internal sealed class CallFolder(IEntryLog journal)
{
    private const int MostRemembered = 100_000;
    private readonly Dictionary<Subject, CallSummary> goingOn = [];

    public ViewChanges Fold(Positions seen, StoredEntry[] entries)
    {
        if (goingOn.Count > MostRemembered) goingOn.Clear();
        var calls = new Dictionary<Subject, FoldedCall>();
        var afterCalls = new List<AfterCallChange>();
        var voicemails = new List<VoicemailChange>();
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            if (i + 1 == entries.Length || entries[i + 1].Writer != entry.Writer) seen = seen.With(entry.Writer, entry.Position);
            if (entry.Row.FactCount > 0) Fold(in entry, calls, afterCalls, voicemails);
            if (entry.Row.Closed) goingOn.Remove(entry.Subject);
        }
        return new(calls.Values, afterCalls, voicemails, seen);
    }

    private void Fold(in StoredEntry entry, Dictionary<Subject, FoldedCall> calls, List<AfterCallChange> afterCalls, List<VoicemailChange> voicemails)
    {
        var subject = entry.Subject;
        if (subject.Kind == SubjectKind.Call)
        {
            var summary = goingOn[subject] = Add(Before(entry), entry);
            calls[subject] = new(subject.Owner, subject.Name, summary);
        }
        else if (subject.Kind == SubjectKind.Voicemail)
        {
            foreach (var fact in entry.Facts) voicemails.Add(new(subject.Owner, subject.Name, fact));
        }
        else if (subject.Kind == SubjectKind.Agent)
        {
            foreach (var fact in entry.Facts)
            {
                if (fact is AgentReleased { AfterCallUntil: not null } released) afterCalls.Add(new(subject, fact.At, released));
                else if (fact is AfterCallEnded) afterCalls.Add(new(subject, fact.At, null));
            }
        }
    }

    private CallSummary Before(in StoredEntry entry)
    {
        if (goingOn.TryGetValue(entry.Subject, out var known)) return known;
        var summary = CallSummary.Empty;
        if (entry.Row.Number == 1) return summary;
        foreach (var earlier in journal.Read(entry.Subject))
            if (earlier.Row.Number < entry.Row.Number) summary = Add(summary, earlier);
        return summary;
    }

    private static CallSummary Add(CallSummary summary, in StoredEntry entry)
    {
        foreach (var fact in entry.Facts) summary = summary.With(fact);
        return summary;
    }
}
