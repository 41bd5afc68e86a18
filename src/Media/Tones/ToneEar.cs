using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tones;

/// <summary>
/// Listens to what one party says, on the leg's loop thread: for keys where its session has no telephone-event, and for fax tones
/// in the first minute, after which a fax machine has given up (T.30 T0 and T1: 60 and 35 s).
/// </summary>
sealed class ToneEar(MediaLeg leg, IMediaEvents events)
{
    const long FaxTime = 60 * MediaClock.PerSecond;

    /// <summary>A longer hole in the timeline is no loss but silence that was not sent, and a very long one a new timeline (samples).</summary>
    const int LongestLoss = 60 * Audio.SamplesPerMs, LongestRest = 10 * Audio.Rate;

    InbandKeys? keys;
    FaxTones fax;
    long faxUntil = long.MaxValue;
    uint nextTimestamp;
    bool toldCalling, toldAnswering;

    public bool ListensForKeys => keys is not null;

    /// <summary>Something of a key is in the packet that was taken last.</summary>
    public bool HearsKey => keys is { Suspects: true };

    /// <summary>The session was settled, perhaps anew.</summary>
    /// <param name="tones">Keys come as tones, if they come.</param>
    public void Settle(bool tones)
    {
        if (!tones) keys = null;
        else keys ??= new();
    }

    /// <summary>Takes a packet in. True: a key press is complete.</summary>
    /// <param name="track">Where the packet was written to, if anywhere; <paramref name="place"/> is its first sample there.</param>
    public bool Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, TrackRecorder? track, long place, long now, out KeyPress press)
    {
        press = default;
        if (faxUntil == long.MaxValue) faxUntil = now + FaxTime;
        if (now < faxUntil) TakeFax(header, payload, codec, now);
        return keys is not null && keys.Take(header, payload, codec, track, place, now, out press);
    }

    /// <summary>True: a key press is complete, since nothing more came.</summary>
    public bool TryExpire(long now, out KeyPress press)
    {
        press = default;
        return keys is not null && keys.TryExpire(now, out press);
    }

    void TakeFax(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        var hole = (int)(header.Timestamp - nextTimestamp);
        if (hole < 0 && hole > -Audio.Rate) return; // late or twice
        if (hole is > 0 and <= LongestLoss) fax.Lose(hole);
        else if (hole is > 0 and <= LongestRest && fax.Take(default, hole, out var before)) Tell(before, now);
        nextTimestamp = header.Timestamp + (uint)payload.Length;
        Span<float> samples = stackalloc float[Audio.FrameSamples];
        while (!payload.IsEmpty)
        {
            var piece = payload[..Math.Min(payload.Length, samples.Length)];
            LinearTable.Decode(codec, piece, samples);
            if (fax.Take(ToneMeter.Measure(samples[..piece.Length]), piece.Length, out var tone)) Tell(tone, now);
            payload = payload[piece.Length..];
        }
    }

    /// <summary>Each tone once a leg.</summary>
    void Tell(FaxTone tone, long now)
    {
        ref var told = ref tone == FaxTone.Calling ? ref toldCalling : ref toldAnswering;
        if (told) return;
        told = true;
        events.Happened(new FaxHeard(leg, new(now), tone));
    }
}
