using System.Numerics;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Mixing;

/// <summary>
/// The last half second of what one leg said, linear, on the loop's clock: sample n belongs to the time n/8 ms. All who are mixed for read it
/// at their own ticks, <see cref="Delay"/> behind the time, which is the jitter buffer. What did not come in time is silence: lost
/// packets, senders that detect voice activity, a key being pressed.
/// </summary>
sealed class SpeechRing
{
    /// <summary>Samples: how far behind the time it is read, 40 ms. 20 of them are the frame that a tick needs whole, 20 the patience with late packets.</summary>
    public const int Delay = 2 * Audio.FrameSamples;

    /// <summary>Power of two; longest packet, delay and wait fit several times.</summary>
    const int Size = 4096;

    /// <summary>Samples taken of one packet: 200 ms, the longest packet of RFC 3551 §4.2.</summary>
    const int LongestPacket = Audio.Rate / 5;

    /// <summary>A packet shorter than 5 ms is not stretched.</summary>
    const int ShortestStretched = 5 * Audio.SamplesPerMs;
    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    readonly short[] ring = new short[Size];
    SpeechClock clock;
    long end;

    /// <summary>The sample after the last one that came.</summary>
    public long End => end;

    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        payload = payload[..Math.Min(payload.Length, LongestPacket)];
        var place = clock.Place(header.Ssrc, header.Timestamp, now / NsPerSample, out var stretch);
        Span<short> samples = stackalloc short[payload.Length];
        G711.Decode(codec, payload, samples);
        if (stretch == 0 || samples.Length < ShortestStretched)
        {
            Write(place, samples);
            return;
        }
        Span<short> stretched = stackalloc short[samples.Length + stretch];
        Stretch(samples, stretched);
        Write(place, stretched);
    }

    /// <summary>Adds what was said <see cref="Delay"/> before a time.</summary>
    /// <param name="due">ns, the tick's own time and not that of its execution: ticks 20 ms apart read on where the last one ended.</param>
    /// <param name="since">What lies before this sample is not for this reader.</param>
    public void AddTo(Span<int> sum, long due, long since)
    {
        var from = due / NsPerSample - Delay;
        var skip = (int)Math.Clamp(Math.Max(since, end - Size) - from, 0, sum.Length); // what is older than the ring is overwritten
        var count = (int)Math.Clamp(end - from, 0, sum.Length);       // not said yet
        while (skip < count)
        {
            var at = (int)(from + skip) & Size - 1;
            var run = Math.Min(count - skip, Size - at); // up to the ring's seam
            Add(ring.AsSpan(at, run), sum.Slice(skip, run));
            skip += run;
        }
    }

    static void Add(ReadOnlySpan<short> said, Span<int> sum)
    {
        var i = 0;
        for (; i <= said.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(said[i..]), out var low, out var high);
            (new Vector<int>(sum[i..]) + low).CopyTo(sum[i..]);
            (new Vector<int>(sum[(i + Vector<int>.Count)..]) + high).CopyTo(sum[(i + Vector<int>.Count)..]);
        }
        for (; i < said.Length; i++) sum[i] += said[i];
    }

    void Write(long place, ReadOnlySpan<short> samples)
    {
        if (place + samples.Length <= end - Size) return;
        if (place > end + Size) end = place - Size; // all of the ring is older than this
        for (; end < place; end++) ring[(int)end & Size - 1] = 0;
        for (var i = 0; i < samples.Length; i++) ring[(int)(place + i) & Size - 1] = samples[i];
        end = Math.Max(end, place + samples.Length);
    }

    /// <summary>Linear interpolation from end to end, in 1/65536 of a sample.</summary>
    static void Stretch(ReadOnlySpan<short> samples, Span<short> stretched)
    {
        var step = (samples.Length - 1 << 16) / (stretched.Length - 1);
        for (var i = 0; i < stretched.Length; i++)
        {
            var (at, part) = (i * step >> 16, i * step & 0xFFFF);
            var next = Math.Min(at + 1, samples.Length - 1);
            stretched[i] = (short)(samples[at] + ((samples[next] - samples[at]) * part >> 16));
        }
    }
}
