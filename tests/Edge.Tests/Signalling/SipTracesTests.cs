using System.Net;
using System.Text;
using CallCenter.Edge.Signalling;
using CallCenter.Kit.Time;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Tests.Signalling;

public sealed class SipTracesTests
{
    static readonly SipFlow Peer = new(null, new(IPAddress.Parse("192.0.2.77"), 5060));

    readonly TestClock clock = new();
    readonly SipTraces traces;

    public SipTracesTests() => traces = new(clock);

    static byte[] Message(string start, string cseq, string callId = "abc") =>
        Encoding.ASCII.GetBytes($"{start}\r\nVia: SIP/2.0/UDP 192.0.2.77;branch=z9hG4bK1\r\nFrom: <sip:13800138000@a>;tag=1\r\nTo: <sip:4008001002@b>\r\nCall-ID: {callId}\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");

    void Comes(string start, string cseq, string callId = "abc")
    {
        Assert.True(SipParser.TryParse(Message(start, cseq, callId), out var message, out _));
        traces.Came(message, Peer);
    }

    void Leaves(string start, string cseq, string callId = "abc") => traces.Left(Message(start, cseq, callId), Peer);

    [Fact]
    public void What_comes_and_leaves_of_a_session_is_noted_from_its_invite_on_without_anybodys_number_or_address()
    {
        Leaves("SIP/2.0 200 OK", "7 INVITE"); // of a session before this start
        Comes("INVITE sip:4008001002@b SIP/2.0", "7 INVITE");
        clock.Advance(TimeSpan.FromMilliseconds(3));
        Leaves("SIP/2.0 100 Trying", "7 INVITE");
        clock.Advance(TimeSpan.FromSeconds(2));
        Leaves("BYE sip:13800138000@a SIP/2.0", "1 BYE");
        Assert.Equal(new LegSignalling(" 192.0.2.x", clock.GetUtcNow().AddMilliseconds(-2003), "0<INVITE.7 3>100.INVITE.7 2003>BYE.1"), traces.Take("abc"));
        Assert.Null(traces.Take("abc"));
        Assert.Equal(0, traces.Count);
    }

    [Fact]
    public void More_than_is_kept_is_counted()
    {
        Comes("INVITE sip:4008001002@b SIP/2.0", "7 INVITE");
        for (var i = 0; i < LegSignalling.Most; i++) Comes("INFO sip:4008001002@b SIP/2.0", $"{8 + i} INFO");
        var kept = traces.Take("abc")!;
        Assert.Equal((LegSignalling.Most, 1), (kept.Read().Count, kept.More));
    }

    [Fact]
    public void What_never_was_a_leg_is_forgotten_and_who_talks_is_not()
    {
        Comes("INVITE sip:1@b SIP/2.0", "7 INVITE", "refused");
        Comes("INVITE sip:1@b SIP/2.0", "7 INVITE", "talks");
        Leaves("SIP/2.0 200 OK", "7 INVITE", "talks");
        clock.Advance(SipTraces.Memory + TimeSpan.FromSeconds(1));
        Comes("INVITE sip:1@b SIP/2.0", "7 INVITE", "new");
        Assert.Equal(2, traces.Count);
        Assert.Null(traces.Take("refused"));
        Assert.NotNull(traces.Take("talks"));
    }

    [Fact]
    public void Registrations_and_questions_begin_nothing()
    {
        Comes("REGISTER sip:b SIP/2.0", "1 REGISTER");
        Comes("OPTIONS sip:b SIP/2.0", "1 OPTIONS");
        Assert.Equal(0, traces.Count);
    }
}
