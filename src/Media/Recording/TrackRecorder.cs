using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Recording;

/// <summary>
/// A running track, on its leg's loop thread. Sample n lies n/8 ms after the start, whatever the sender's clock does:
/// packets are placed by timestamp, and the mapping is moved when it leaves the arrival clock (see <see cref="TrackTimeline"/>).
/// Two buffers at most: a segment is handed over <see cref="Lag"/> after its end, so that late packets still find it.
/// </summary>
sealed class TrackRecorder(MediaLeg leg, TrackId id, MediaInstant start, SegmentWriter writer, long quietAfter = 0)
{
    /// <summary>ns.</summary>
    const long Lag = 200 * MediaClock.PerMillisecond;

    QuietWatch quiet = new(quietAfter, start.Nanoseconds);
    TrackTimeline timeline = new(start.Nanoseconds);
    SegmentBuffer? current, next;
    bool currentLost, nextLost;
    long first;
    int number;

    public TrackId Id => id;

    /// <returns>Number of the packet's first sample in the track, for <see cref="Silence"/>.</returns>
    public long Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        Tick(now);
        quiet.Take(payload, codec, now);
        var place = timeline.Place(header.Ssrc, header.Timestamp, now);
        var at = place;
        if (at < first)
        {
            var cut = (int)Math.Min(first - at, payload.Length); // before the start, or of a segment already handed over
            payload = payload[cut..];
            at += cut;
        }
        var offset = (int)Math.Min(at - first, 2 * Segment.Samples);
        var inCurrent = Math.Clamp(Segment.Samples - offset, 0, payload.Length);
        if (inCurrent > 0) Rent(ref current, ref currentLost)?.Write(offset, payload[..inCurrent], codec);
        var rest = payload[inCurrent..];
        var nextOffset = Math.Max(0, offset - Segment.Samples);
        if (!rest.IsEmpty && nextOffset + rest.Length <= Segment.Samples) Rent(ref next, ref nextLost)?.Write(nextOffset, rest, codec);
        return place;
    }

    /// <summary>Takes samples out again, as far as their segment was not handed over yet: those of the last <see cref="Lag"/> at the least.</summary>
    public void Silence(long place, int count)
    {
        var from = (int)Math.Clamp(place - first, 0, 2 * Segment.Samples);
        var to = (int)Math.Clamp(place + count - first, 0, 2 * Segment.Samples);
        var border = Math.Clamp(Segment.Samples, from, to);
        current?.Silence(from, border - from);
        next?.Silence(border - Segment.Samples, to - border);
    }

    /// <summary>True once, when the speaker has been quiet for as long as was asked for.</summary>
    public bool FallsQuiet(long now, out long since) => quiet.FallsQuiet(now, out since);

    /// <summary>Hands over what is complete.</summary>
    public void Tick(long now)
    {
        while (now - Lag >= TimeOf(first + Segment.Samples)) HandOver(Segment.Samples, isLast: false);
    }

    /// <summary>Ends the track at an instant: what came in after it is cut, what is missing up to it is a gap.</summary>
    public void Stop(long at)
    {
        var total = Math.Max(0, TrackTimeline.Samples(at - start.Nanoseconds));
        while (total > first + Segment.Samples) HandOver(Segment.Samples, isLast: false);
        HandOver((int)Math.Max(0, total - first), isLast: true);
        if (current is not null) writer.GiveBack(current); // what came in after the end
        writer.End(leg, id, start, new(at), first);
    }

    void HandOver(int count, bool isLast)
    {
        var head = new SegmentHead(id, number++, writer.Clock.ToUtc(start), start, first, count, isLast);
        writer.Enqueue(head, current, currentLost);
        first += count;
        (current, currentLost, next, nextLost) = (next, nextLost, null, false);
    }

    SegmentBuffer? Rent(ref SegmentBuffer? buffer, ref bool lost)
    {
        if (buffer is null && !lost) lost = !writer.TryRent(out buffer); // a segment that found no buffer stays lost, whole
        return buffer;
    }

    long TimeOf(long sample) => start.Nanoseconds + sample * (MediaClock.PerMillisecond / Audio.SamplesPerMs);
}
