using System.Net;
using CallCenter.Media.Codecs;

namespace CallCenter.Kit.Phones;

/// <summary>The few lines of SDP that a plain phone says and reads, written without the product's own SDP code.</summary>
public static class SdpText
{
    public static string Of(IPEndPoint local, params AudioCodec[] codecs) => Of(local, "sendrecv", codecs);

    /// <param name="direction">sendrecv, sendonly, recvonly or inactive (RFC 3264 §5.1).</param>
    public static string Of(IPEndPoint local, string direction, params AudioCodec[] codecs)
    {
        var types = string.Join(' ', codecs.Select(c => (int)c));
        var maps = string.Concat(codecs.Select(c => $"a=rtpmap:{(int)c} {(c switch { AudioCodec.Pcmu => "PCMU/8000", AudioCodec.Pcma => "PCMA/8000", AudioCodec.G722 => "G722/8000", AudioCodec.Opus => "opus/48000/2", _ => "other/8000" })}\r\n"));
        return $"v=0\r\no=- {local.Port} 1 IN IP4 {local.Address}\r\ns=-\r\nc=IN IP4 {local.Address}\r\nt=0 0\r\nm=audio {local.Port} RTP/AVP {types} 101\r\n{maps}a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na={direction}\r\n";
    }

    /// <summary>The same without telephone-event.</summary>
    public static string WithoutEvents(string sdp) =>
        string.Concat(sdp.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("a=rtpmap:101 ", StringComparison.Ordinal) && !l.StartsWith("a=fmtp:101 ", StringComparison.Ordinal))
            .Select(l => (l.StartsWith("m=audio ", StringComparison.Ordinal) ? l.Replace(" 101", "", StringComparison.Ordinal) : l) + "\r\n"));

    /// <summary>Where the other side listens; null without an audio line.</summary>
    public static IPEndPoint? Remote(string sdp)
    {
        var lines = sdp.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var audio = lines.FirstOrDefault(l => l.StartsWith("m=audio ", StringComparison.Ordinal))?.Split(' ');
        var address = lines.LastOrDefault(l => l.StartsWith("c=IN IP4 ", StringComparison.Ordinal))?["c=IN IP4 ".Length..];
        return audio is null || address is null || audio[1] == "0" ? null : new(IPAddress.Parse(address), int.Parse(audio[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
