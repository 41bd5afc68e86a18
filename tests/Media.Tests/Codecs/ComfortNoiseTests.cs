using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Codecs;

public sealed class ComfortNoiseTests
{
    const long FrameNs = Audio.FrameMs * MediaClock.PerMillisecond;

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(0x80 | 40)] // the first bit is reserved (RFC 3389 §3.1)
    public void Noise_is_as_loud_as_was_told(byte level)
    {
        var noise = default(ComfortNoise);
        Assert.True(noise.TryTake([level, 1, 2, 3]));
        var codes = new byte[8000];
        noise.Fill(codes, AudioCodec.Pcma);
        var samples = new short[codes.Length];
        G711.Decode(AudioCodec.Pcma, codes, samples);
        Assert.Equal(-(level & 0x7F), 10 * Math.Log10(Tone.Power(samples) / (32_767.0 * 32_767)), 1.5);
    }

    [Fact]
    public void The_quietest_level_is_silence()
    {
        var noise = default(ComfortNoise);
        Assert.True(noise.TryTake([127]));
        var codes = new byte[160];
        noise.Fill(codes, AudioCodec.Pcmu);
        Assert.All(codes, c => Assert.Equal(0, G711.Decode(AudioCodec.Pcmu, c)));
    }

    [Fact]
    public void A_payload_without_a_level_tells_nothing()
    {
        var voice = default(ComfortVoice);
        voice.Take(Header(1000), [], now: 0);
        Assert.False(voice.IsOn);
    }

    [Fact]
    public void Noise_goes_on_frame_by_frame_until_the_party_speaks_again()
    {
        var voice = default(ComfortVoice);
        voice.Take(Header(1000), [50], now: 0);
        Assert.Equal([1000u, 1160u, 1320u], Frames(ref voice, now: 2 * FrameNs));
        Assert.Empty(Frames(ref voice, now: 3 * FrameNs - 1));
        voice.Take(Header(1480), [55], now: 3 * FrameNs); // another level, the same noise
        Assert.Equal([1480u], Frames(ref voice, now: 3 * FrameNs));
        voice.Heard(Header(840)); // late: from before the silence
        Assert.True(voice.IsOn);
        voice.Heard(Header(1640));
        Assert.Empty(Frames(ref voice, now: 10 * FrameNs));
    }

    [Fact]
    public void Another_source_ends_it()
    {
        var voice = default(ComfortVoice);
        voice.Take(Header(1000), [50], now: 0);
        voice.Heard(Header(0) with { Ssrc = 8 });
        Assert.False(voice.IsOn);
    }

    static RtpHeader Header(uint timestamp) => new(false, ComfortNoise.PayloadType, 1, timestamp, 7, RtpHeader.Size, 1);

    static List<uint> Frames(ref ComfortVoice voice, long now)
    {
        var frame = new byte[Audio.FrameSamples];
        List<uint> stamps = [];
        while (voice.TryFrame(now, frame, AudioCodec.Pcmu, out var header)) stamps.Add(header.Timestamp);
        return stamps;
    }
}
