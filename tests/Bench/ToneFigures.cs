using System.Diagnostics;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Tones;

namespace CallCenter.Bench;

/// <summary>What listening costs: ns for a packet of 20 ms, the quickest of many rounds: the machine may be busy with other things.</summary>
static class ToneFigures
{
    const int Packets = 1000, Rounds = 400, FrameSamples = Audio.FrameSamples;

    public static int Run()
    {
        var chance = new Random(1);
        var silence = new byte[Packets * FrameSamples];
        silence.AsSpan().Fill(0xFF);
        var noise = new byte[silence.Length];
        for (var i = 0; i < noise.Length; i++) noise[i] = G711.Encode(AudioCodec.Pcmu, (short)chance.Next(-8000, 8000));
        var keys = new byte[silence.Length];
        for (var i = 0; i < keys.Length; i += 2 * DtmfTones.Samples) DtmfTones.Of((byte)(i / 1600 % 16), AudioCodec.Pcmu).CopyTo(keys.AsSpan(i));
        foreach (var (name, sound) in new[] { ("silence", silence), ("noise as loud as speech", noise), ("keys, one after another", keys) })
        {
            Console.WriteLine($"{name,-34} keys {Quickest(() => Keys(sound)),6:f0} ns a packet   fax tones {Quickest(() => Fax(sound)),6:f0} ns a packet");
        }
        return 0;
    }

    static double Quickest(Action round)
    {
        var quickest = double.PositiveInfinity;
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            round();
            quickest = Math.Min(quickest, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Packets);
        }
        return quickest;
    }

    static void Keys(byte[] sound)
    {
        var keys = new InbandKeys();
        for (var n = 0; n < Packets; n++)
            keys.Take(new RtpHeader(false, 0, (ushort)n, (uint)(n * FrameSamples), 1, RtpHeader.Size, FrameSamples), sound.AsSpan(n * FrameSamples, FrameSamples), AudioCodec.Pcmu, null, 0, n, out _);
    }

    static void Fax(byte[] sound)
    {
        var fax = default(FaxTones);
        Span<float> samples = stackalloc float[FrameSamples];
        for (var n = 0; n < Packets; n++)
        {
            LinearTable.Decode(AudioCodec.Pcmu, sound.AsSpan(n * FrameSamples, FrameSamples), samples);
            fax.Take(ToneMeter.Measure(samples), FrameSamples, out _);
        }
    }
}
