using CallCenter.Contracts.Media;
using CallCenter.Contracts.Reports;
using CallCenter.Domain.Kpi;
using CallCenter.Edge.Recording;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Tests.Recording;

/// <summary>What a check says of tracks whose edge died, or records still.</summary>
public sealed class RecordingCheckTests
{
    const string Track = "caller-1";
    static readonly TenantId Acme = new("acme");
    static readonly LegId Caller = new("caller");
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly MemoryBlobs blobs = new();
    readonly TrackId id = TrackId.New();
    byte[] hash = new byte[Segment.HashSize];

    /// <summary>Segments of 5 s, none of them the last.</summary>
    async Task<string> Keep(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var head = new SegmentHead(id, i, Noon, default, i * Segment.Samples, Segment.Samples, IsLast: false);
            var bytes = new byte[Segment.Size(Segment.Samples, 0)];
            Segment.Write(bytes, head, [], new byte[Segment.Samples], hash);
            hash = bytes[^Segment.HashSize..];
            await blobs.Write(Acme, $"recordings/c1/r1/{Track}/{SegmentName.Of(head)}", bytes, Stop);
        }
        return Convert.ToHexStringLower(hash);
    }

    async Task<CheckedTrack> Check(double? seconds, string? seal = null)
    {
        DateTimeOffset? to = seconds is { } s ? Noon.AddSeconds(s) : null;
        var record = new RecordingRecord("c1-r1", new("c1"), Caller, Caller, Noon, to) { Tracks = [new TrackSpan(Track, Caller, Channel.Left, Noon, to, seal)] };
        return (await new RecordingReader(blobs, new NoCipher(), TimeProvider.System).Check(Acme, record, Stop)).Single();
    }

    [Fact]
    public async Task A_track_whose_edge_died_is_whole_as_far_as_it_goes_and_the_rest_is_told_as_a_gap()
    {
        await Keep(2);
        Assert.Equal(new CheckedTrack(Track, null, null, 2, Sealed: false, MissingMs: 2500), await Check(12.5));
    }

    [Fact]
    public async Task A_track_of_which_nothing_was_kept_is_all_gap() => Assert.Equal(new CheckedTrack(Track, null, null, 0, Sealed: false, MissingMs: 3000), await Check(3));

    [Fact]
    public async Task A_track_that_is_being_recorded_lacks_nothing_yet()
    {
        await Keep(1);
        Assert.Equal(new CheckedTrack(Track, null, null, 1, Sealed: false), await Check(null));
    }

    [Fact]
    public async Task A_track_that_ends_before_its_seal_was_cut()
    {
        await Keep(1);
        Assert.Equal(("unended", true, 0), await Check(10, new string('a', 64)) is var cut ? (cut.Fault, cut.Sealed, cut.MissingMs) : default);
    }

    [Fact]
    public async Task A_byte_that_was_changed_is_found_without_a_seal_too()
    {
        await Keep(2);
        var name = (await blobs.List(Acme, "", Stop)).AsEnumerable().First();
        var bytes = (await blobs.Read(Acme, name, Stop))!.Value.ToArray();
        bytes[^40] ^= 1;
        await blobs.Write(Acme, name, bytes, Stop);
        Assert.Equal(("altered", 0, 0L), await Check(12) is var changed ? (changed.Fault, changed.Segment, changed.MissingMs) : default);
    }
}
