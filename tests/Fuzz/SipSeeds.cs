using System.Text;

namespace CallCenter.Fuzz;

/// <summary>Real messages to begin from. In <see cref="InDialog"/>, $c, $l and $r stand for Call-ID, our tag and the peer's, $n for a number that grows, $b for a branch.</summary>
static class SipSeeds
{
    const string Head = "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK$b;rport\r\nMax-Forwards: 70\r\nFrom: \"Li, Wei\" <sip:7001@192.0.2.9>;tag=$r\r\nTo: <sip:4008001001@192.0.2.1>$t\r\nCall-ID: $c\r\n";
    const string Sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 20000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    static readonly string Body = $"Content-Type: application/sdp\r\nContent-Length: {Sdp.Length}\r\n\r\n{Sdp}";

    static string Make(string method, string tail) => $"{method} sip:4008001001@192.0.2.1;transport=udp SIP/2.0\r\n{Head}CSeq: $n {method}\r\nContact: <sip:7001@192.0.2.9:5060>\r\n{tail}";

    /// <summary>A call as it ought to be.</summary>
    public static readonly byte[] Invite = Encoding.UTF8.GetBytes(Make("INVITE", Body).Replace("$t", "", StringComparison.Ordinal));

    public static readonly byte[][] InDialog = [.. new[]
    {
        Make("INVITE", $"Allow: INVITE, ACK, CANCEL, BYE\r\nSupported: timer, 100rel\r\n{Body}"),
        Make("ACK", "Content-Length: 0\r\n\r\n"),
        Make("INFO", "Content-Type: application/dtmf-relay\r\nContent-Length: 10\r\n\r\nSignal=1\r\n"),
        Make("OPTIONS", "Accept: application/sdp\r\nContent-Length: 0\r\n\r\n"),
        Make("UPDATE", Body),
        Make("BYE", "Reason: Q.850;cause=16\r\nContent-Length: 0\r\n\r\n"),
    }.Select(Encoding.UTF8.GetBytes)];

    static readonly string[] Outside =
    [
        Make("INVITE", $"Record-Route: <sip:p1@192.0.2.3;lr>, <sip:192.0.2.4;lr>\r\n{Body}").Replace("$t", "", StringComparison.Ordinal),
        Make("CANCEL", "Content-Length: 0\r\n\r\n").Replace("$t", "", StringComparison.Ordinal),
        Make("REGISTER", "Expires: 300\r\nAuthorization: Digest username=\"1001\", realm=\"acme.localhost\", nonce=\"00\", uri=\"sip:acme.localhost\", response=\"00\", qop=auth, nc=00000001, cnonce=\"a\"\r\nContent-Length: 0\r\n\r\n").Replace("$t", "", StringComparison.Ordinal),
        $"SIP/2.0 180 Ringing\r\n{Head}CSeq: 1 INVITE\r\nContact: <sip:a@192.0.2.9>\r\nContent-Length: 0\r\n\r\n",
        $"SIP/2.0 200 OK\r\n{Head}CSeq: 1 INVITE\r\nContact: <sip:a@192.0.2.9>\r\n{Body}",
        $"SIP/2.0 407 Proxy Authentication Required\r\n{Head}CSeq: 1 INVITE\r\nProxy-Authenticate: Digest realm=\"x\", nonce=\"y\", qop=\"auth,auth-int\", algorithm=SHA-256\r\nContent-Length: 0\r\n\r\n",
    ];

    /// <summary>The messages above and the set of RFC 4475, where the repository is at hand.</summary>
    public static List<byte[]> All()
    {
        var seeds = Outside.Select(Encoding.UTF8.GetBytes).ToList();
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "tests", "Vectors", "rfc4475")))
                seeds.AddRange(Directory.GetFiles(Path.Combine(at.FullName, "tests", "Vectors", "rfc4475"), "*.dat").Order().Select(File.ReadAllBytes));
        return seeds;
    }
}
