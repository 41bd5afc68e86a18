using System.Globalization;
using CallCenter.Contracts.Media;
using CallCenter.Contracts.Reports;
using CallCenter.Domain.Kpi;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Recording;

/// <summary>Opens a stored recording. The names of its blobs tell what they hold, so that only one segment of each track is read before the first byte leaves.</summary>
sealed class RecordingReader(IBlobs blobs, ITenantCipher cipher, TimeProvider time) : IRecordingReader
{
    /// <summary>The record of a call is there within a second of its end; the last segment may still be on its way to the disk.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Pause = TimeSpan.FromMilliseconds(50);

    public async Task<Stream?> Open(TenantId owner, RecordingRecord recording, CancellationToken stop = default)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var (stream, whole) = await Look(owner, recording, stop);
            var fresh = recording.StoppedAt is { } stopped && time.GetUtcNow() - stopped < 2 * Patience;
            if (whole || !fresh || time.GetElapsedTime(began) > Patience) return stream ?? (IsInstant(recording.StartedAt, recording.StoppedAt) ? StereoRecording.Of([], [], new Source(blobs, cipher, owner)) : null);
            if (stream is not null) await stream.DisposeAsync();
            await Task.Delay(Pause, time, stop);
        }
    }

    public async Task Delete(TenantId owner, RecordingRecord recording, CancellationToken stop = default)
    {
        foreach (var track in TracksOf(recording))
            foreach (var file in (await blobs.List(owner, new TrackName(owner, recording.Call, NameOf(recording), track.Track).Prefix, stop)).AsEnumerable()) await blobs.Delete(owner, file, stop);
    }

    public async Task<Items<CheckedTrack>> Check(TenantId owner, RecordingRecord recording, CancellationToken stop = default)
    {
        var source = new Source(blobs, cipher, owner);
        Items<CheckedTrack> found = [];
        foreach (var track in TracksOf(recording))
        {
            var (verdict, kept) = await source.Verify(new(owner, recording.Call, NameOf(recording), track.Track), track.Seal, stop);
            var unfinished = verdict.Fault == TrackFault.Unended && track.Seal is null; // an edge that died, or goes on recording, has written no end: that is a gap and no fault
            var fault = verdict.IsGood || unfinished ? null : verdict.Fault.ToString().ToLowerInvariant();
            found = found.Add(new(track.Track, fault, verdict.Number, verdict.Good, track.Seal is not null, unfinished ? Missing(track, kept) : 0));
        }
        return found;
    }

    /// <summary>ms between what is kept and the end of a track.</summary>
    static long Missing(TrackSpan track, TimeSpan kept) => track.To is { } to && to - track.From > kept ? (long)(to - track.From - kept).TotalMilliseconds : 0;

    static string NameOf(RecordingRecord recording) => recording.Id[(recording.Id.IndexOf('-') + 1)..];

    /// <summary>They hung up in the moment they were joined: there was no packet to keep.</summary>
    static bool IsInstant(DateTimeOffset from, DateTimeOffset? to) => to - from < TimeSpan.FromMilliseconds(100);

    /// <summary>What is stored now, and whether every track has its last segment.</summary>
    async Task<(Stream? Stream, bool Whole)> Look(TenantId owner, RecordingRecord recording, CancellationToken stop)
    {
        var name = NameOf(recording);
        var source = new Source(blobs, cipher, owner);
        var (left, right) = (new List<RecordedTrack>(), new List<RecordedTrack>());
        var whole = true;
        foreach (var track in TracksOf(recording))
        {
            var kept = await source.Track(new(owner, recording.Call, name, track.Track), stop);
            if (kept.Track is { } there) (track.Channel == Channel.Left ? left : right).Add(there);
            whole &= kept.HasEnd || IsInstant(track.From, track.To);
        }
        var stream = left.Count + right.Count == 0 ? null : StereoRecording.Of(recording.StartedAt, recording.StoppedAt - recording.StartedAt, left, right, source);
        return (stream, whole);
    }

    static IEnumerable<TrackSpan> TracksOf(RecordingRecord recording) => recording.Tracks.IsEmpty
        ? [new(recording.Left.Value, recording.Left, Channel.Left, recording.StartedAt, recording.StoppedAt), new(recording.Right.Value, recording.Right, Channel.Right, recording.StartedAt, recording.StoppedAt)]
        : recording.Tracks;

    sealed class Source(IBlobs blobs, ITenantCipher cipher, TenantId owner) : ISegmentSource
    {
        readonly Dictionary<TrackId, Dictionary<int, string>> files = [];

        /// <summary>What is stored of a track, and whether its last segment is.</summary>
        public async Task<(RecordedTrack? Track, bool HasEnd)> Track(TrackName name, CancellationToken stop)
        {
            var (entries, byNumber, hasEnd) = await Segments(name, stop);
            if (entries.Count == 0 || await Plain(byNumber[entries[0].Number], stop) is not { } bytes || !Segment.TryRead(bytes, out var first)) return (null, hasEnd);
            files[first.Head.Track] = byNumber;
            return (new(first.Head.Track, first.Head.AnchorUtc, entries), hasEnd);
        }

        /// <summary>What the check found, and how much of the track there is.</summary>
        public async Task<(TrackVerdict Verdict, TimeSpan Kept)> Verify(TrackName name, string? seal, CancellationToken stop)
        {
            var (entries, byNumber, _) = await Segments(name, stop);
            var samples = entries.Count == 0 ? 0 : entries[^1].First + entries[^1].Count;
            return (await TrackCheck.Verify(entries, seal, (segment, end) => Plain(byNumber[segment.Number], end), stop), TimeSpan.FromMilliseconds(samples / Audio.SamplesPerMs));
        }

        async Task<(List<SegmentEntry> Entries, Dictionary<int, string> ByNumber, bool HasEnd)> Segments(TrackName name, CancellationToken stop)
        {
            var (entries, byNumber, hasEnd) = (new List<SegmentEntry>(), new Dictionary<int, string>(), false);
            foreach (var file in await blobs.List(owner, name.Prefix, stop))
            {
                if (!SegmentName.TryParse(file.AsSpan(name.Prefix.Length), out var entry, out var isLast)) continue;
                hasEnd |= isLast;
                entries.Add(entry);
                byNumber[entry.Number] = file;
            }
            return (entries, byNumber, hasEnd);
        }

        public async ValueTask<ReadOnlyMemory<byte>?> Fetch(TrackId track, int number, CancellationToken stop) =>
            files.TryGetValue(track, out var names) && names.TryGetValue(number, out var file) ? await Plain(file, stop) : null;

        async ValueTask<ReadOnlyMemory<byte>?> Plain(string file, CancellationToken stop) =>
            await blobs.Read(owner, file, stop) is { } stored && cipher.TryDecrypt(owner, stored.Span, out var plain) ? plain : default(ReadOnlyMemory<byte>?); // a null array would be empty memory
    }
}

/// <summary>A segment's blob name: number, first sample, samples; the last of a track ends otherwise.</summary>
static class SegmentName
{
    const string Ending = ".seg", Last = ".end";

    public static string Of(in SegmentHead head) => string.Create(CultureInfo.InvariantCulture, $"{head.Number:d6}-{head.First}-{head.Count}{(head.IsLast ? Last : Ending)}");

    public static bool TryParse(ReadOnlySpan<char> name, out SegmentEntry entry, out bool isLast)
    {
        entry = default;
        isLast = name.EndsWith(Last);
        if (!isLast && !name.EndsWith(Ending)) return false;
        Span<Range> parts = stackalloc Range[4];
        name = name[..^Ending.Length];
        if (name.Split(parts, '-') != 3) return false;
        if (!int.TryParse(name[parts[0]], CultureInfo.InvariantCulture, out var number) || !long.TryParse(name[parts[1]], CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(name[parts[2]], CultureInfo.InvariantCulture, out var count)) return false;
        entry = new(number, first, count);
        return true;
    }
}
