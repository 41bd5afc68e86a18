using System.Text;
using CallCenter.Storage.Personal;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Journal;

/// <summary>The journal over any database: appends are committed in groups, reads wait for what was appended before.</summary>
internal sealed class GroupedJournal : IJournal, IPersonal, IDisposable
{
    private readonly IEntryLog entries;
    private readonly TenantCipher cipher;
    private readonly ILogger log;
    private readonly GroupCommit<PendingAppend> groups;
    private readonly JournalLine line = new();
    private readonly Dictionary<Subject, PendingAppend> tails = []; // the last append of each subject that is not committed yet; also the lock

    // Subjects whose last append was refused: whoever sent it may not know yet and send more. A new activation reads first.
    private readonly HashSet<Subject> broken = [];

    public GroupedJournal(IEntryLog entries, TenantCipher cipher, ILogger<GroupedJournal> log, Pace? pace = null)
    {
        (this.entries, this.cipher, this.log) = (entries, cipher, log);
        groups = new("journal", pace ?? Pace.Default, Commit);
        trial = new(_ => groups.Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>After a failed commit one is tried each second, whether or not anybody appends.</summary>
    private static readonly TimeSpan TrialGap = TimeSpan.FromSeconds(1);

    /// <summary>A commit that takes longer has no database to go to, or one that stands still: what begins now had better begin elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Timer trial;
    private volatile bool failing;
    private long committing; // since when, by the system's ticks; 0 = nothing is under way

    public bool CanWrite => !failing && entries.HasRoom && !IsStuck;

    public async Task<bool> CanWriteNow(TimeSpan patience)
    {
        if (!CanWrite) return false;
        var tried = Committed.Next;
        groups.Nudge();
        try
        {
            await tried.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
        return CanWrite;
    }

    private bool IsStuck => Volatile.Read(ref committing) is not 0 and var since && Environment.TickCount64 - since > Patience.TotalMilliseconds;

    /// <summary>Added to after each commit.</summary>
    public CommittedEntries Committed { get; } = new();

    /// <summary>Told at each commit.</summary>
    public FactFollowers Facts { get; } = new();

#if !ORLEANS_PACKAGES // there a call and its agent may live in different processes
    public long Line => line.Number;
#endif

    public Task Append(Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong) =>
        Append(subject, entry, Seal(subject.Owner, personal), urgency);

    public Task AppendBehind(long line, Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong) =>
        Append(subject, entry, Seal(subject.Owner, personal), urgency, line);

    /// <summary>Whether the subject's last entry says so; what was appended before is committed.</summary>
    public async ValueTask<bool> IsClosed(Subject subject, CancellationToken stop)
    {
        await Pending(subject, stop).ConfigureAwait(false);
        return await entries.ReadAsync(subject, 0, stop).ConfigureAwait(false) is [.., { Row.Closed: true }];
    }

    /// <summary>Deletes a closed subject's personal values and says so in one more entry, in one transaction.</summary>
    /// <exception cref="InvalidOperationException">It is not closed: its grain would lose its fence.</exception>
    public async Task Erase(Subject subject, PersonErased fact, CancellationToken stop)
    {
        if (await Read(subject, stop).ConfigureAwait(false) is not [.., { Closed: true } last]) throw new InvalidOperationException($"{subject} is not closed");
        await Append(subject, new(last.Number + 1, [fact], last.FirstOwed + last.Owed.Count, [], last.PaidUpTo, [], Closed: true), null, Urgency.Now).ConfigureAwait(false);
    }

    private Task Append(Subject subject, JournalEntry entry, SealedValue[]? values, Urgency urgency, long behind = 0)
    {
        var row = EntryJson.Write(entry);
        lock (tails)
        {
            if (broken.Contains(subject)) return Task.FromException(new FencedException(subject, entry.Number));
            var append = new PendingAppend(subject, row, entry.Facts, values, tails.GetValueOrDefault(subject), line, behind);
            groups.Add(append, urgency); // inside the lock: calls for one subject commit in their order
            tails[subject] = append;
            return append.Stored;
        }
    }

    public ValueTask<Items<JournalEntry>> Read(Subject subject, CancellationToken stop = default) => ReadAfter(subject, 0, stop);

    public async ValueTask<Items<JournalEntry>> ReadAfter(Subject subject, long number, CancellationToken stop = default)
    {
        await Pending(subject, stop).ConfigureAwait(false);
        lock (tails) broken.Remove(subject);
        return Items.Owning(Array.ConvertAll(await entries.ReadAsync(subject, number, stop).ConfigureAwait(false), e => EntryJson.Read(e.Row)));
    }

    public Task<Items<Subject>> Open(SubjectKind kind, CancellationToken stop = default) =>
        Task.Run(() => Items.Of<Subject>(entries.Open(kind)), stop);

    async Task<Items<PersonalValue>> IPersonal.Read(Subject subject, CancellationToken stop)
    {
        await Pending(subject, stop).ConfigureAwait(false);
        return (await entries.PersonalAsync(subject, stop).ConfigureAwait(false)).Select(v => Unseal(subject, v)).OfType<PersonalValue>().ToItems();
    }

    /// <summary>The commit of what was appended to the subject; at once if nothing is under way.</summary>
    private Task Pending(Subject subject, CancellationToken stop)
    {
        PendingAppend? tail;
        lock (tails) tails.TryGetValue(subject, out tail);
        if (tail is null) return Task.CompletedTask;
        groups.Hurry();
        return Settled(tail.Stored.WaitAsync(stop), stop);
    }

    /// <summary>Stored or refused: its own waiter hears which; a reader sees what there is.</summary>
    private static async Task Settled(Task append, CancellationToken stop)
    {
        await append.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }

    private void Commit(List<PendingAppend> group)
    {
        Volatile.Write(ref committing, Environment.TickCount64);
        try
        {
            entries.Commit(group);
            if (failing) Recovered();
        }
        catch (Exception e) // an outage or a bug: every waiter gets it, and the next group is tried
        {
            log.CommitFailed(e, group.Count);
            foreach (var append in group) append.Refuse(e);
            failing = true;
            trial.Change(TrialGap, Timeout.InfiniteTimeSpan);
        }
        Volatile.Write(ref committing, 0);
        Forget(group);
        foreach (var append in group) append.Finish();
        Committed.Add(group);
        Facts.Tell(group);
    }

    private void Recovered()
    {
        failing = false;
        log.CommitsAgain();
    }

    private void Forget(List<PendingAppend> group)
    {
        lock (tails)
            foreach (var append in group)
            {
                if (append.IsRefused) broken.Add(append.Subject);
                if (ReferenceEquals(tails.GetValueOrDefault(append.Subject), append)) tails.Remove(append.Subject);
            }
    }

    private SealedValue[] Seal(TenantId owner, Items<PersonalValue> values)
    {
        if (values.IsEmpty) return [];
        var sealedValues = new SealedValue[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            var (field, value, lookup) = values[i];
            sealedValues[i] = new(field, cipher.Encrypt(owner, Encoding.UTF8.GetBytes(value)), lookup is null ? null : cipher.Lookup(owner, PersonalFields.LookupField(field), lookup));
        }
        return sealedValues;
    }

    private PersonalValue? Unseal(Subject subject, SealedValue value)
    {
        if (cipher.TryDecrypt(subject.Owner, value.Value, out var plain)) return new(value.Field, Encoding.UTF8.GetString(plain));
        log.Unreadable(subject, value.Field);
        return null;
    }

    public void Dispose()
    {
        trial.Dispose();
        entries.GiveUp();
        groups.Dispose();
        entries.Dispose();
    }
}
