using CallCenter.Contracts.Media;
using CallCenter.Edge.Recording;
using CallCenter.Kit.Time;
using CallCenter.Media;
using CallCenter.Media.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Edge.Tests.Recording;

/// <summary>Segments whose writing seemed to fail.</summary>
public sealed class DoubtfulWritesTests
{
    static readonly TenantId Acme = new("acme");

    readonly MemoryBlobs kept = new();
    readonly TestClock clock = new();
    readonly Deaf store;
    readonly Recorder recorder;
    readonly TrackId track = TrackId.New();

    public DoubtfulWritesTests()
    {
        store = new(kept);
        recorder = new(store, new NoCipher(), new(store, clock, NullLogger.Instance), NullLogger<Recorder>.Instance);
        recorder.Expect(track, new(Acme, new("c1"), "r1", "caller-1"));
    }

    bool Keep(int number) => recorder.TryKeep(new SegmentHead(track, number, clock.GetUtcNow(), default, number * 40_000, 40_000, IsLast: false), "abc"u8);

    [Fact]
    public async Task A_segment_that_was_stored_though_its_answer_was_lost_is_deleted_for_the_next_one_states_it_as_a_gap()
    {
        Assert.True(Keep(0));
        store.LosesAnswers = true;
        Assert.False(Keep(1));
        store.LosesAnswers = false;
        Assert.True(Keep(2));
        Assert.Equal(3, kept.Names.Count);
        clock.Advance(DoubtfulWrites.Patience);
        await kept.Until(names => names.Count == 2);
        Assert.DoesNotContain(kept.Names, name => name.Contains("/000001-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_deleted_once_the_store_is_there_again()
    {
        store.LosesAnswers = true;
        Assert.False(Keep(0));
        Assert.False(Keep(1));
        store.IsGone = true;
        clock.Advance(DoubtfulWrites.Patience);
        await store.Refused;
        (store.IsGone, store.LosesAnswers) = (false, false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (kept.Names.Count > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            clock.Advance(DoubtfulWrites.Patience); // it may not wait yet
            await Task.Yield();
        }
        Assert.True(Keep(2));
        Assert.Single(kept.Names);
    }

    /// <summary>A store whose answers get lost, or which is gone.</summary>
    sealed class Deaf(MemoryBlobs blobs) : IBlobs
    {
        readonly TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool LosesAnswers, IsGone;
        public Task Refused => refused.Task;

        public async Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default)
        {
            await blobs.Write(owner, name, content, stop);
            if (LosesAnswers) throw new StorageOutageException("no answer came");
        }

        public Task Delete(TenantId owner, string name, CancellationToken stop = default)
        {
            if (!IsGone) return blobs.Delete(owner, name, stop);
            refused.TrySetResult();
            throw new StorageOutageException("it is gone");
        }

        public Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default) => blobs.Read(owner, name, stop);
        public Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default) => blobs.List(owner, prefix, stop);
    }
}
