using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Dtmf;

/// <summary>
/// Listens for keys in the packets of one leg whose session has no telephone-event, on the leg's loop thread, and takes their tones back out of the
/// track, from the first suspicion on: a recording must tell keys no more than it does with RFC 4733. A key is suspected 20 ms after it began and certain
/// after 40; a segment is handed over 200 ms after its end, so that the beginning can still be silenced.
/// </summary>
sealed class InbandKeys
{
    /// <summary>Packets that may still have to be silenced: 160 ms of the shortest usual ones.</summary>
    const int Remembered = 16;

    /// <summary>Beyond so many samples a jump of the timestamp is a new beginning (1 s).</summary>
    const int Jump = Audio.Rate;

    /// <summary>Longer packets are heard in part: 200 ms (RFC 3551 §4.2).</summary>
    const int Longest = Audio.Rate / 5;

    /// <summary>Samples: what an adaptive decoder makes behind a hole is garbled for so long, until it has found back to where the encoder is: 100 ms.</summary>
    const int Garbled = 100 * Audio.SamplesPerMs;

    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    readonly DtmfDetector detector = new();
    readonly Packet[] packets = new Packet[Remembered];
    TrackRecorder? track;
    uint ssrc, nextTimestamp;
    ushort nextSequence;
    bool began;
    int count;
    long lastHeard, silentFrom = long.MaxValue, silentTo;

    /// <summary>A packet as the detector counts samples, and where the track has it.</summary>
    readonly record struct Packet(long At, int Samples, long Place);

    /// <summary>A key is heard or suspected in the last packet.</summary>
    public bool Suspects => detector.Suspects;

    /// <summary>Takes a packet in. True: a key press is complete.</summary>
    /// <param name="into">The track that the packet was written to, if there is one; <paramref name="place"/> is its first sample there.</param>
    /// <param name="now">ns, monotonic.</param>
    /// <param name="said">What the packet was before it was told as a law, if it was another codec's.</param>
    public bool Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, TrackRecorder? into, long place, long now, out KeyPress press, ReadOnlySpan<byte> said = default)
    {
        if (into != track) (track, count) = (into, 0);
        var samples = Math.Min(payload.Length, Longest);
        var behind = began && header.Ssrc == ssrc ? (int)(nextTimestamp - header.Timestamp) : 0;
        if (behind is > 0 and < Jump)
        {
            press = default;
            TakeLate(new(detector.Position - behind, samples, place), payload[..samples], codec);
            return false;
        }
        var ended = Bridge(header, -behind, out var key);
        lastHeard = now;
        Remember(new(detector.Position, samples, place));
        ended |= Listen(payload[..samples], codec, header.PayloadType == (byte)AudioCodec.G722 ? said : default, ref key);
        if (payload.Length > samples) detector.Lose(payload.Length - samples, payload.Length - samples);
        if (ended || detector.Suspects) (silentFrom, silentTo) = (ended ? key.Since : detector.Since, detector.Position);
        Silence();
        press = ended ? new(key.Code, TimeOf(key.From, now), TimeOf(key.To, now)) : default;
        return ended;
    }

    /// <summary>True: a key ended because no audio came any more.</summary>
    public bool TryExpire(long now, out KeyPress press)
    {
        press = default;
        if (!detector.HearsKey || now - lastHeard < DtmfReceiver.Patience || !detector.GiveUp(out var key)) return false;
        press = new(key.Code, TimeOf(key.From, lastHeard), TimeOf(key.To, lastHeard));
        return true;
    }

    /// <summary>What lies between the last packet and this one: packets that were lost, or, where none is missing, silence that was not sent (RFC 3551 §4.1).</summary>
    bool Bridge(in RtpHeader header, int gap, out HeardKey ended)
    {
        ended = default;
        var any = false;
        if (!began || header.Ssrc != ssrc || gap is < 0 or > Jump)
        {
            (silentFrom, silentTo) = (long.MaxValue, 0);
            any = detector.Rest(began ? Jump : 0, out ended);
        }
        else if (gap > 0 && header.Sequence == nextSequence) any = detector.Rest(gap, out ended);
        else if (gap > 0) detector.Lose(gap, Math.Min(gap, (ushort)(header.Sequence - nextSequence) * header.PayloadLength), IsLaw(header) ? 0 : Garbled);
        detector.Wavers = !IsLaw(header);
        detector.Predicts = detector.Wavers && header.PayloadType != (byte)AudioCodec.G722;
        if (header.IsRecovered) detector.Doubt(Garbled);
        (began, ssrc) = (true, header.Ssrc);
        nextTimestamp = header.Timestamp + (uint)header.PayloadLength;
        nextSequence = (ushort)(header.Sequence + 1);
        return any;
    }

    /// <summary>The other codecs keep the number of their own payload type when they are told as a law.</summary>
    static bool IsLaw(in RtpHeader header) => header.PayloadType is (byte)AudioCodec.Pcmu or (byte)AudioCodec.Pcma;

    /// <param name="said">A code of G.722 for each sample; or nothing.</param>
    bool Listen(ReadOnlySpan<byte> payload, AudioCodec codec, ReadOnlySpan<byte> said, ref HeardKey ended)
    {
        Span<float> samples = stackalloc float[DtmfDetector.Piece], differences = stackalloc float[DtmfDetector.Piece];
        var any = false;
        while (!payload.IsEmpty)
        {
            var piece = payload[..Math.Min(payload.Length, DtmfDetector.Piece)];
            LinearTable.Decode(codec, piece, samples);
            var bare = said[..Math.Min(said.Length, piece.Length)];
            G722Decoder.Differences(bare, differences);
            if (detector.Take(samples[..piece.Length], out var key, differences[..bare.Length])) (any, ended) = (true, key);
            payload = payload[piece.Length..];
            said = said[bare.Length..];
        }
        return any;
    }

    /// <summary>It can be heard no more; but it stands in the track now, and may be of a key: of one that is known, or of one that is not.</summary>
    void TakeLate(in Packet packet, ReadOnlySpan<byte> payload, AudioCodec codec)
    {
        Remember(packet);
        Silence();
        Span<float> samples = stackalloc float[Longest];
        LinearTable.Decode(codec, payload, samples);
        if (DtmfDetector.IsSuspect(samples[..payload.Length])) track?.Silence(packet.Place, packet.Samples);
    }

    void Remember(in Packet packet) => packets[count++ % Remembered] = packet;

    /// <summary>Takes what belongs to a key out of the packets that are remembered; doing it again does no harm.</summary>
    void Silence()
    {
        if (track is null || silentFrom == long.MaxValue) return;
        for (var i = 0; i < Math.Min(count, Remembered); i++)
        {
            var (at, samples, place) = packets[i];
            var from = Math.Max(at, silentFrom);
            var to = Math.Min(at + samples, silentTo);
            if (from < to) track.Silence(place + from - at, (int)(to - from));
        }
    }

    /// <param name="heard">When the last packet came, which ended at the detector's position.</param>
    long TimeOf(long sample, long heard) => heard - (detector.Position - sample) * NsPerSample;
}
