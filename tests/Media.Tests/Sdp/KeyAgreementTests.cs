using System.Net;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Sdp;

public sealed class KeyAgreementTests
{
    const string Head = "v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\n";
    const string Plain = Head + "m=audio 4000 RTP/AVP 0\r\n", Secured = Head + "m=audio 4000 RTP/SAVP 0\r\n";
    const string KeyA = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", KeyB = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    const string LineA = "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + "\r\n", LineB = "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:" + KeyB + "\r\n";

    static readonly LocalAudio us = new(77, IPEndPoint.Parse("192.0.2.1:20000"), LocalAudio.BothLaws), strict = us with { RequiresSrtp = true };

    static SdpAnswer Answer(string offer, LocalAudio? local = null, SdpSession? previous = null)
    {
        Assert.True(OfferAnswer.TryAnswer(SdpReaderTests.Read(offer), local ?? us, previous, out var answer, out var refusal), refusal.ToString());
        return answer;
    }

    static SdpRefusal Refusal(string offer, LocalAudio? local = null)
    {
        Assert.False(OfferAnswer.TryAnswer(SdpReaderTests.Read(offer), local ?? us, null, out _, out var refusal));
        return refusal;
    }

    static string[] Crypto(SdpSession session) => [.. session.Media[0].Attributes.Where(a => a.Name == SdpAttribute.Crypto).Select(a => a.Value!)];

    static NegotiatedAudio Accept(SdpSession offer, SdpSession answer)
    {
        Assert.True(OfferAnswer.TryAccept(offer, SdpReaderTests.Read(System.Text.Encoding.UTF8.GetString(SdpWriter.Write(answer))), out var audio, out var refusal), refusal.ToString());
        return audio;
    }

    [Fact]
    public void A_secured_offer_is_answered_with_its_first_line_that_we_can_do_and_a_key_of_ours()
    {
        var answer = Answer(Secured + "a=crypto:5 F8_128_HMAC_SHA1_80 inline:" + KeyB + "\r\na=crypto:6 AES_CM_128_HMAC_SHA1_80 inline:" + KeyB + "|2^20|1:4\r\n" + LineA);
        Assert.Equal(SdpMedia.RtpSavp, answer.Session.Media[0].Protocol);
        var keys = answer.Audio.Keys!;
        Assert.Equal($"7 AES_CM_128_HMAC_SHA1_80 inline:{keys.Ours.ToBase64()}", Assert.Single(Crypto(answer.Session)));
        Assert.Equal(KeyA, keys.Theirs.ToBase64());
        Assert.NotEqual(KeyA, keys.Ours.ToBase64());
    }

    [Fact]
    public void A_plain_offer_stays_plain_whatever_keys_stand_in_it()
    {
        var answer = Answer(Plain + LineA);
        Assert.Null(answer.Audio.Keys);
        Assert.Equal((SdpMedia.RtpAvp, 0), (answer.Session.Media[0].Protocol, Crypto(answer.Session).Length));
    }

    [Fact]
    public void What_cannot_be_secured_is_refused()
    {
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Secured));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Secured + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + " UNENCRYPTED_SRTP\r\n"));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Plain, strict));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Plain + LineA, strict));
        Assert.Equal(SdpRefusal.NoCodec, Refusal(Head + "m=audio 4000 RTP/SAVP 18\r\n" + LineA));
    }

    [Fact]
    public void Of_a_plain_and_a_secured_line_the_first_is_taken_unless_it_must_be_the_secured_one()
    {
        const string both = Plain + "m=audio 4002 RTP/SAVP 0\r\n" + LineA;
        Assert.Equal([20000, 0], Answer(both).Session.Media.Select(m => m.Port));
        var answer = Answer(both, strict);
        Assert.Equal([0, 20000], answer.Session.Media.Select(m => m.Port));
        Assert.NotNull(answer.Audio.Keys);
    }

    [Fact]
    public void Keys_stay_while_the_peer_keeps_its_own_and_so_does_the_version()
    {
        var first = Answer(Secured + LineA);
        var again = Answer(Secured + "a=crypto:1 AEAD_AES_128_GCM inline:" + Convert.ToBase64String(new byte[28]) + "\r\n" + LineA, us with { Keys = first.Audio.Keys }, first.Session);
        Assert.Equal(first.Audio.Keys, again.Audio.Keys);
        Assert.Equal(first.Session.Origin.Version, again.Session.Origin.Version);
    }

    [Fact]
    public void A_new_key_of_the_peers_is_answered_with_a_new_one_of_ours()
    {
        var first = Answer(Secured + LineA);
        var next = Answer(Secured + LineB, us with { Keys = first.Audio.Keys }, first.Session);
        Assert.Equal(KeyB, next.Audio.Keys!.Theirs.ToBase64());
        Assert.NotEqual(first.Audio.Keys!.Ours, next.Audio.Keys.Ours);
        Assert.Equal(first.Session.Origin.Version + 1, next.Session.Origin.Version);
    }

    [Fact]
    public void An_offer_of_ours_is_plain_unless_asked_for_and_has_a_key_for_each_suite_where_it_is()
    {
        Assert.Equal((SdpMedia.RtpAvp, 0), (OfferAnswer.Offer(us).Media[0].Protocol, Crypto(OfferAnswer.Offer(us)).Length));
        var offer = OfferAnswer.Offer(strict);
        Assert.Equal(SdpMedia.RtpSavp, offer.Media[0].Protocol);
        Assert.Equal(["1 AES_CM_128_HMAC_SHA1_80", "2 AES_256_CM_HMAC_SHA1_80", "3 AEAD_AES_128_GCM", "4 AEAD_AES_256_GCM"], Crypto(offer).Select(c => string.Join(' ', c.Split(' ')[..2])));
        Assert.Equal(4, Crypto(offer).Select(c => c.Split(' ')[2]).Distinct().Count());
    }

    [Fact]
    public void Two_of_us_agree_on_keys_the_other_way_round()
    {
        foreach (var suite in SrtpSuite.Offered)
        {
            var offer = OfferAnswer.Offer(strict);
            var kept = offer with { Media = [offer.Media[0] with { Attributes = [.. offer.Media[0].Attributes.Where(a => a.Name != SdpAttribute.Crypto || a.Value!.Contains(suite.Name, StringComparison.Ordinal))] }] };
            Assert.True(OfferAnswer.TryAnswer(kept, us, null, out var answer, out _));
            var audio = Accept(offer, answer.Session);
            Assert.Equal(suite, audio.Keys!.Suite);
            Assert.Equal((answer.Audio.Keys!.Ours, answer.Audio.Keys.Theirs), (audio.Keys.Theirs, audio.Keys.Ours));
            var reoffer = OfferAnswer.Offer(us with { Keys = audio.Keys }, offer);
            Assert.Equal($"1 {suite.Name} inline:{audio.Keys.Ours.ToBase64()}", Assert.Single(Crypto(reoffer)));
            Assert.True(OfferAnswer.TryAnswer(reoffer, us with { Keys = answer.Audio.Keys }, answer.Session, out var again, out _));
            Assert.Equal(audio.Keys, Accept(reoffer, again.Session).Keys);
        }
    }

    [Theory]
    [InlineData("m=audio 4000 RTP/AVP 0\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\na=crypto:9 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + "\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + "\r\n")] // a tag of another suite
    public void An_answer_that_takes_none_of_our_keys_is_refused(string media)
    {
        Assert.False(OfferAnswer.TryAccept(OfferAnswer.Offer(strict), SdpReaderTests.Read(Head + media), out _, out var refusal));
        Assert.Equal(SdpRefusal.NoSecurity, refusal);
    }

    [Fact]
    public void A_secured_answer_to_a_plain_offer_is_none() =>
        Assert.False(OfferAnswer.TryAccept(OfferAnswer.Offer(us), SdpReaderTests.Read(Secured + LineA), out _, out _));
}
