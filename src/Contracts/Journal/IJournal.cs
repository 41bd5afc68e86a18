namespace CallCenter.Contracts.Journal;

/// <summary>
/// The one record of what happened. Entries of a subject are numbered 1, 2, 3 …; (subject, number) is unique, which is
/// also the fence: of two activations of one grain the loser gets a <see cref="FencedException"/> and steps down.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// False while nothing new ought to begin: the last commit failed (disk full, database gone) or the disk is nearly full. True again
    /// by itself within 2 s of the end of the trouble. Asked for each new call: it costs nothing.
    /// </summary>
    bool CanWrite => true;

    /// <summary>The same, tried now: what failed since the last commit shows. For what must not wait to find out.</summary>
    /// <param name="patience">A commit that takes longer counts as none.</param>
    Task<bool> CanWriteNow(TimeSpan patience) => Task.FromResult(CanWrite);

    /// <summary>All entries of a subject in order, those appended before by this process included (it waits for their commit).</summary>
    ValueTask<Items<JournalEntry>> Read(Subject subject, CancellationToken stop = default);

    /// <summary>The entries with a higher number than <paramref name="number"/>: what a snapshot lacks.</summary>
    ValueTask<Items<JournalEntry>> ReadAfter(Subject subject, long number, CancellationToken stop = default);

    /// <summary>
    /// Appends an entry and, in the same transaction, personal values. The task completes at the durable commit; calls for one
    /// subject commit in their order.
    /// </summary>
    /// <exception cref="FencedException">That number is taken by another entry.</exception>
    Task Append(Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong);

    /// <summary>
    /// Names the line in which everything that is appended here is committed, in the order of appending; another one as soon as an append of it
    /// was refused. 0: grains that tell each other something may append to different lines.
    /// </summary>
    long Line => 0;

    /// <summary>As <see cref="Append"/>; stored only if nothing that was appended to this line before was refused.</summary>
    /// <exception cref="FencedException">Something was.</exception>
    Task AppendBehind(long line, Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong) => Append(subject, entry, personal, urgency);

    /// <summary>Subjects of a kind with entries of which none says <see cref="JournalEntry.Closed"/>: what a restart must wake.</summary>
    Task<Items<Subject>> Open(SubjectKind kind, CancellationToken stop = default);
}

public enum Urgency
{
    /// <summary>Commits with the next group, within 50 ms.</summary>
    RideAlong,
    /// <summary>Somebody waits: starts a group.</summary>
    Now,
}

/// <summary>What one turn of a subject's machine added.</summary>
/// <param name="Number">From 1, gapless within the subject.</param>
/// <param name="Facts">What became true; facts are numbered through the subject in this order.</param>
/// <param name="FirstOwed">Number of the first of <paramref name="Owed"/>; numbers rise by one through the subject.</param>
/// <param name="Owed">Effects that are repeated until acknowledged.</param>
/// <param name="PaidUpTo">Every owed effect up to this number is acknowledged.</param>
/// <param name="Heard">The highest message number taken in, per sender that spoke in this turn.</param>
/// <param name="Closed">Nothing will follow and nothing is owed.</param>
[GenerateSerializer, Immutable, Alias("JournalEntry")]
public sealed record JournalEntry([property: Id(0)] long Number, [property: Id(1)] Items<Fact> Facts, [property: Id(2)] long FirstOwed, [property: Id(3)] Items<Effect> Owed, [property: Id(4)] long PaidUpTo, [property: Id(5)] Items<Heard> Heard, [property: Id(6)] bool Closed);

[GenerateSerializer, Immutable, Alias("Heard")]
public readonly record struct Heard([property: Id(0)] Sender From, [property: Id(1)] long UpTo);

/// <summary>A value about a person, kept apart from the facts, encrypted per tenant.</summary>
/// <param name="Field">Such as <see cref="PersonalFields.CallerNumber"/>.</param>
/// <param name="Lookup">If given, the canonical form by which it can be found (stored as a keyed hash only).</param>
[GenerateSerializer, Immutable, Alias("PersonalValue")]
public readonly record struct PersonalValue([property: Id(0)] string Field, [property: Id(1)] string Value, [property: Id(2)] string? Lookup = null);

public static class PersonalFields
{
    public const string CallerNumber = "callerNumber";
    public const string CallerName = "callerName";

    /// <summary>What the page of a web call sent along: a JSON list of <see cref="VisitorDatum"/>.</summary>
    public const string Visit = "visit";
    private const string DialPrefix = "dial-", CalledPrefix = "called-", AnyDialled = "dialled";

    /// <summary>The fields by which a number can be found: who called, and who was called on whatever leg.</summary>
    public static readonly Items<string> Searched = [CallerNumber, AnyDialled];

    /// <summary>The number that a leg is to call, as dialled.</summary>
    public static string Dial(LegId leg) => DialPrefix + leg;

    /// <summary>The same in the form that the trunk expects.</summary>
    public static string Called(LegId leg) => CalledPrefix + leg;

    /// <summary>Under what a field's lookup is kept: legs have names of their own, and nobody who searches knows them.</summary>
    public static string LookupField(string field) => IsDialled(field) ? AnyDialled : field;

    /// <summary>What the caller gave at a node that does not mask it.</summary>
    public static string Collected(string node) => $"collected-{node}";

    public static bool IsDialled(string field) => field.StartsWith(DialPrefix, StringComparison.Ordinal) || field.StartsWith(CalledPrefix, StringComparison.Ordinal);
}

/// <summary>Another activation of the same subject wrote first.</summary>
public sealed class FencedException(Subject subject, long number) : Exception($"{subject}: entry {number} was written by another activation");

/// <summary>Values about people, by subject and field.</summary>
public interface IPersonal
{
    Task<Items<PersonalValue>> Read(Subject subject, CancellationToken stop = default);
}
