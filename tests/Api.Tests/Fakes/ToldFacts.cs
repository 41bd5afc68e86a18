using System.Threading.Channels;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>Facts that are committed when a test says so.</summary>
internal sealed class ToldFacts : ICommittedFacts
{
    private readonly Channel<CommittedFacts> line = System.Threading.Channels.Channel.CreateUnbounded<CommittedFacts>();

    public IAsyncEnumerable<CommittedFacts> Follow(CancellationToken stop) => line.Reader.ReadAllAsync(stop);

    public void Commit(Subject subject, long number, params Fact[] facts) => Commit(new(subject, number, facts.ToItems()));

    public void Commit(CommittedFacts facts) => line.Writer.TryWrite(facts);
}
