using System.Net;
using CallCenter.Media.Codecs;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Sdp;

/// <summary>What an offer and its answer settled for one leg: all the engine needs to talk to the peer.</summary>
/// <param name="Codec">What we send.</param>
/// <param name="Send">Payload types of packets we send: the peer's numbers.</param>
/// <param name="Receive">Payload types we told the peer; any of them may come (RFC 3264 §5.1).</param>
/// <param name="Remote">Where SDP says the peer listens; null if it gave none we may use (held with 0.0.0.0, a host name): then we send only after it has spoken.</param>
/// <param name="RemoteControl">Its RTCP address: <c>a=rtcp</c> (RFC 3605), else the port above.</param>
/// <param name="Direction">Ours.</param>
public sealed record NegotiatedAudio(AudioCodec Codec, PayloadTypes Send, PayloadTypes Receive, IPEndPoint? Remote, IPEndPoint? RemoteControl, MediaDirection Direction)
{
    /// <summary>Secures the leg both ways; null = plain RTP.</summary>
    public SrtpKeys? Keys { get; init; }

    /// <summary>A handshake secures the leg, and nothing flows before it; null = <see cref="Keys"/> says all.</summary>
    public DtlsTerms? Dtls { get; init; }

    /// <summary>What the peer wants of Opus that we send it.</summary>
    public OpusTerms Opus { get; init; } = OpusTerms.Usual;

    /// <summary>Whence the peer signals, which SDP does not say: media from there is the peer's too, behind a NAT. Null where it is an edge of ours, or not known.</summary>
    public IPAddress? SignalledFrom { get; init; }

    // Asked for each packet: HasFlag would box in code that is not yet optimized.
    public bool Sends => (Direction & MediaDirection.SendOnly) != 0;

    public bool Receives => (Direction & MediaDirection.ReceiveOnly) != 0;
}

/// <summary>Why no audio can flow; SIP says 488 Not Acceptable Here to each (RFC 3261 §21.4.26).</summary>
public enum SdpRefusal
{
    None,

    /// <summary>No usable audio line: none offered, all with port 0, or only profiles we do not speak.</summary>
    NoAudio,

    /// <summary>Secured, but without a key and a suite that we can use; or not secured where it must be.</summary>
    NoSecurity,

    /// <summary>No codec that we speak.</summary>
    NoCodec,

    /// <summary>The answer does not fit the offer (line count or kind, RFC 3264 §6).</summary>
    NotAnAnswer,
}
