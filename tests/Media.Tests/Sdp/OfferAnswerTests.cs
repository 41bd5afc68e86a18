using System.Net;
using System.Text;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Sdp;

public sealed class OfferAnswerTests
{
    static readonly LocalAudio us = new(77, IPEndPoint.Parse("192.0.2.1:20000"), LocalAudio.BothLaws);
    const string Head = "v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\n";

    static SdpAnswer Answer(string offer, LocalAudio? local = null, SdpSession? previous = null)
    {
        Assert.True(OfferAnswer.TryAnswer(SdpReaderTests.Read(offer), local ?? us, previous, out var answer, out var refusal), refusal.ToString());
        return answer;
    }

    static SdpRefusal Refusal(string offer)
    {
        Assert.False(OfferAnswer.TryAnswer(SdpReaderTests.Read(offer), us, null, out _, out var refusal));
        return refusal;
    }

    [Fact]
    public void A_softphones_offer_is_answered_with_its_first_law_and_its_own_event_type()
    {
        var answer = Answer(Head + "m=audio 4000 RTP/AVP 96 8 0 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 telephone-event/8000\r\na=fmtp:97 0-15\r\n");
        Assert.Equal("""
            v=0
            o=- 77 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 20000 RTP/AVP 8 97
            a=rtpmap:8 PCMA/8000
            a=rtpmap:97 telephone-event/8000
            a=fmtp:97 0-16
            a=ptime:20
            a=sendrecv

            """.ReplaceLineEndings("\r\n"), Encoding.UTF8.GetString(answer.ToBytes()));
        Assert.Equal(AudioCodec.Pcma, answer.Audio.Codec);
        Assert.Equal(new(null, 8, 97), answer.Audio.Send);
        Assert.Equal(IPEndPoint.Parse("10.0.0.5:4000"), answer.Audio.Remote);
        Assert.Equal(IPEndPoint.Parse("10.0.0.5:4001"), answer.Audio.RemoteControl);
    }

    [Fact]
    public void Lines_we_do_not_speak_are_rejected_in_place()
    {
        var answer = Answer(SdpReaderTests.Alice);
        Assert.Equal([("audio", 20000), ("video", 0), ("video", 0)], answer.Session.Media.Select(m => (m.Kind, m.Port)));
        Assert.Equal(["31"], answer.Session.Media[1].Formats);
        Assert.Null(answer.Audio.Remote); // a host name: we answer where the first packet comes from
    }

    [Fact]
    public void The_second_audio_line_is_taken_if_the_first_is_not_ours()
    {
        var answer = Answer(Head + "m=audio 4000 RTP/SAVP 0\r\nm=audio 4002 RTP/AVP 0\r\nm=audio 4004 RTP/AVP 0\r\n");
        Assert.Equal([0, 20000, 0], answer.Session.Media.Select(m => m.Port));
        Assert.Equal(4002, answer.Audio.Remote?.Port);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0\r\n", SdpRefusal.NoAudio)]
    [InlineData("m=video 4000 RTP/AVP 31\r\n", SdpRefusal.NoAudio)]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\n", SdpRefusal.NoSecurity)]
    [InlineData("", SdpRefusal.NoAudio)]
    [InlineData("m=audio 4000 RTP/AVP 18 101\r\na=rtpmap:101 telephone-event/8000\r\n", SdpRefusal.NoCodec)]
    [InlineData("m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/16000\r\n", SdpRefusal.NoCodec)]
    public void Without_a_law_in_common_the_offer_is_refused(string media, SdpRefusal expected) => Assert.Equal(expected, Refusal(Head + media));

    [Theory]
    [InlineData("a=rtpmap:101 telephone-event/48000", null)]
    [InlineData("a=rtpmap:101 Telephone-Event/8000", 101)]
    [InlineData("a=ptime:20", null)]
    public void Events_count_only_at_the_clock_of_the_audio(string line, int? expected) =>
        Assert.Equal(expected, Answer(Head + $"m=audio 4000 RTP/AVP 0 101\r\n{line}\r\n").Audio.Send.Event);

    [Theory]
    [InlineData("a=sendrecv", MediaDirection.SendReceive)]
    [InlineData("a=sendonly", MediaDirection.ReceiveOnly)]
    [InlineData("a=recvonly", MediaDirection.SendOnly)]
    [InlineData("a=inactive", MediaDirection.Inactive)]
    [InlineData("c=IN IP4 0.0.0.0", MediaDirection.ReceiveOnly)]
    public void The_answers_direction_mirrors_the_offers(string line, MediaDirection expected)
    {
        var answer = Answer(Head + $"m=audio 4000 RTP/AVP 0\r\n{line}\r\n");
        Assert.Equal(expected, answer.Audio.Direction);
        Assert.Equal(expected, answer.Session.Media[0].Direction);
        Assert.Equal(line[0] == 'c', answer.Audio.Remote is null);
    }

    [Fact]
    public void An_rtcp_line_moves_the_control_port() =>
        Assert.Equal(IPEndPoint.Parse("10.0.0.9:5000"), Answer(Head + "m=audio 4000 RTP/AVP 0\r\na=rtcp:5000 IN IP4 10.0.0.9\r\n").Audio.RemoteControl);

    [Fact]
    public void The_version_rises_only_when_something_changed()
    {
        const string talk = Head + "m=audio 4000 RTP/AVP 0\r\n", hold = talk + "a=sendonly\r\n";
        var first = Answer(talk).Session;
        var same = Answer(talk, previous: first).Session;
        var held = Answer(hold, previous: same).Session;
        ulong[] versions = [first.Origin.Version, same.Origin.Version, held.Origin.Version, Answer(talk, previous: held).Session.Origin.Version];
        Assert.Equal([1, 1, 2, 3], versions);
    }

    [Fact]
    public void Our_offer_lists_the_preferred_law_first_and_is_accepted_as_answered()
    {
        var offer = OfferAnswer.Offer(us with { Codecs = [AudioCodec.Pcma, AudioCodec.Pcmu] });
        Assert.Equal(["8", "0", "101"], offer.Media[0].Formats);
        var answer = SdpReaderTests.Read(Head + "m=audio 4000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\n");
        Assert.True(OfferAnswer.TryAccept(offer, answer, out var audio, out _));
        Assert.Equal(AudioCodec.Pcmu, audio.Codec);
        Assert.Equal((new PayloadTypes(0, 8, 96), new PayloadTypes(0, 8, 101)), (audio.Send, audio.Receive));
        Assert.Equal(MediaDirection.SendReceive, audio.Direction);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0\r\n", SdpRefusal.NoAudio)]
    [InlineData("m=audio 4000 RTP/AVP 18\r\n", SdpRefusal.NoCodec)]
    [InlineData("m=video 4000 RTP/AVP 0\r\n", SdpRefusal.NotAnAnswer)]
    [InlineData("", SdpRefusal.NotAnAnswer)]
    public void An_answer_that_does_not_fit_is_refused(string media, SdpRefusal expected)
    {
        Assert.False(OfferAnswer.TryAccept(OfferAnswer.Offer(us), SdpReaderTests.Read(Head + media), out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void A_reoffer_keeps_every_line_ever_offered()
    {
        var answer = Answer(SdpReaderTests.Alice);
        var reoffer = OfferAnswer.Offer(us, answer.Session);
        Assert.Equal([("audio", 20000), ("video", 0), ("video", 0)], reoffer.Media.Select(m => (m.Kind, m.Port)));
        Assert.Equal(2ul, reoffer.Origin.Version);
    }

    [Fact]
    public void Two_of_us_always_agree()
    {
        IReadOnlyList<AudioCodec>[] choices = [[AudioCodec.Opus], [AudioCodec.G722, AudioCodec.Opus], [AudioCodec.Opus, AudioCodec.Pcmu], [AudioCodec.Pcmu], [AudioCodec.Pcma], [AudioCodec.Pcmu, AudioCodec.Pcma], [AudioCodec.Pcma, AudioCodec.Pcmu]];
        foreach (var a in choices)
        {
            foreach (var b in choices)
            {
                var offer = OfferAnswer.Offer(us with { Codecs = a });
                Assert.True(SdpReader.TryRead(SdpWriter.Write(offer), out var heard, out _));
                if (!OfferAnswer.TryAnswer(heard, us with { Codecs = b }, null, out var answer, out _))
                {
                    Assert.Empty(a.Intersect(b));
                    continue;
                }
                Assert.True(OfferAnswer.TryAccept(offer, answer.Session, out var audio, out _));
                Assert.Equal(answer.Audio.Codec, audio.Codec);
                Assert.Equal(answer.Audio.Send.Event, audio.Receive.Event);
            }
        }
    }

    static readonly LocalAudio all = us with { Codecs = [AudioCodec.Pcmu, AudioCodec.Pcma, AudioCodec.G722, AudioCodec.Opus] };

    [Theory]
    [InlineData("9 0 8", "", AudioCodec.G722)]
    [InlineData("0 9", "", AudioCodec.Pcmu)]
    [InlineData("96 9", "a=rtpmap:96 opus/48000/2\r\n", AudioCodec.Opus)]
    [InlineData("96 9", "a=rtpmap:96 opus/48000\r\n", AudioCodec.G722)] // RFC 7587 §7: always two channels
    [InlineData("97 8", "a=rtpmap:97 G722/8000/1\r\n", AudioCodec.G722)]
    [InlineData("97 8", "a=rtpmap:97 G722/16000\r\n", AudioCodec.Pcma)] // RFC 3551 §4.5.2: the clock is 8000
    public void The_first_codec_offered_that_we_speak_is_taken(string formats, string maps, AudioCodec expected)
    {
        var answer = Answer(Head + $"m=audio 4000 RTP/AVP {formats}\r\n{maps}", all);
        Assert.Equal(expected, answer.Audio.Codec);
        Assert.Equal(formats.Split(' ')[expected is AudioCodec.Pcma || maps.Contains("opus/48000\r", StringComparison.Ordinal) ? 1 : 0], Assert.Single(answer.Session.Media[0].Formats));
    }

    [Fact]
    public void Opus_is_answered_under_the_offerers_number_with_what_we_make_use_of()
    {
        var answer = Answer(Head + "m=audio 4000 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1;stereo=1\r\na=rtpmap:101 telephone-event/8000\r\n", all);
        Assert.Contains("m=audio 20000 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000", Encoding.UTF8.GetString(answer.ToBytes()), StringComparison.Ordinal);
        Assert.Equal((byte?)96, answer.Audio.Send.Opus);
        Assert.True(answer.Audio.Receive.TryCodec(96, out var codec));
        Assert.Equal(AudioCodec.Opus, codec);
        Assert.False(answer.Audio.Receive.TryCodec(111, out _));
    }

    [Fact]
    public void What_the_other_party_speaks_is_offered_first_and_the_laws_always()
    {
        Assert.Equal(["111", "0", "8", "101"], OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(AudioCodec.Opus, all.Codecs) }).Media[0].Formats);
        Assert.Equal(["9", "0", "8", "101"], OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(AudioCodec.G722, all.Codecs) }).Media[0].Formats);
        Assert.Equal(["0", "8", "101"], OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(AudioCodec.Pcma, all.Codecs) }).Media[0].Formats);
        Assert.Equal(["0", "8", "101"], OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(null, all.Codecs) }).Media[0].Formats);
    }

    [Theory]
    [InlineData("PCMA,PCMU", AudioCodec.G722, "8 0 101")]
    [InlineData("pcma, G722", AudioCodec.G722, "9 8 101")]
    [InlineData("pcma, G722", null, "8 101")]
    [InlineData("opus,G722", null, "111 9 101")]
    [InlineData("opus,G722", AudioCodec.G722, "9 111 101")]
    public void What_the_settings_do_not_list_is_neither_offered_nor_taken(string list, AudioCodec? other, string offered)
    {
        Assert.True(CodecNames.TryRead(list, out var codecs, out _));
        Assert.Equal(offered.Split(' '), OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(other, codecs) }).Media[0].Formats);
        Assert.Equal(codecs.Contains(AudioCodec.Pcma), OfferAnswer.TryAnswer(SdpReaderTests.Read(Head + "m=audio 4000 RTP/AVP 8\r\n"), us with { Codecs = codecs }, null, out _, out _));
    }

    [Theory]
    [InlineData("PCMU,GSM", "'GSM' is no codec; there are PCMU, PCMA, G722, opus")]
    [InlineData("", "'' is no codec; there are PCMU, PCMA, G722, opus")]
    [InlineData("PCMU,opus,pcmu", "PCMU stands there twice")]
    public void A_list_of_codecs_says_what_is_wrong_with_it(string list, string fault)
    {
        Assert.False(CodecNames.TryRead(list, out _, out var told));
        Assert.Equal(fault, told);
    }

    [Fact]
    public void An_answer_of_several_codecs_is_taken_at_its_first_of_ours_and_any_of_them_may_come()
    {
        var offer = OfferAnswer.Offer(us with { Codecs = LocalAudio.OfferedFor(AudioCodec.Opus, all.Codecs) });
        Assert.True(OfferAnswer.TryAccept(offer, SdpReaderTests.Read(Head + "m=audio 4000 RTP/AVP 9 8 0\r\n"), out var audio, out _));
        Assert.Equal(AudioCodec.Pcma, audio.Codec); // G.722 was not offered
        Assert.True(audio.Receive.TryCodec(111, out var codec));
        Assert.Equal(AudioCodec.Opus, codec);
    }
}
