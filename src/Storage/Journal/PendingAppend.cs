namespace CallCenter.Storage.Journal;

/// <summary>An append that waits for its commit.</summary>
/// <param name="personal">To be written beside; null: what stands there of the subject is deleted.</param>
/// <param name="line">Of the journal.</param>
/// <param name="behind">The line's number on which it rests; 0 = on nothing.</param>
/// <param name="before">The append of the same subject that was under way when this one was made.</param>
/// <param name="facts">Those of <paramref name="row"/>.</param>
internal sealed class PendingAppend(Subject subject, EntryRow row, Items<Fact> facts, SealedValue[]? personal, PendingAppend? before, JournalLine? line = null, long behind = 0)
{
    // The waiter goes on in its own turn, never on the committing thread.
    private readonly TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PendingAppend? before = before;
    private Exception? refusal;
    private (int Writer, long Position, long FirstFact) place;

    public Subject Subject => subject;
    public EntryRow Row => row;
    public Items<Fact> Facts => facts;
    public SealedValue[] Personal => personal ?? [];
    public bool Erases => personal is null;
    public Task Stored => stored.Task;
    public bool IsRefused => refusal is not null;

    /// <summary>Where it stands once its group is committed; null if it was not stored, or stood there before, or its place was not told.</summary>
    public StoredEntry? Entry => IsRefused || place.Position == 0 ? null : new(place.Writer, place.Position, subject, place.FirstFact, row) { Fresh = facts };

    /// <summary>Told by a database in which nobody else gives positions.</summary>
    public void Place(int writer, long position, long firstFact) => place = (writer, position, firstFact);

    /// <summary>
    /// False, and refused, if the one before was, or anything on which it rests: an activation that lost its fence may have sent more entries, and their
    /// numbers would fit the winner's line.
    /// </summary>
    public bool MayFollow()
    {
        if (before is { IsRefused: true } || (behind != 0 && line?.Number != behind)) refusal ??= new FencedException(subject, row.Number);
        return refusal is null;
    }

    /// <summary>Marks it as not stored; its waiter hears it at <see cref="Finish"/>.</summary>
    public void Refuse(Exception why)
    {
        refusal = why;
        line?.Break();
    }

    public void Finish()
    {
        before = null;
        if (refusal is null) stored.SetResult();
        else stored.SetException(refusal);
    }
}

/// <summary>An entry came before the one that it follows was stored: that one failed, and the subject must be read anew.</summary>
internal sealed class JournalGapException(Subject subject, long number, long last)
    : IOException($"{subject}: entry {number} cannot follow {last}, which is the last one stored");

/// <summary>The order in which one process appends. Whatever was refused may have been told to others already: what rests on it must not be stored.</summary>
internal sealed class JournalLine
{
    private long number = 1;

    /// <summary>Another one after each refusal.</summary>
    public long Number => Volatile.Read(ref number);

    public void Break() => Interlocked.Increment(ref number);
}
