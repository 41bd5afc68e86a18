using System.Text;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Sdp;

public sealed class SdpReaderTests
{
    /// <summary>RFC 3264 §10.1, Alice's offer.</summary>
    public const string Alice = """
        v=0
        o=alice 2890844526 2890844526 IN IP4 host.anywhere.com
        s=
        c=IN IP4 host.anywhere.com
        t=0 0
        m=audio 49170 RTP/AVP 0
        a=rtpmap:0 PCMU/8000
        m=video 51372 RTP/AVP 31
        a=rtpmap:31 H261/90000
        m=video 53000 RTP/AVP 32
        a=rtpmap:32 MPV/90000
        """;

    public static SdpSession Read(string text)
    {
        Assert.True(SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out var session, out var fault), fault.ToString());
        return session;
    }

    [Fact]
    public void The_offer_of_rfc_3264_is_read_whole()
    {
        var session = Read(Alice);
        Assert.Equal(new("alice", 2890844526, 2890844526, "host.anywhere.com"), session.Origin);
        Assert.Equal("host.anywhere.com", session.Connection);
        Assert.Equal([("audio", 49170), ("video", 51372), ("video", 53000)], session.Media.Select(m => (m.Kind, m.Port)));
        Assert.Equal("31 H261/90000", session.Media[1].Value("rtpmap"));
    }

    [Fact]
    public void Writing_and_reading_again_gives_the_same_text()
    {
        var once = SdpWriter.Write(Read(Alice));
        Assert.True(SdpReader.TryRead(once, out var again, out _));
        Assert.Equal(Encoding.UTF8.GetString(once), Encoding.UTF8.GetString(SdpWriter.Write(again)));
    }

    [Fact]
    public void Lines_may_end_in_lf_only_or_not_at_all() =>
        Assert.Single(Read("v=0\no=- 1 1 IN IP4 1.2.3.4\nc=IN IP4 1.2.3.4\nm=audio 4000 RTP/AVP 0").Media);

    [Fact]
    public void Media_level_lines_override_those_of_the_session()
    {
        var session = Read("v=0\no=- 1 1 IN IP4 1.2.3.4\nc=IN IP4 1.2.3.4\na=sendonly\nm=audio 4000 RTP/AVP 0\nm=audio 5000 RTP/AVP 8\nc=IN IP4 5.6.7.8/127\na=recvonly\n");
        Assert.Equal(["1.2.3.4", "5.6.7.8"], session.Media.Select(session.AddressOf));
        Assert.Equal([MediaDirection.SendOnly, MediaDirection.ReceiveOnly], session.Media.Select(session.DirectionOf));
    }

    [Theory]
    [InlineData("", SdpFault.NoOrigin)]
    [InlineData("v=1\n", SdpFault.WrongVersion)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\n", SdpFault.WrongVersion)]
    [InlineData("v=0\ns=-\n", SdpFault.NoOrigin)]
    [InlineData("v=0\no=- x 1 IN IP4 1.2.3.4\n", SdpFault.BadOrigin)]
    [InlineData("v=0\no=- 1 1 IN IP4 1.2.3.4\nc=IN IP9 x\n", SdpFault.BadConnection)]
    [InlineData("v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 70000 RTP/AVP 0\n", SdpFault.BadMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 4000 RTP/AVP\n", SdpFault.BadMedia)]
    [InlineData("v=0\nhello\n", SdpFault.NotALine)]
    public void Nonsense_is_refused_by_name(string text, SdpFault expected)
    {
        Assert.False(SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Size_lines_and_media_are_bounded()
    {
        Assert.Equal(SdpFault.TooLong, Fault(new('a', SdpReader.MaxSize + 1)));
        Assert.Equal(SdpFault.TooManyLines, Fault("v=0\no=- 1 1 IN IP4 1.2.3.4\n" + string.Concat(Enumerable.Repeat("a=x\n", SdpReader.MaxLines))));
        Assert.Equal(SdpFault.BadMedia, Fault("v=0\no=- 1 1 IN IP4 1.2.3.4\n" + string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\n", SdpReader.MaxMedia + 1))));

        static SdpFault Fault(string text)
        {
            Assert.False(SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var fault));
            return fault;
        }
    }
}
