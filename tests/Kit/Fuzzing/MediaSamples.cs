using System.Text;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;

namespace CallCenter.Kit.Fuzzing;

/// <summary>Real messages of media, to be damaged by a <see cref="ByteMutator"/> and thrown at parsers or at a running product.</summary>
public static class MediaSamples
{
    /// <summary>Session descriptions: RFC 3264 §10.1, a softphone's, a browser's, a carrier's on hold, one with keys (RFC 4568 §4.1).</summary>
    public static IReadOnlyList<byte[]> Sdp { get; } =
    [
        Text("v=0\no=alice 2890844526 2890844526 IN IP4 host.anywhere.com\ns=\nc=IN IP4 host.anywhere.com\nt=0 0\nm=audio 49170 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=video 51372 RTP/AVP 31\na=rtpmap:31 H261/90000\nm=video 53000 RTP/AVP 32\na=rtpmap:32 MPV/90000\n"),
        Text("v=0\no=- 3945867 1 IN IP4 192.168.1.20\ns=-\nc=IN IP4 192.168.1.20\nt=0 0\nm=audio 16430 RTP/AVP 96 0 8 101\nb=AS:64\na=rtpmap:96 opus/48000/2\na=fmtp:96 stereo=1;useinbandfec=1\na=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15\na=rtcp:16431\na=sendrecv\na=ptime:20\n"),
        Text("v=0\no=- 46117 2 IN IP6 ::1\ns=-\nt=0 0\na=group:BUNDLE 0\na=msid-semantic: WMS\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126\nc=IN IP6 2001:db8::1\na=rtcp:9 IN IP4 0.0.0.0\na=ice-ufrag:abcd\na=ice-pwd:0123456789abcdef01234567\na=fingerprint:sha-256 " + Hash + "\na=setup:actpass\na=mid:0\na=rtcp-mux\na=rtpmap:126 telephone-event/8000\n"),
        Text("v=0\no=carrier 1 99 IN IP4 203.0.113.5\ns=call\nc=IN IP4 0.0.0.0\nt=0 0\nm=audio 30000 RTP/AVP 8 18 100\na=rtpmap:8 PCMA/8000\na=rtpmap:18 G729/8000\na=rtpmap:100 telephone-event/8000\na=inactive\nm=image 0 udptl t38\n"),
        Text("v=0\no=sam 2890844526 2890842807 IN IP4 10.47.16.5\ns=SRTP\nc=IN IP4 161.44.17.12\nt=0 0\nm=audio 49170 RTP/SAVP 0 101\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_ORDER=FEC_SRTP\na=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj|2^20 WSH=128\na=crypto:3 AEAD_AES_128_GCM inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpXw\na=rtpmap:101 telephone-event/8000\n"),
    ];

    static string Hash => string.Join(':', Enumerable.Repeat("5C", 32));

    /// <summary>RTP: plain audio, with CSRCs, extension and padding, and a key press.</summary>
    public static IReadOnlyList<byte[]> Rtp { get; } = [Audio(0), Audio(8), Extended(), Key()];

    /// <summary>RTCP compounds: SR with block, RR with BYE, both with an extended report.</summary>
    public static IReadOnlyList<byte[]> Rtcp { get; } = [Reports(true), Reports(false)];

    static byte[] Text(string sdp) => Encoding.UTF8.GetBytes(sdp.ReplaceLineEndings("\r\n"));

    static byte[] Audio(byte type)
    {
        var packet = new byte[RtpHeader.Size + 160];
        RtpHeader.Write(packet, false, type, 4711, 160_000, 0xDEADBEEF);
        return packet;
    }

    static byte[] Extended() => [0xB2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, .. new byte[160], 0, 0, 3];

    static byte[] Key()
    {
        var packet = new byte[RtpHeader.Size + DtmfEvent.Size];
        RtpHeader.Write(packet, true, 101, 4712, 160_160, 0xDEADBEEF);
        new DtmfEvent(5, true, 10, 800).Write(packet.AsSpan(RtpHeader.Size));
        return packet;
    }

    static byte[] Reports(bool sent)
    {
        var buffer = new byte[RtcpWriter.MaxSize];
        var writer = new RtcpWriter(buffer);
        writer.Report(1, sent ? new SenderInfo(new(0xB44DB705_20000000), 160, 1, 160) : null, new ReportBlock(2, 1, 5, 4711, 80, 3, 4));
        writer.SourceDescription(1, "0123456789ab"u8);
        writer.ExtendedReport(1, new(2, 1, 200, 5, 0, 1, 900, 80, 40), new(2, 6, 3, 128, 2, 80, 6000, 40, 60, 80, 40, 39));
        if (!sent) writer.Goodbye(1);
        return buffer[..writer.Length];
    }
}
