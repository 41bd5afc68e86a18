using CallCenter.Media.Codecs;

namespace CallCenter.Media.Rtp;

/// <summary>Header fields of one packet to send.</summary>
readonly record struct OutgoingPacket(ushort Sequence, uint Timestamp, bool Marker);

/// <summary>
/// What one leg is sent: one SSRC with one sequence and one timeline, whoever speaks: prompts, silence, a relayed peer, the
/// next peer. Relayed packets keep their own spacing (loss and order stay visible to the receiver); only the offset changes at
/// a switch, which sets the marker (RFC 3551 §4.1) so that the receiver re-aligns its playout.
/// The wall maps our clock to the timeline and follows a relayed source's clock slowly, so that crystals that
/// differ by 100 ppm never add up to a gap at the next switch, and a burst after a jam does not push the timeline ahead for good.
/// </summary>
struct OutgoingStream
{
    /// <summary>A jump that no talker makes: re-anchor rather than pass it on. 2 s, and 1,000 packets.</summary>
    const int MaxTimestampJump = 2 * Audio.Rate, MaxSequenceJump = 1000;

    /// <summary>Behind the wall by more than 40 ms: time passed with nothing sent.</summary>
    const int MaxBehind = 2 * Audio.FrameSamples;

    /// <summary>Ahead of the wall by more than 200 ms cannot come from a burst: the wall is wrong.</summary>
    const int MaxAhead = 10 * Audio.FrameSamples;

    /// <summary>Ahead of the wall by more than 10 ms nothing is made here: what is sent too early makes all that is in time after it late, and jitter buffers grow by that.</summary>
    const int MostEarly = Audio.FrameSamples / 2;

    /// <summary>The wall moves by 1/4096 of its error a packet: a time constant of 82 s.</summary>
    const int WallShift = 12;
    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    ushort nextSequence;
    uint nextTimestamp;
    long wallTime;
    uint wallTimestamp;
    bool started, relaying, generated;
    uint sourceSsrc, timestampOffset;
    object? source;
    ushort sequenceOffset, firstSequence;

    public uint Ssrc { get; private set; }
    public uint Packets { get; private set; }
    public uint Octets { get; private set; }
    public long LastSent { get; private set; }

    public static OutgoingStream Start(uint ssrc, ushort sequence, uint timestamp) =>
        new() { Ssrc = ssrc, nextSequence = sequence, nextTimestamp = timestamp };

    public readonly bool Relaying => relaying;

    public readonly bool Relays(object from) => relaying && source == from;

    /// <summary>The timeline's instant for a sender report (§6.4.1), which must match our NTP time.</summary>
    public readonly uint TimestampAt(long now) => wallTimestamp + (uint)((now - wallTime) / NsPerSample);

    /// <summary>Next packet of audio made here. False: the timeline is ahead of time after a burst; nothing is due.</summary>
    public bool TryGenerate(long now, int samples, out OutgoingPacket packet)
    {
        packet = default;
        var marker = Align(now, generated ? MaxBehind : 0) || !generated; // what begins, begins in time
        if ((int)(nextTimestamp - TimestampAt(now)) > MostEarly) return false;
        packet = new(nextSequence++, nextTimestamp, marker);
        nextTimestamp += (uint)samples;
        relaying = false;
        generated = true;
        return true;
    }

    /// <summary>A packet of a key press made here: all of one key carry its first timestamp (RFC 4733 §2.5.1.2).</summary>
    /// <param name="start">The key's timestamp, as given by the packet that began it.</param>
    public OutgoingPacket Event(long now, uint? start, int duration)
    {
        if (start is null) Align(now);
        var at = start ?? nextTimestamp;
        var end = at + (uint)duration;
        if ((int)(end - nextTimestamp) > 0) nextTimestamp = end;
        relaying = generated = false;
        return new(nextSequence++, at, start is null);
    }

    /// <summary>Maps a received packet onto this stream. False: it is older than the switch to its source; its number is taken.</summary>
    /// <param name="from">Who it came from, by identity.</param>
    /// <param name="samples">How much timeline it fills.</param>
    public bool TryRelay(object from, in RtpHeader received, int samples, long now, out OutgoingPacket packet)
    {
        var marker = received.Marker;
        if (!relaying || from != source || received.Ssrc != sourceSsrc || IsWild(received, samples))
        {
            Anchor(from, received, now);
            marker = true;
        }
        packet = new((ushort)(received.Sequence + sequenceOffset), received.Timestamp + timestampOffset, marker);
        var sinceFirst = (short)(received.Sequence - firstSequence);
        if (sinceFirst < 0) return false;
        if (sinceFirst > MaxSequenceJump) firstSequence = (ushort)(received.Sequence - MaxSequenceJump); // 16 bits wrap every 22 minutes
        if ((short)(packet.Sequence - nextSequence) >= 0) nextSequence = (ushort)(packet.Sequence + 1);
        var end = packet.Timestamp + (uint)samples;
        if ((int)(end - nextTimestamp) > 0) nextTimestamp = end;
        wallTime -= (int)(end - Audio.FrameSamples - TimestampAt(now)) * NsPerSample >> WallShift;
        return true;
    }

    public void Sent(int payloadBytes, long now)
    {
        Packets++;
        Octets += (uint)payloadBytes;
        LastSent = now;
    }

    /// <summary>By its end: the packets of a long key keep the timestamp of its start.</summary>
    readonly bool IsWild(in RtpHeader received, int samples) =>
        Math.Abs((long)(int)(received.Timestamp + timestampOffset + (uint)samples - nextTimestamp)) > MaxTimestampJump
        || Math.Abs((int)(short)(received.Sequence + sequenceOffset - nextSequence)) > MaxSequenceJump;

    void Anchor(object from, in RtpHeader received, long now)
    {
        Align(now);
        var wall = TimestampAt(now);
        var start = (int)(wall - nextTimestamp) > 0 ? wall : nextTimestamp;
        (source, sourceSsrc, relaying, generated) = (from, received.Ssrc, true, false);
        firstSequence = received.Sequence;
        sequenceOffset = (ushort)(nextSequence - received.Sequence);
        timestampOffset = start - received.Timestamp;
    }

    /// <summary>Brings timeline and wall together where they disagree beyond reason; true if the timeline jumped.</summary>
    /// <param name="behind">So far behind, in samples, is within reason.</param>
    bool Align(long now, int behind = MaxBehind)
    {
        if (!started) (started, wallTime, wallTimestamp) = (true, now, nextTimestamp);
        var ahead = (int)(nextTimestamp - TimestampAt(now));
        if (ahead > MaxAhead) (wallTime, wallTimestamp) = (now, nextTimestamp);
        if (ahead >= -behind) return false;
        nextTimestamp = TimestampAt(now);
        return true;
    }

    /// <summary>Lets go of the source, so that nothing of a left room is kept alive.</summary>
    public void Forget()
    {
        source = null;
        relaying = false;
    }
}
