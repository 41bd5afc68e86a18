using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>
/// Where in a track a packet belongs. The first packet is anchored at its arrival; those that follow keep the distance their timestamps
/// tell, which removes network jitter. The anchor moves when a packet comes earlier than its place by over 20 ms (it was
/// anchored on a late one, or the sender's clock is fast), when for a second none came within 40 ms of its place (a slower
/// path or clock), and at once when the timestamp jumps by over a second or the source changes.
/// </summary>
struct TrackTimeline(long start)
{
    const int MaxEarly = 20 * Audio.SamplesPerMs, MaxLate = 40 * Audio.SamplesPerMs, Jump = Audio.Rate, Window = 50;
    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    readonly long start = start;
    bool anchored;
    uint ssrc, anchorTimestamp;
    long anchorPlace;
    long leastLate = long.MaxValue;
    int inWindow;

    /// <summary>Samples in a time of ns, rounded.</summary>
    public static long Samples(long time) => (time + NsPerSample / 2) / NsPerSample;

    /// <returns>Number of the packet's first sample; below 0 if it came before the start.</returns>
    public long Place(uint fromSsrc, uint timestamp, long now)
    {
        var arrival = (now - start) / NsPerSample;
        if (!anchored || fromSsrc != ssrc) return Anchor(fromSsrc, timestamp, arrival);
        var place = anchorPlace + (int)(timestamp - anchorTimestamp);
        var late = arrival - place;
        if (Math.Abs(late) > Jump || late < -MaxEarly) return Anchor(fromSsrc, timestamp, arrival);
        leastLate = Math.Min(leastLate, late);
        if (++inWindow == Window)
        {
            if (leastLate > MaxLate)
            {
                anchorPlace += leastLate;
                place += leastLate;
            }
            (leastLate, inWindow) = (long.MaxValue, 0);
        }
        (anchorPlace, anchorTimestamp) = (place, timestamp); // follows along, so that 32-bit timestamps never run out
        return place;
    }

    long Anchor(uint fromSsrc, uint timestamp, long arrival)
    {
        (anchored, ssrc, anchorTimestamp, anchorPlace) = (true, fromSsrc, timestamp, arrival);
        (leastLate, inWindow) = (long.MaxValue, 0);
        return arrival;
    }
}
