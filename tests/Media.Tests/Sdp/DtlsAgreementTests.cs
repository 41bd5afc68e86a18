using System.Net;
using System.Text;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Sdp;

public sealed class DtlsAgreementTests
{
    static readonly string hash = string.Join(':', Enumerable.Repeat("AB", 32)), ourHash = string.Join(':', Enumerable.Repeat("01", 32));

    static readonly LocalAudio us = new(77, IPEndPoint.Parse("192.0.2.1:20000"), LocalAudio.BothLaws)
    {
        Dtls = new(new("sha-256", ourHash.Replace(":", "")), IPEndPoint.Parse("192.0.2.1:4443")),
    };

    static IceCredentials Ours => us.Dtls!.Ice;

    /// <summary>As Chromium says it, shortened: nothing is known of where it is.</summary>
    static string Browser(string ufrag = "GUnR", string setup = "actpass", string direction = "sendrecv") => string.Join("\r\n",
        "v=0", "o=- 3551284 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=extmap-allow-mixed", "a=msid-semantic: WMS -",
        "m=audio 9 UDP/TLS/RTP/SAVPF 63 0 8 126", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
        "a=candidate:1 1 udp 2113937151 3fa5.local 46154 typ host generation 0 network-cost 999",
        $"a=ice-ufrag:{ufrag}", "a=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk", "a=ice-options:trickle", $"a=fingerprint:sha-256 {hash}", $"a=setup:{setup}", "a=mid:0",
        $"a={direction}", "a=msid:- 61a", "a=rtcp-mux", "a=rtcp-rsize", "a=rtpmap:63 red/48000/2", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:126 telephone-event/8000", "");

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

    static string[] Lines(SdpAnswer answer) => Encoding.UTF8.GetString(answer.ToBytes()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What we offered is answered by a description as text.</summary>
    static (bool Ok, NegotiatedAudio Audio, SdpRefusal Refusal) Accept(LocalAudio local, string answer) =>
        (OfferAnswer.TryAccept(OfferAnswer.Offer(local), SdpReaderTests.Read(answer), out var audio, out var refusal), audio, refusal);

    [Fact]
    public void A_browsers_offer_is_answered_with_all_that_it_needs()
    {
        var lines = Lines(Answer(Browser()));
        Assert.Equal(
        [
            "a=group:BUNDLE 0", "a=ice-lite", "a=ice-options:ice2", "m=audio 20000 UDP/TLS/RTP/SAVPF 0 126", "a=mid:0", $"a=fingerprint:sha-256 {ourHash}", "a=setup:passive", "a=rtcp-mux",
            $"a=ice-ufrag:{Ours.Fragment}", $"a=ice-pwd:{Ours.Password}", "a=candidate:1 1 udp 2130706431 192.0.2.1 20000 typ host",
            "a=candidate:2 1 tcp 1520435199 192.0.2.1 4443 typ host tcptype passive", "a=end-of-candidates",
        ], lines[5..18]);
        Assert.Contains("a=sendrecv", lines);
    }

    [Fact]
    public void What_was_settled_is_how_to_know_and_to_find_the_peer()
    {
        var audio = Answer(Browser()).Audio;
        var terms = audio.Dtls!;
        Assert.Equal((DtlsRole.Server, true, Ours.Fragment, "GUnR"), (terms.Role, terms.MuxesControl, terms.OurIce!.Fragment, terms.TheirIce!.Fragment));
        Assert.Equal(new("sha-256", hash.Replace(":", "")), Assert.Single(terms.Fingerprints));
        Assert.Equal((null, MediaDirection.SendReceive), (audio.Keys, audio.Direction)); // 0.0.0.0 is no hold where ICE finds the address
    }

    [Theory]
    [InlineData("actpass", "passive", DtlsRole.Server)]
    [InlineData("active", "passive", DtlsRole.Server)]
    [InlineData("passive", "active", DtlsRole.Client)]
    public void We_leave_it_to_the_peer_to_begin_if_it_will(string offered, string answered, DtlsRole role)
    {
        var answer = Answer(Browser(setup: offered));
        Assert.Equal((answered, role), (answer.Session.Media[0].Value("setup"), answer.Audio.Dtls!.Role));
    }

    [Fact]
    public void Who_wants_a_path_of_its_own_for_RTCP_is_told_that_there_is_no_ICE()
    {
        var answer = Answer(Browser().Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal));
        Assert.Equal((null, null, false), (answer.Audio.Dtls!.OurIce, answer.Audio.Dtls.TheirIce, answer.Audio.Dtls.MuxesControl));
        Assert.DoesNotContain(Lines(answer), line => line.StartsWith("a=ice", StringComparison.Ordinal) || line.StartsWith("a=candidate", StringComparison.Ordinal) || line == "a=rtcp-mux");
    }

    [Fact]
    public void A_reoffer_keeps_what_is_and_a_restart_renews_our_credentials()
    {
        var first = Answer(Browser());
        var local = us with { Terms = first.Audio.Dtls };
        var same = Answer(Browser(direction: "sendonly"), local, first.Session);
        Assert.Equal(first.Audio.Dtls!.OurIce, same.Audio.Dtls!.OurIce);
        Assert.Equal(MediaDirection.ReceiveOnly, same.Audio.Direction);
        var restarted = Answer(Browser(ufrag: "Other"), local, first.Session).Audio.Dtls!;
        Assert.NotEqual(first.Audio.Dtls.OurIce, restarted.OurIce);
        Assert.True(restarted.IsSameAssociation(first.Audio.Dtls)); // hands stay shaken
        Assert.Equal(restarted.OurIce, Answer(Browser(ufrag: "Other"), us with { Terms = restarted }).Audio.Dtls!.OurIce);
    }

    [Fact]
    public void Whoever_began_goes_on()
    {
        var first = Answer(Browser(setup: "passive"));
        var again = Answer(Browser(), us with { Terms = first.Audio.Dtls }, first.Session);
        Assert.Equal((DtlsRole.Client, "active"), (again.Audio.Dtls!.Role, again.Session.Media[0].Value("setup")));
    }

    [Fact]
    public void Another_certificate_is_another_association()
    {
        var first = Answer(Browser()).Audio.Dtls!;
        var other = Answer(Browser().Replace("AB:AB", "CD:CD", StringComparison.Ordinal)).Audio.Dtls!;
        Assert.False(other.IsSameAssociation(first));
    }

    [Fact]
    public void What_we_cannot_do_is_refused()
    {
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Browser(), us with { Dtls = null }));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Browser(setup: "holdconn")));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Browser(ufrag: "no")));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(Browser().Replace("fingerprint:sha-256", "fingerprint:md5", StringComparison.Ordinal)));
        Assert.Equal(SdpRefusal.NoAudio, Refusal(Browser().Replace("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/OTHER", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_DTLS_must_be_nothing_else_is_taken()
    {
        var strict = us with { RequiresDtls = true };
        const string plain = "v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(plain, strict));
        Assert.Equal(SdpRefusal.NoSecurity, Refusal(plain.Replace("AVP", "SAVP", StringComparison.Ordinal) + "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n", strict));
        Assert.False(Accept(strict, plain).Ok);
    }

    /// <summary>A phone with a fixed address (RFC 5763 §7), and lite as we are: each is where its description says.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("a=ice-lite\r\na=ice-ufrag:peer\r\na=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk\r\n")]
    public void Without_ICE_the_peer_is_where_it_says(string ice)
    {
        var answer = Answer($"v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\na=setup:actpass\r\na=fingerprint:SHA-256 {hash}\r\n{ice}m=audio 4000 UDP/TLS/RTP/SAVP 0\r\n");
        Assert.Equal(IPEndPoint.Parse("10.0.0.5:4000"), answer.Audio.Remote);
        Assert.Equal((null, false), (answer.Audio.Dtls!.OurIce, answer.Audio.Dtls.MuxesControl));
        Assert.DoesNotContain(Lines(answer), l => l.StartsWith("a=ice", StringComparison.Ordinal) || l.StartsWith("a=candidate", StringComparison.Ordinal) || l == "a=rtcp-mux" || l.StartsWith("a=group", StringComparison.Ordinal));
    }

    [Fact]
    public void Our_offer_leaves_open_who_begins_and_its_answer_says_so()
    {
        var strict = us with { RequiresDtls = true };
        var offer = OfferAnswer.Offer(strict);
        Assert.Equal(("UDP/TLS/RTP/SAVPF", "actpass", "0", Ours.Fragment), (offer.Media[0].Protocol, offer.Media[0].Value("setup"), offer.Media[0].Value("mid"), offer.Media[0].Value("ice-ufrag")));
        Assert.Contains(offer.Attributes, a => a is { Name: "group", Value: "BUNDLE 0" });
        var (ok, audio, _) = Accept(strict, Browser(setup: "active"));
        Assert.True(ok);
        Assert.Equal((DtlsRole.Server, Ours.Fragment, "GUnR"), (audio.Dtls!.Role, audio.Dtls.OurIce!.Fragment, audio.Dtls.TheirIce!.Fragment));
        Assert.Equal(DtlsRole.Client, Accept(strict, Browser(setup: "passive")).Audio.Dtls!.Role);
        Assert.Equal(SdpRefusal.NoSecurity, Accept(strict, Browser(setup: "actpass")).Refusal);
    }

    [Fact]
    public void A_caller_that_is_secured_by_DTLS_stays_so_in_our_offers()
    {
        var first = Answer(Browser());
        var again = OfferAnswer.Offer(us with { Terms = first.Audio.Dtls }, first.Session);
        Assert.Equal(("UDP/TLS/RTP/SAVPF", Ours.Fragment, "0"), (again.Media[0].Protocol, again.Media[0].Value("ice-ufrag"), again.Media[0].Value("mid")));
    }

    [Fact]
    public void A_line_that_is_refused_keeps_its_name()
    {
        var answer = Answer(Browser().Replace("BUNDLE 0", "BUNDLE 0 1", StringComparison.Ordinal) + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n");
        Assert.Equal((0, "1"), (answer.Session.Media[1].Port, answer.Session.Media[1].Value("mid")));
        Assert.Contains("a=group:BUNDLE 0", Lines(answer));
    }

    [Fact]
    public void A_password_is_not_printed() => Assert.DoesNotContain(Ours.Password, string.Join(' ', OfferAnswer.Offer(us with { RequiresDtls = true }).Media[0].Attributes), StringComparison.Ordinal);
}
