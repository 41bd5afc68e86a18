using System.Globalization;
using CallCenter.Contracts.Media;
using CallCenter.Contracts.Reports;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Recording;

/// <summary>Opens a stored recording. The names of its blobs tell what they hold, so that only one segment of each side is read before the first byte leaves.</summary>
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
            if (whole || !fresh || time.GetElapsedTime(began) > Patience) return stream ?? (IsEmpty(recording) ? StereoRecording.Of([], [], new Source(blobs, cipher, owner)) : null);
            if (stream is not null) await stream.DisposeAsync();
            await Task.Delay(Pause, time, stop);
        }
    }

    /// <summary>They hung up in the moment they were joined: there was no packet to keep.</summary>
    static bool IsEmpty(RecordingRecord recording) => recording.StoppedAt - recording.StartedAt < TimeSpan.FromMilliseconds(100);

    /// <summary>What is stored now, and whether both tracks have their last segment.</summary>
    async Task<(Stream? Stream, bool Whole)> Look(TenantId owner, RecordingRecord recording, CancellationToken stop)
    {
        var name = recording.Id[(recording.Id.IndexOf('-') + 1)..];
        var source = new Source(blobs, cipher, owner);
        var left = await source.Track(new(owner, recording.Call, name, recording.Left), stop);
        var right = await source.Track(new(owner, recording.Call, name, recording.Right), stop);
        var stream = left is null && right is null ? null : StereoRecording.Of(List(left), List(right), source);
        return (stream, source.Ended == 2);
    }

    static RecordedTrack[] List(RecordedTrack? track) => track is null ? [] : [track];

    sealed class Source(IBlobs blobs, ITenantCipher cipher, TenantId owner) : ISegmentSource
    {
        readonly Dictionary<TrackId, Dictionary<int, string>> files = [];

        /// <summary>Tracks whose last segment is stored.</summary>
        public int Ended { get; private set; }

        public async Task<RecordedTrack?> Track(TrackName name, CancellationToken stop)
        {
            var entries = new List<SegmentEntry>();
            var byNumber = new Dictionary<int, string>();
            foreach (var file in await blobs.List(owner, name.Prefix, stop))
            {
                if (!SegmentName.TryParse(file.AsSpan(name.Prefix.Length), out var entry, out var isLast)) continue;
                if (isLast) Ended++;
                entries.Add(entry);
                byNumber[entry.Number] = file;
            }
            if (entries.Count == 0 || await Plain(byNumber[entries[0].Number], stop) is not { } bytes || !Segment.TryRead(bytes, out var first)) return null;
            files[first.Head.Track] = byNumber;
            return new(first.Head.Track, first.Head.AnchorUtc, entries);
        }

        public async ValueTask<ReadOnlyMemory<byte>?> Fetch(TrackId track, int number, CancellationToken stop) =>
            files.TryGetValue(track, out var names) && names.TryGetValue(number, out var file) ? await Plain(file, stop) : null;

        async Task<ReadOnlyMemory<byte>?> Plain(string file, CancellationToken stop) =>
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
