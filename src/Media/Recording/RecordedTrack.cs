namespace CallCenter.Media.Recording;

/// <summary>One kept segment, as an index knows it without reading it.</summary>
/// <param name="First">Number of its first sample within the track.</param>
/// <param name="Count">Samples.</param>
public readonly record struct SegmentEntry(int Number, long First, int Count);

/// <summary>A kept track: where it lies in time, and which segments there are. Missing ones read as silence.</summary>
/// <param name="Start">Time of day of sample 0 (<see cref="SegmentHead.AnchorUtc"/>).</param>
/// <param name="Segments">In order.</param>
public sealed record RecordedTrack(TrackId Id, DateTimeOffset Start, IReadOnlyList<SegmentEntry> Segments)
{
    /// <summary>Samples from the start to the end of the last segment.</summary>
    public long Samples => Segments.Count == 0 ? 0 : Segments[^1].First + Segments[^1].Count;
}

/// <summary>Fetches kept segments, decrypted.</summary>
public interface ISegmentSource
{
    /// <summary>The plain bytes of a segment (<see cref="Segment"/>); null if it is gone, which reads as silence.</summary>
    ValueTask<ReadOnlyMemory<byte>?> Fetch(TrackId track, int number, CancellationToken stop);
}
