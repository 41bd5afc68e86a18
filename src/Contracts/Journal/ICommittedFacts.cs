namespace CallCenter.Contracts.Journal;

/// <summary>What becomes true, told as it is committed: for whoever shows it to people. What must not be missed is read from the journal.</summary>
public interface ICommittedFacts
{
    /// <summary>
    /// The facts that this process commits from now on, each subject's in the order of its entries. Nobody is held up by a slow reader: what it
    /// cannot take in time is left out, and the next says so.
    /// </summary>
    IAsyncEnumerable<CommittedFacts> Follow(CancellationToken stop);
}

/// <summary>The facts of one entry.</summary>
/// <param name="Number">The entry's, which rises within the subject; entries without facts are not told.</param>
/// <param name="Lost">Something between the one before and this was left out.</param>
public sealed record CommittedFacts(Subject Subject, long Number, Items<Fact> Facts, bool Lost = false);
