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
    /// <param name="seal">As told by <see cref="TrackEnded"/>; null if it is not known, in which case someone who writes the whole track anew is not found out.</param>
    public static async Task<TrackVerdict> Verify(RecordedTrack track, string? seal, ISegmentSource source, CancellationToken stop = default)
    {
        ReadOnlyMemory<byte> previous = new byte[Segment.HashSize];
        var (good, ended, last) = (0, false, "");
        foreach (var entry in track.Segments)
        {
            var bytes = await source.Fetch(track.Id, entry.Number, stop);
            var fault = bytes is { } there ? Look(there, track, entry, previous.Span, out var content) : Missing(out content);
            if (fault != TrackFault.None) return new(fault, entry.Number, good, last);
            (previous, ended, last) = (content.Hash.ToArray(), content.Head.IsLast, Convert.ToHexStringLower(content.Hash.Span));
            good++;
        }
        if (seal == last && good > 0) return new(TrackFault.None, null, good, last); // even if the very last segment never was kept
        return new(!ended ? TrackFault.Unended : seal is null ? TrackFault.None : TrackFault.Resealed, null, good, last);
    }

    static TrackFault Missing(out SegmentContent content)
    {
        content = default;
        return TrackFault.Missing;
    }

    static TrackFault Look(ReadOnlyMemory<byte> bytes, RecordedTrack track, SegmentEntry entry, ReadOnlySpan<byte> previous, out SegmentContent content)
    {
        if (!Segment.TryRead(bytes, out content)) return TrackFault.Altered;
        var head = content.Head;
        if (head.Track != track.Id || head.AnchorUtc != track.Start || (head.Number, head.First, head.Count) != (entry.Number, entry.First, entry.Count)) return TrackFault.Foreign;
        return content.PreviousHash.Span.SequenceEqual(previous) ? TrackFault.None : TrackFault.Unchained;
    }
}
