namespace CallCenter.Media;

/// <summary>Counters of an engine since its start, read without stopping it.</summary>
/// <param name="Legs">Open now.</param>
/// <param name="Received">RTP datagrams.</param>
/// <param name="Sent">RTP datagrams.</param>
/// <param name="SendFailures">The kernel refused a datagram.</param>
/// <param name="Dropped">Not RTP of the leg, or from a source not believed.</param>
/// <param name="WorstStall">Latest start of a 20 ms round against its deadline, ns.</param>
/// <param name="Faults">Exceptions on loop threads: bugs.</param>
/// <param name="SegmentsWritten">Recording segments the sink took.</param>
/// <param name="SegmentsLost">Recording segments that found no buffer, or that the sink refused.</param>
public readonly record struct MediaFigures(long Legs, long Received, long Sent, long SendFailures, long Dropped, long WorstStall, long Faults, long SegmentsWritten, long SegmentsLost)
{
    public static MediaFigures operator +(MediaFigures a, MediaFigures b) => new(a.Legs + b.Legs, a.Received + b.Received, a.Sent + b.Sent,
        a.SendFailures + b.SendFailures, a.Dropped + b.Dropped, Math.Max(a.WorstStall, b.WorstStall), a.Faults + b.Faults,
        a.SegmentsWritten + b.SegmentsWritten, a.SegmentsLost + b.SegmentsLost);
}
