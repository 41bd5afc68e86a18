using System.Globalization;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Sdp;

/// <summary>The RTP payload types of one media line, in one direction; null where the line has none.</summary>
/// <param name="Event">
/// telephone-event at 8 kHz (RFC 4733 §2.4). Beside Opus too, where everybody offers it besides the one at 48 kHz; its durations then count
/// at 8 kHz, its timestamps with the audio.
/// </param>
public readonly record struct PayloadTypes(byte? Pcmu, byte? Pcma, byte? Event)
{
    public byte? G722 { get; init; }

    public byte? Opus { get; init; }

    public byte? Of(AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu => Pcmu,
        AudioCodec.Pcma => Pcma,
        AudioCodec.G722 => G722,
        _ => Opus,
    };

    public PayloadTypes With(AudioCodec codec, byte? type) => codec switch
    {
        AudioCodec.Pcmu => this with { Pcmu = type },
        AudioCodec.Pcma => this with { Pcma = type },
        AudioCodec.G722 => this with { G722 = type },
        _ => this with { Opus = type },
    };

    /// <summary>The codecs that have a type.</summary>
    public IReadOnlyList<AudioCodec> All
    {
        get
        {
            List<AudioCodec> all = [];
            foreach (var codec in Enum.GetValues<AudioCodec>())
                if (Of(codec) is not null) all.Add(codec);
            return all;
        }
    }

    public bool TryCodec(byte payloadType, out AudioCodec codec)
    {
        codec = payloadType == Pcmu ? AudioCodec.Pcmu : payloadType == Pcma ? AudioCodec.Pcma : payloadType == G722 ? AudioCodec.G722 : AudioCodec.Opus;
        return payloadType == Of(codec);
    }

    /// <summary>
    /// Reads them off a line: rtpmap where there is one, the static types of RFC 3551 §6 where not. The first
    /// format of a kind counts; formats that are no payload type, or of another clock rate, are passed over.
    /// </summary>
    /// <param name="spoken">What may be preferred.</param>
    /// <param name="preferred">The first on the line that is spoken.</param>
    public static PayloadTypes Read(SdpMedia media, IReadOnlyList<AudioCodec> spoken, out AudioCodec? preferred)
    {
        preferred = null;
        var result = default(PayloadTypes);
        foreach (var format in media.Formats)
        {
            if (!byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) || type > 127) continue;
            var encoding = EncodingOf(media, format, type);
            if (encoding == "TELEPHONE-EVENT/8000" && result.Event is null) result = result with { Event = type };
            if (CodecOf(encoding) is not { } codec || result.Of(codec) is not null) continue;
            result = result.With(codec, type);
            if (spoken.Contains(codec)) preferred ??= codec;
        }
        return result;
    }

    static AudioCodec? CodecOf(string encoding) => encoding switch
    {
        "PCMU/8000" => AudioCodec.Pcmu,
        "PCMA/8000" => AudioCodec.Pcma,
        "G722/8000" => AudioCodec.G722,
        "OPUS/48000/2" => AudioCodec.Opus,
        _ => null,
    };

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
        return type switch { 0 => "PCMU/8000", 8 => "PCMA/8000", 9 => "G722/8000", _ => "" };
    }
}
