using System.Numerics;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Mixing;

/// <summary>
/// The last half second of what one leg said, linear, on the loop's clock: sample n belongs to the time n/8 ms. All who are mixed for read it
/// at their own ticks, <see cref="Delay"/> behind the time, which with <see cref="SpeechClock"/> is the jitter buffer. What did not come in
/// time (lost packets, senders that detect voice activity, a key being pressed) is made up from what was said before (<see cref="Concealment"/>),
/// once for all readers, and then silence.
/// </summary>
sealed class SpeechRing
{
    /// <summary>Samples: how far behind the time it is read, 40 ms. 20 of them are the frame that a tick needs whole, 20 the patience with late packets.</summary>
    public const int Delay = 2 * Audio.FrameSamples;

    /// <summary>Power of two; longest packet, delay and wait fit several times.</summary>
    const int Size = 4096;

    /// <summary>A packet shorter than 5 ms is left as long as it is.</summary>
    const int ShortestStretched = 5 * Audio.SamplesPerMs;

    /// <summary>Mean magnitude below which nothing is said: −50 dB below full scale.</summary>
    const int Quiet = 100;
    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    /// <summary>Samples over which what was made up goes over into what came: 4 ms, and as much again for each 10 ms made up, 10 ms at most (App. I §I.2.7).</summary>
    const int LeastBlend = 4 * Audio.SamplesPerMs, MostBlend = 10 * Audio.SamplesPerMs, BlendStage = 10 * Audio.SamplesPerMs;

    readonly short[] ring = new short[Size];
    readonly Concealment concealment = new();
    SpeechClock clock;
    long end, said, read;

    /// <summary>The sample after the last one that came or was made up.</summary>
    public long End => end;

    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        payload = payload[..Math.Min(payload.Length, Audio.LongestPacket)];
        Span<short> samples = stackalloc short[payload.Length];
        G711.Decode(codec, payload, samples);
        var place = clock.Place(header.Ssrc, header.Timestamp, now / NsPerSample, read, IsQuiet(samples), out var shorten);
        if (!shorten || samples.Length < ShortestStretched)
        {
            Write(place, samples);
            return;
        }
        Span<short> shorter = stackalloc short[samples.Length - 1];
        Stretch(samples, shorter);
        Write(place, shorter);
    }

    static bool IsQuiet(ReadOnlySpan<short> samples)
    {
        var sum = 0;
        foreach (int sample in samples) sum += Math.Abs(sample);
        return sum < Quiet * samples.Length;
    }

    /// <summary>Adds what was said <see cref="Delay"/> before a time.</summary>
    /// <param name="due">ns, the tick's own time and not that of its execution: ticks 20 ms apart read on where the last one ended.</param>
    /// <param name="since">What lies before this sample is not for this reader.</param>
    public void AddTo(Span<int> sum, long due, long since)
    {
        var from = due / NsPerSample - Delay;
        read = Math.Max(read, from + sum.Length);
        if (end < from + sum.Length) Conceal(from + sum.Length);
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
        if (place > end + Size) end = said = place - Size; // all of the ring is older than this
        Conceal(place);
        for (; end < place; end++) At(end) = 0;
        var known = (int)Math.Min(end - place, samples.Length);
        for (var i = 0; i < known; i++) At(place + i) = samples[i];
        if (known == samples.Length) return;
        Append(samples[known..]);
        said = end;
    }

    /// <summary>What follows the end; if that was made up, it goes on under the new for a while.</summary>
    void Append(ReadOnlySpan<short> samples)
    {
        var blend = end == said ? 0 : Math.Min(Math.Min(LeastBlend + LeastBlend * (concealment.Made / BlendStage), MostBlend), samples.Length);
        for (var i = 0; i < blend; i++) At(end++) = (short)((samples[i] * (i + 1) + concealment.Next() * (blend - i)) / (blend + 1));
        foreach (var sample in samples[blend..]) At(end++) = sample;
    }

    /// <summary>Makes up what is missing before a sample, as far as it goes.</summary>
    void Conceal(long until)
    {
        until = Math.Min(until, said + Concealment.Length);
        if (end >= until) return;
        if (end == said) BeginConcealment();
        while (end < until) At(end++) = concealment.Next();
    }

    void BeginConcealment()
    {
        Span<short> before = stackalloc short[Concealment.History];
        for (var i = 0; i < before.Length; i++) before[i] = At(said - before.Length + i);
        concealment.Begin(before);
    }

    ref short At(long sample) => ref ring[(int)sample & Size - 1];

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
