using System.Diagnostics;
using System.Globalization;
using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;

namespace CallCenter.Bench;

/// <summary><c>bench codecs</c>: what a frame of 20 ms costs to encode and to decode, and a lost one to make up; CPU µs, best of five rounds.</summary>
static class CodecCost
{
    const int Frames = 2000, Rounds = 5;

    public static int Run()
    {
        var said = Sound();
        foreach (var codec in VoiceCodecs.Spoken.Where(c => !Audio.IsLaw(c)))
        {
            using var encoder = VoiceCodecs.Encoder(codec)!;
            using var decoder = VoiceCodecs.Decoder(codec)!;
            var (payloads, lengths, samples) = (new byte[Frames * 400], new int[Frames], new short[Audio.LongestPacket]);
            Print($"{codec} encode", () =>
            {
                for (var n = 0; n < Frames; n++) lengths[n] = encoder.Encode(Frame(said, n), payloads.AsSpan(n * 400, 400));
            });
            Print($"{codec} decode", () =>
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
