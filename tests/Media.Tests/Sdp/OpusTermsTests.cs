using System.Net;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Sdp;

/// <summary>RFC 7587 §6.1 and §7.1.</summary>
public sealed class OpusTermsTests
{
    static OpusTerms Read(string format) => OpusTerms.Read(new("audio", 4000, SdpMedia.RtpAvp, ["96"], null, [new("rtpmap", "96 opus/48000/2"), new("fmtp", format)]), 96);

    [Theory]
    [InlineData("96 minptime=10;useinbandfec=1", OpusTerms.MostBitrate, true)]
    [InlineData("96 maxplaybackrate=8000; maxaveragebitrate=16000; useinbandfec=1", 16_000, true)]
    [InlineData("96 MaxAverageBitrate=24000", 24_000, false)]
    [InlineData("96 useinbandfec=0", OpusTerms.MostBitrate, false)]
    [InlineData("96 maxaveragebitrate=900000", OpusTerms.MostBitrate, false)]
    [InlineData("96 maxaveragebitrate=100;useinbandfec=1", OpusTerms.MostBitrate, true)]
    [InlineData("96 maxaveragebitrate=-1;useinbandfec;;=", OpusTerms.MostBitrate, false)]
    [InlineData("96 maxaveragebitrate=99999999999999", OpusTerms.MostBitrate, false)]
    [InlineData("97 maxaveragebitrate=16000;useinbandfec=1", OpusTerms.MostBitrate, false)]
    [InlineData("96", OpusTerms.MostBitrate, false)]
    public void What_the_peer_wants_is_read(string format, int bitrate, bool repeats) => Assert.Equal(new(bitrate, repeats), Read(format));

    [Fact]
    public void Both_who_offer_and_who_answer_are_heeded()
    {
        if (!VoiceCodecs.Spoken.Contains(AudioCodec.Opus)) return;
        var us = new LocalAudio(77, IPEndPoint.Parse("192.0.2.1:20000"), [AudioCodec.Opus]);
        var theirs = SdpReaderTests.Read("v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\nm=audio 4000 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 maxaveragebitrate=12000\r\n");
        Assert.True(OfferAnswer.TryAnswer(theirs, us, null, out var answer, out _));
        Assert.Equal(new(12_000, false), answer.Audio.Opus);
        Assert.True(OfferAnswer.TryAccept(OfferAnswer.Offer(us), theirs, out var accepted, out _));
        Assert.Equal(new(12_000, false), accepted.Opus);
    }

    [Theory]
    [InlineData(12_000, true)]
    [InlineData(20_000, false)]
    [InlineData(OpusTerms.MostBitrate, true)]
    public void The_encoder_keeps_to_them(int bitrate, bool repeats)
    {
        if (!VoiceCodecs.Spoken.Contains(AudioCodec.Opus)) return;
        using var encoder = VoiceCodecs.Encoder(AudioCodec.Opus, new(bitrate, repeats))!;
        var said = Codecs.Voices.Speech(TimeSpan.FromSeconds(10));
        var (payload, bytes, repeating) = (new byte[400], 0, 0);
        for (var at = 0; at + Audio.FrameSamples <= said.Length; at += Audio.FrameSamples)
        {
            var length = encoder.Encode(said.AsSpan(at, Audio.FrameSamples), payload);
            bytes += length;
            if (OpusPacket.RepeatsTheLast(payload.AsSpan(0, length))) repeating++;
        }
        Assert.InRange(8 * bytes / 10, 5_000, Math.Min(bitrate, OpusVoiceEncoder.Bitrate) * 11 / 10);
        Assert.Equal(repeats && bitrate > 12_000, repeating > 100); // at 12,000 libopus finds no room for it
    }
}
