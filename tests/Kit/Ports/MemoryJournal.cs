using CallCenter.Contracts.Journal;
using CallCenter.Domain;

namespace CallCenter.Kit.Ports;

/// <summary>A journal in memory, with the rules of the real one: order per subject, the fence, gapless numbers, personal values beside.</summary>
public sealed class MemoryJournal : IJournal, IPersonal
{
    readonly Lock gate = new();
    readonly Dictionary<Subject, Line> lines = [];
    int life, pending;

    /// <summary>Awaited before each commit: delays it, or fails it by throwing.</summary>
    public Func<Subject, JournalEntry, Task>? BeforeCommit { get; set; }

    public bool CanWrite { get; set; } = true;

    /// <summary>0, unless a test says that words may leave before their entries.</summary>
    public long CommonLine { get; set; }

    long IJournal.Line => CommonLine;

    /// <summary>Appends that are not committed yet.</summary>
    public int Pending => Volatile.Read(ref pending);

    public int Committed { get; private set; }

    /// <summary>How many entries the last reading gave.</summary>
    public int LastRead { get; private set; }

    public async ValueTask<Items<JournalEntry>> Read(Subject subject, CancellationToken stop = default)
    {
        Task tail;
        lock (gate) tail = LineOf(subject).Tail;
        await tail.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate) return LineOf(subject).Entries.ToItems();
    }

    public async ValueTask<Items<JournalEntry>> ReadAfter(Subject subject, long number, CancellationToken stop = default)
    {
        var entries = (await Read(subject, stop)).Without(e => e.Number <= number);
        LastRead = entries.Count;
        return entries;
    }

    public Task Append(Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong)
    {
        lock (gate)
        {
            var line = LineOf(subject);
            if (BeforeCommit is null && line.Tail.IsCompleted) return line.Tail = CommitNow(subject, entry, personal);
            Interlocked.Increment(ref pending);
            return line.Tail = CommitLater(line.Tail, subject, entry, personal, life);
        }
    }

    public Task AppendBehind(long line, Subject subject, JournalEntry entry, Items<PersonalValue> personal = default, Urgency urgency = Urgency.RideAlong) =>
        line == CommonLine ? Append(subject, entry, personal, urgency) : Task.FromException(new FencedException(subject, entry.Number));

    public Task<Items<Subject>> Open(SubjectKind kind, CancellationToken stop = default)
    {
        lock (gate) return Task.FromResult(lines.Where(l => l.Key.Kind == kind && l.Value.Entries.Count > 0 && !l.Value.Entries.Exists(e => e.Closed)).Select(l => l.Key).ToItems());
    }

    Task<Items<PersonalValue>> IPersonal.Read(Subject subject, CancellationToken stop)
    {
        lock (gate) return Task.FromResult(LineOf(subject).Personal.ToItems());
    }

    /// <summary>Facts of a subject, in order.</summary>
    public Items<Fact> Facts(Subject subject)
    {
        lock (gate) return LineOf(subject).Entries.SelectMany(e => e.Facts).ToItems();
    }

    /// <summary>Entries of a subject, in order.</summary>
    public Items<JournalEntry> Entries(Subject subject)
    {
        lock (gate) return LineOf(subject).Entries.ToItems();
    }

    public Items<Subject> Subjects(SubjectKind kind)
    {
        lock (gate) return lines.Keys.Where(s => s.Kind == kind).ToItems();
    }

    /// <summary>What the crash of a process does: whatever was not committed never will be.</summary>
    public void LosePending()
    {
        lock (gate)
        {
            life++;
            foreach (var line in lines.Values) line.Tail = Task.CompletedTask;
        }
    }

    Line LineOf(Subject subject)
    {
        if (!lines.TryGetValue(subject, out var line)) lines[subject] = line = new();
        return line;
    }

    async Task CommitLater(Task before, Subject subject, JournalEntry entry, Items<PersonalValue> personal, int mine)
    {
        try
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            if (BeforeCommit is { } wait) await wait(subject, entry).ConfigureAwait(false);
            Task done;
            lock (gate) done = mine == life ? CommitNow(subject, entry, personal) : Task.FromException(new IOException("the process crashed before the commit"));
            await done.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref pending);
        }
    }

    Task CommitNow(Subject subject, JournalEntry entry, Items<PersonalValue> personal)
    {
        var line = LineOf(subject);
        var next = line.Entries.Count + 1;
        if (entry.Number < next) return line.Entries[(int)entry.Number - 1].Equals(entry) ? Task.CompletedTask : Task.FromException(new FencedException(subject, entry.Number));
        if (entry.Number > next) return Task.FromException(new InvalidOperationException($"{subject}: entry {entry.Number} came where {next} was due"));
        line.Entries.Add(entry);
        line.Personal.AddRange(personal);
        Committed++;
        return Task.CompletedTask;
    }

    sealed class Line
    {
        public readonly List<JournalEntry> Entries = [];
        public readonly List<PersonalValue> Personal = [];
        public Task Tail = Task.CompletedTask;
    }
}
