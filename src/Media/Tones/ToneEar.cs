using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tones;

/// <summary>
/// Listens to what one party says, on the leg's loop thread: for keys where its session has no telephone-event, for fax tones
/// in the first minute, after which a fax machine has given up (T.30 T0 and T1: 60 and 35 s), and, if asked, for who has answered.
/// </summary>
sealed class ToneEar(MediaLeg leg, IMediaEvents events)
{
    const long FaxTime = 60 * MediaClock.PerSecond;

    /// <summary>A longer hole in the timeline is no loss but silence that was not sent, and a very long one a new timeline (samples).</summary>
    const int LongestLoss = 60 * Audio.SamplesPerMs, LongestRest = 10 * Audio.Rate;

    InbandKeys? keys;
    FaxTones fax;
    AnswerWatch? answer;
    long faxUntil = long.MaxValue;
    uint nextTimestamp;
    bool toldCalling, toldAnswering;

    /// <summary>What the party says must be understood, whoever else hears it.</summary>
    public bool Listens => keys is not null || answer is not null;

    /// <summary>Something of a key is in the packet that was taken last.</summary>
    public bool HearsKey => keys is { Suspects: true };

    /// <summary>The session was settled, perhaps anew.</summary>
    /// <param name="tones">Keys come as tones, if they come.</param>
    public void Settle(bool tones)
    {
        if (!tones) keys = null;
        else keys ??= new();
    }

    /// <summary>The party has answered this instant: who it is, a person or a machine, is told within some seconds.</summary>
    public void Judge(long now) => answer ??= new(now);

    /// <summary>Takes a packet in. True: a key press is complete.</summary>
    /// <param name="track">Where the packet was written to, if anywhere; <paramref name="place"/> is its first sample there.</param>
    /// <param name="said">What the packet was before it was told as a law, if it was another codec's.</param>
    public bool Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, ReadOnlySpan<byte> said, TrackRecorder? track, long place, long now, out KeyPress press)
    {
        press = default;
        if (faxUntil == long.MaxValue) faxUntil = now + FaxTime;
        if (now < faxUntil || answer is not null) TakeTones(header, payload, codec, now);
        return keys is not null && keys.Take(header, payload, codec, track, place, now, out press, said);
    }

    /// <summary>Each tick. True: a key press is complete, since nothing more came.</summary>
    public bool TryExpire(long now, out KeyPress press)
    {
        press = default;
        if (answer is not null && answer.Tick(now, out var guess)) Tell(guess, now);
        return keys is not null && keys.TryExpire(now, out press);
    }

    void TakeTones(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        var hole = (int)(header.Timestamp - nextTimestamp);
        if (hole < 0 && hole > -Audio.Rate) return; // late or twice
        if (now < faxUntil) Bridge(hole, now);
        nextTimestamp = header.Timestamp + (uint)payload.Length;
        Span<float> samples = stackalloc float[Audio.FrameSamples];
        while (!payload.IsEmpty)
        {
            var piece = payload[..Math.Min(payload.Length, samples.Length)];
            LinearTable.Decode(codec, piece, samples);
            var measure = ToneMeter.Measure(samples[..piece.Length]);
            if (now < faxUntil && fax.Take(measure, piece.Length, out var tone)) Tell(tone, now);
            if (answer is not null && answer.Take(measure, piece.Length, now, out var guess)) Tell(guess, now);
            payload = payload[piece.Length..];
        }
    }

    void Bridge(int hole, long now)
    {
        if (hole is > 0 and <= LongestLoss) fax.Lose(hole);
        else if (hole is > 0 and <= LongestRest && fax.Take(default, hole, out var before)) Tell(before, now);
    }

    /// <summary>Each tone once a leg.</summary>
    void Tell(FaxTone tone, long now)
    {
        ref var told = ref tone == FaxTone.Calling ? ref toldCalling : ref toldAnswering;
        if (told) return;
        told = true;
        events.Happened(new FaxHeard(leg, new(now), tone));
    }

    void Tell(in AnswerGuess guess, long now)
    {
        var since = answer!.Since;
        answer = null;
        events.Happened(new AnswerJudged(leg, new(now), guess.By, guess.Confidence, TimeSpan.FromTicks((now - since) / TimeSpan.NanosecondsPerTick)));
    }
}
