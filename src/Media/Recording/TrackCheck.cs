namespace CallCenter.Media.Recording;

/// <summary>What is wrong with a kept track.</summary>
public enum TrackFault
{
    None,

    /// <summary>A segment cannot be fetched: it is gone, or does not decrypt any more.</summary>
    Missing,

    /// <summary>A segment's bytes are not what was written: its hash disagrees, or they are no segment.</summary>
    Altered,

    /// <summary>A segment is whole but not the one that its name tells: of another track or another place.</summary>
    Foreign,

    /// <summary>A segment does not follow the one before it: something between them was taken away or put in.</summary>
    Unchained,

    /// <summary>The last segment is gone: what is there ends before the track did. So ends a track whose edge died, too.</summary>
    Unended,

    /// <summary>All fits together, but it is not what was recorded: the last hash is not the one told at the end of the track.</summary>
    Resealed,
}

/// <summary>What a check found.</summary>
/// <param name="Number">Of the first bad segment; null if the fault lies in no single one.</param>
/// <param name="Good">Segments found good, all of those before the fault.</param>
/// <param name="Seal">Hash of the last good segment, hexadecimal; empty if there is none.</param>
public readonly record struct TrackVerdict(TrackFault Fault, int? Number, int Good, string Seal)
{
    public bool IsGood => Fault == TrackFault.None;
}

/// <summary>Reads a kept track from beginning to end and tells the first segment that is not as it was written.</summary>
public static class TrackCheck
{
    /// <summary>The plain bytes of a segment; null if it is gone or does not decrypt.</summary>
    public delegate ValueTask<ReadOnlyMemory<byte>?> Read(SegmentEntry segment, CancellationToken stop);

    /// <param name="segments">In order, as their names tell.</param>
    /// <param name="seal">As told by <see cref="TrackEnded"/>. Null if it is not known: then nobody finds out who writes a whole track anew.</param>
    public static async Task<TrackVerdict> Verify(IReadOnlyList<SegmentEntry> segments, string? seal, Read read, CancellationToken stop = default)
    {
        var (good, last, ended) = (0, "", false);
        SegmentContent? before = null;
        foreach (var entry in segments)
        {
            if (await read(entry, stop) is not { } bytes) return new(TrackFault.Missing, entry.Number, good, last);
            if (!Segment.TryRead(bytes, out var content)) return new(TrackFault.Altered, entry.Number, good, last);
            if (!IsIn(content.Head, entry, before?.Head)) return new(TrackFault.Foreign, entry.Number, good, last);
            if (!Follows(content, before)) return new(TrackFault.Unchained, entry.Number, good, last);
            (before, ended, last) = (content, content.Head.IsLast, Convert.ToHexStringLower(content.Hash.Span));
            good++;
        }
        if (seal == last) return new(TrackFault.None, null, good, last); // even if the very last segment never was kept
        return new(!ended ? TrackFault.Unended : seal is null ? TrackFault.None : TrackFault.Resealed, null, good, last);
    }

    static bool IsIn(in SegmentHead head, in SegmentEntry entry, SegmentHead? before) =>
        (head.Number, head.First, head.Count) == (entry.Number, entry.First, entry.Count)
        && (before is not { } b || (head.Track, head.AnchorUtc) == (b.Track, b.AnchorUtc));

    static bool Follows(in SegmentContent content, in SegmentContent? before) =>
        before is { } b ? content.PreviousHash.Span.SequenceEqual(b.Hash.Span) : content.PreviousHash.Span.IndexOfAnyExcept((byte)0) < 0;
}
