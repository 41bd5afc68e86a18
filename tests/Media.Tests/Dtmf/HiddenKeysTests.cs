using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>
/// A phone plays keys as tones and the far one gets them as events: what is suspected of being a key is silenced on its way. A far phone
/// that listens for tones all the same must find none, though both networks lose 5 % of the packets.
/// </summary>
public sealed class HiddenKeysTests
{
    const int Count = 10_000, Loss = 5;
    const long PacketTime = Audio.FrameMs * MediaClock.PerMillisecond;

    readonly InbandKeys product = new(), far = new();

    /// <summary>Seeds with which three packets lost in a pause once let the next key's first one through, of which the far ear had lost as much.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(12)]
    public void A_far_ear_hears_none(int seed)
    {
        Random chance = new(seed), farChance = new(~seed);
        var samples = Dial(chance);
        var payload = new byte[Audio.FrameSamples];
        List<int> heard = [];
        for (var n = 0; (n + 1) * Audio.FrameSamples <= samples.Length; n++)
        {
            G711.Encode(AudioCodec.Pcmu, samples.AsSpan(n * Audio.FrameSamples, Audio.FrameSamples), payload);
            var header = new RtpHeader(false, 0, (ushort)n, (uint)(n * Audio.FrameSamples), 7, RtpHeader.Size, payload.Length);
            if (chance.Next(100) < Loss) continue;
            product.Take(header, payload, AudioCodec.Pcmu, null, 0, (n + 1) * PacketTime, out _);
            if (product.Suspects) payload.AsSpan().Fill(Audio.Silence(AudioCodec.Pcmu));
            if (farChance.Next(100) < Loss) continue;
            if (far.Take(header, payload, AudioCodec.Pcmu, null, 0, (n + 1) * PacketTime, out _)) heard.Add(n);
        }
        Assert.Empty(heard);
    }

    /// <summary>Keys that begin anywhere within a packet.</summary>
    static short[] Dial(Random chance)
    {
        var sound = new KeySound();
        List<short> samples = [.. new short[25 * Audio.FrameSamples]];
        foreach (var key in Line.RandomKeys(chance, Count))
        {
            var before = chance.Next(Audio.FrameSamples);
            samples.AddRange(new short[before]);
            samples.AddRange(sound.Say(key, chance).SkipLast(before).Select(s => (short)s));
        }
        return [.. samples, .. new short[25 * Audio.FrameSamples]];
    }
}
