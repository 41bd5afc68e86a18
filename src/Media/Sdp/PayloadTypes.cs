using System.Globalization;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Sdp;

/// <summary>The RTP payload types of one media line, in one direction; null where the line has none.</summary>
/// <param name="Event">telephone-event at 8 kHz (RFC 4733 §2.4).</param>
public readonly record struct PayloadTypes(byte? Pcmu, byte? Pcma, byte? Event)
{
    public byte? Of(AudioCodec codec) => codec == AudioCodec.Pcmu ? Pcmu : Pcma;

    public bool TryCodec(byte payloadType, out AudioCodec codec)
    {
        codec = payloadType == Pcma ? AudioCodec.Pcma : AudioCodec.Pcmu;
        return payloadType == Pcmu || payloadType == Pcma;
    }

    /// <summary>
    /// Reads them off a line: rtpmap where there is one, the static types of RFC 3551 §6 where not. The first
    /// format of a kind counts; formats that are no payload type, or of another clock rate, are passed over.
    /// </summary>
    public static PayloadTypes Read(SdpMedia media, out AudioCodec? preferred)
    {
        preferred = null;
        var result = default(PayloadTypes);
        foreach (var format in media.Formats)
        {
            if (!byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) || type > 127) continue;
            switch (EncodingOf(media, format, type))
            {
                case "PCMU/8000" when result.Pcmu is null: result = result with { Pcmu = type }; preferred ??= AudioCodec.Pcmu; break;
                case "PCMA/8000" when result.Pcma is null: result = result with { Pcma = type }; preferred ??= AudioCodec.Pcma; break;
                case "TELEPHONE-EVENT/8000" when result.Event is null: result = result with { Event = type }; break;
            }
        }
        return result;
    }

    /// <summary>Encoding names are case-insensitive (RFC 8866 §6.6); one channel may be told or left out.</summary>
    static string EncodingOf(SdpMedia media, string format, byte type)
    {
        foreach (var attribute in media.Attributes)
        {
            if (attribute is not { Name: "rtpmap", Value: { } map }) continue;
            var blank = map.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !map.AsSpan(0, blank).SequenceEqual(format)) continue;
            var encoding = map[(blank + 1)..].Trim().ToUpperInvariant();
            return encoding.EndsWith("/8000/1", StringComparison.Ordinal) ? encoding[..^2] : encoding;
        }
        return type switch { 0 => "PCMU/8000", 8 => "PCMA/8000", _ => "" };
    }
}
