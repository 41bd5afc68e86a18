using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CallCenter.Storage.Journal;

/// <summary>Tells those who follow what was committed. The committing thread only puts it down; without a follower it does nothing.</summary>
internal sealed class FactFollowers : ICommittedFacts
{
    /// <summary>Some ten seconds of a busy machine.</summary>
    public const int Most = 20_000;

    private ImmutableArray<Follower> followers = [];

    public async IAsyncEnumerable<CommittedFacts> Follow([EnumeratorCancellation] CancellationToken stop)
    {
        var follower = new Follower();
        ImmutableInterlocked.Update(ref followers, static (all, one) => all.Add(one), follower);
        try
        {
            await foreach (var facts in follower.Line.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return facts;
        }
        finally
        {
            ImmutableInterlocked.Update(ref followers, static (all, one) => all.Remove(one), follower);
        }
    }

    public void Tell(List<PendingAppend> group)
    {
        if (followers.IsEmpty) return;
        foreach (var append in group)
            if (!append.IsRefused && append.Row.FactCount > 0)
                foreach (var follower in followers) follower.Take(append);
    }

    /// <summary>One reader, one writer: the committing thread.</summary>
    private sealed class Follower
    {
        private bool lost;

        public Channel<CommittedFacts> Line { get; } = System.Threading.Channels.Channel.CreateBounded<CommittedFacts>(new BoundedChannelOptions(Most) { SingleReader = true, SingleWriter = true });

        public void Take(PendingAppend append) => lost = !Line.Writer.TryWrite(new(append.Subject, append.Row.Number, append.Facts, lost));
    }
}
