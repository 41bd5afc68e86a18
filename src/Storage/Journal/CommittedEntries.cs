namespace CallCenter.Storage.Journal;

/// <summary>
/// What this process committed last, for who folds it: nothing need be read back and parsed that was written a moment ago. It counts only as
/// the continuation of what was seen. Where there is a gap (a start, another process's entries, a fold that lags far behind) the
/// database is asked instead.
/// </summary>
internal sealed class CommittedEntries
{
    /// <summary>Some ten seconds of a busy machine; the oldest go first.</summary>
    private const int Most = 5_000;

    private readonly Lock gate = new();
    private readonly Queue<StoredEntry> fresh = [];
    private readonly Signal signal = new();
    private long last; // position of the newest; 0 = none yet

    /// <summary>Completes at the next commit, or attempt at one.</summary>
    public Task Next => signal.Next;

    /// <summary>A group was committed or refused.</summary>
    public void Add(IReadOnlyList<PendingAppend> group)
    {
        lock (gate)
        {
            for (var i = 0; i < group.Count; i++)
                if (group[i].Entry is { } entry)
                {
                    fresh.Enqueue(entry);
                    last = entry.Position;
                }
            while (fresh.Count > Most) fresh.Dequeue();
        }
        signal.Set();
    }

    /// <summary>The entries right behind <paramref name="seen"/>, none if that is all there is; null where the database must be asked.</summary>
    public StoredEntry[]? After(Positions seen, int limit)
    {
        lock (gate)
        {
            while (fresh.TryPeek(out var old) && old.Position <= seen.Of(old.Writer)) fresh.Dequeue();
            if (!fresh.TryPeek(out var first)) return last > 0 && seen.Writers is [{ } only] && only.Position >= last ? [] : null;
            var taken = new StoredEntry[Following(seen.Of(first.Writer) + 1, limit)];
            for (var i = 0; i < taken.Length; i++) taken[i] = fresh.Dequeue();
            return taken.Length > 0 ? taken : null;
        }
    }

    /// <summary>How many stand in line without a gap, from this position on.</summary>
    private int Following(long next, int limit)
    {
        var count = 0;
        foreach (var entry in fresh)
        {
            if (count == limit || entry.Position != next + count) break;
            count++;
        }
        return count;
    }
}
