using System.Diagnostics;
using System.Globalization;
using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;
using CallCenter.Media.Sdp;

namespace CallCenter.Bench;

/// <summary><c>bench codecs</c>: what a frame of 20 ms costs to encode and to decode, and a lost one to make up, CPU µs, best of five rounds; and what is left of a tone and of a voice.</summary>
static class CodecCost
{
    const int Frames = 2000, Rounds = 5;

    public static int Run()
    {
        var said = Sound();
        (AudioCodec, OpusTerms)[] ways = [(AudioCodec.G722, default), .. new[] { 12_000, 20_000, 32_000 }.SelectMany(rate => new[] { false, true }.Select(repeats => (AudioCodec.Opus, new OpusTerms(rate, repeats))))];
        foreach (var (codec, terms) in ways.Where(w => VoiceCodecs.Spoken.Contains(w.Item1)))
        {
            Console.WriteLine(codec == AudioCodec.Opus ? terms : codec);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  SNR of 440 Hz {Left(Tone(440), codec, terms):F1}, 1 kHz {Left(Tone(1000), codec, terms):F1}, 3 kHz {Left(Tone(3000), codec, terms):F1}, a voice {Left(said, codec, terms):F1} dB"));
            using var encoder = VoiceCodecs.Encoder(codec, terms)!;
            using var decoder = VoiceCodecs.Decoder(codec)!;
            var (payloads, lengths, samples) = (new byte[Frames * 400], new int[Frames], new short[Audio.LongestPacket]);
            Print("  encode", () =>
            {
                for (var n = 0; n < Frames; n++) lengths[n] = encoder.Encode(Frame(said, n), payloads.AsSpan(n * 400, 400));
            });
            Print("  decode", () =>
            {
                for (var n = 0; n < Frames; n++) decoder.Decode(payloads.AsSpan(n * 400, lengths[n]), samples);
            });
        }
        var concealment = new Concealment();
        Print("a lost frame made up", () =>
        {
            for (var n = 0; n < Frames; n++)
            {
                concealment.Begin(said.AsSpan(n * 10, Concealment.History));
                for (var i = 0; i < Audio.FrameSamples; i++) concealment.Next();
            }
        });
        return 0;
    }

    static short[] Tone(double hz) => [.. Enumerable.Range(0, 4 * Audio.Rate).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * hz * i / Audio.Rate)))];

    /// <summary>Signal over what the codec changed, dB, at the lag that fits best; the first second is the codec's to settle.</summary>
    static double Left(short[] said, AudioCodec codec, OpusTerms terms)
    {
        using var encoder = VoiceCodecs.Encoder(codec, terms)!;
        using var decoder = VoiceCodecs.Decoder(codec)!;
        var (heard, payload, samples) = (new List<short>(), new byte[400], new short[Audio.LongestPacket]);
        for (var n = 0; n < said.Length / Audio.FrameSamples; n++)
        {
            var length = encoder.Encode(said.AsSpan(n * Audio.FrameSamples, Audio.FrameSamples), payload);
            heard.AddRange(samples.AsSpan(0, decoder.Decode(payload.AsSpan(0, length), samples)));
        }
        return Enumerable.Range(0, 2 * Audio.FrameSamples).Max(lag => Snr(said, heard, lag));
    }

    static double Snr(short[] said, List<short> heard, int lag)
    {
        double signal = 0, error = 1;
        for (var i = Audio.Rate; i < said.Length - 2 * Audio.FrameSamples; i++)
        {
            var off = (double)said[i] - heard[i + lag];
            (signal, error) = (signal + (double)said[i] * said[i], error + off * off);
        }
        return 10 * Math.Log10(signal / error);
    }

    static ReadOnlySpan<short> Frame(short[] said, int n) => said.AsSpan(n * Audio.FrameSamples % (said.Length - Audio.FrameSamples), Audio.FrameSamples);

    /// <summary>Tones that glide and swell, with some noise: neither silence nor the same at each frame.</summary>
    static short[] Sound()
    {
        var random = new Random(1);
        var phase = 0.0;
        return [.. Enumerable.Range(0, 4 * Audio.Rate).Select(i =>
        {
            phase += (150 + 50 * Math.Sin(i / 3000.0)) / Audio.Rate;
            var voice = Enumerable.Range(1, 12).Sum(h => Math.Sin(2 * Math.PI * h * phase) / h);
            return (short)(3000 * (1 + Math.Sin(i / 1500.0)) * voice / 2 + random.Next(-100, 100));
        })];
    }

    static void Print(string what, Action once)
    {
        once();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            once();
            var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
            if (spent < best) best = spent;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {best.TotalMicroseconds / Frames:F1} µs"));
    }
}
