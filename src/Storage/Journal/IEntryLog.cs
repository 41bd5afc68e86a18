namespace CallCenter.Storage.Journal;

/// <summary>
/// A database's side of the journal. One committing thread calls <see cref="Commit"/>; everything else may be called by
/// many threads at once and sees committed entries only.
/// </summary>
internal interface IEntryLog : IDisposable
{
    /// <summary>
    /// Stores the group in its order, in one durable transaction. An append that cannot be is marked by
    /// <see cref="PendingAppend.Refuse"/> and leaves the others alone.
    /// </summary>
    /// <remarks>An empty group is a trial: it writes, and changes nothing.</remarks>
    /// <exception cref="IOException">Nothing of the group was stored (disk full, I/O error); the next group may succeed.</exception>
    void Commit(IReadOnlyList<PendingAppend> group);

    /// <summary>False where the disk is so full that the rest is kept for what is under way.</summary>
    bool HasRoom => true;

    /// <summary>A subject's entries in order, those with a number above <paramref name="after"/>.</summary>
    StoredEntry[] Read(Subject subject, long after = 0);

    /// <summary>As <see cref="Read"/>, without holding a thread where the database is another machine.</summary>
    ValueTask<StoredEntry[]> ReadAsync(Subject subject, long after, CancellationToken stop) => new(Read(subject, after));

    Subject[] Open(SubjectKind kind);

    /// <summary>Entries of all writers behind <paramref name="seen"/>: each writer's in the order of positions, each subject's in the order of numbers.</summary>
    StoredEntry[] After(Positions seen, int limit);

    SealedValue[] Personal(Subject subject);

    ValueTask<SealedValue[]> PersonalAsync(Subject subject, CancellationToken stop) => new(Personal(subject));

    /// <summary>Subjects that have a personal value with this lookup, newest first.</summary>
    Subject[] FindByPersonal(byte[] lookup, int limit);

    /// <summary>Makes what was erased vanish from the database's files too, as far as the database lets us.</summary>
    void Scrub() { }

    /// <summary>The program stops: a <see cref="Commit"/> that waits for the database's return throws instead. What can be stored still is.</summary>
    void GiveUp() { }
}

/// <summary>An entry as rows hold it: its lists are JSON, in UTF-8 as databases have it.</summary>
/// <param name="Owed">Null = none; so is <paramref name="Heard"/>.</param>
internal readonly record struct EntryRow(long Number, int FactCount, byte[] Facts, long FirstOwed, byte[]? Owed, long PaidUpTo, byte[]? Heard, bool Closed)
{
    public bool Equals(EntryRow other) =>
        (Number, FactCount, FirstOwed, PaidUpTo, Closed) == (other.Number, other.FactCount, other.FirstOwed, other.PaidUpTo, other.Closed)
        && IsSame(Facts, other.Facts) && IsSame(Owed, other.Owed) && IsSame(Heard, other.Heard);

    public override int GetHashCode() => HashCode.Combine(Number, FactCount, FirstOwed);

    private static bool IsSame(byte[]? one, byte[]? other) => one is null == other is null && one.AsSpan().SequenceEqual(other);
}

/// <summary>An entry at its place in its writer's line.</summary>
/// <param name="FirstFact">The number of its first fact within the subject.</param>
internal readonly record struct StoredEntry(int Writer, long Position, Subject Subject, long FirstFact, EntryRow Row)
{
    /// <summary>What it was written from, where that is at hand; see <see cref="Facts"/>.</summary>
    public Items<Fact> Fresh { private get; init; }

    /// <summary>Its facts: as they were appended in this process, or read from the row, which tells the same.</summary>
    public Items<Fact> Facts => Fresh.IsEmpty ? EntryJson.Facts(Row.Facts) : Fresh;
}

/// <summary>A personal value, encrypted.</summary>
internal readonly record struct SealedValue(string Field, byte[] Value, byte[]? Lookup);

/// <summary>How far each writer's line was read: gapless positions from 1, given at commit.</summary>
internal sealed record Positions(Items<WriterPosition> Writers)
{
    public static readonly Positions None = new([]);

    public long Of(int writer)
    {
        foreach (var line in Writers)
            if (line.Writer == writer) return line.Position;
        return 0;
    }

    public Positions With(int writer, long position) =>
        new(Writers.Without(w => w.Writer == writer).Add(new(writer, position)));
}

internal readonly record struct WriterPosition(int Writer, long Position);
