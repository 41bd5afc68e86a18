using System.Globalization;

namespace CallCenter.Media.Sdp;

/// <summary>What a peer wants of the Opus that it is sent (the fmtp line, RFC 7587 §6.1 and §7).</summary>
/// <param name="Bitrate">Bits a second that it takes in the mean, at the most: <c>maxaveragebitrate</c>, 6,000–510,000.</param>
/// <param name="Repeats">It makes use of packets that repeat the one before (<c>useinbandfec</c>; who says nothing does not).</param>
public readonly record struct OpusTerms(int Bitrate, bool Repeats)
{
    public const int LeastBitrate = 6_000, MostBitrate = 510_000;

    /// <summary>Where no description says more.</summary>
    public static readonly OpusTerms Usual = new(MostBitrate, Repeats: true);

    /// <summary>Values that make no sense are passed over, as if they were not there.</summary>
    /// <param name="type">Opus' payload type on the line; null: it has none.</param>
    public static OpusTerms Read(SdpMedia media, byte? type)
    {
        var terms = new OpusTerms(MostBitrate, Repeats: false);
        if (type is not { } number) return Usual;
        var head = number.ToString(CultureInfo.InvariantCulture) + " ";
        foreach (var attribute in media.Attributes)
        {
            if (attribute is not { Name: "fmtp", Value: { } value } || !value.StartsWith(head, StringComparison.Ordinal)) continue;
            foreach (var parameter in value[head.Length..].Split(';', StringSplitOptions.TrimEntries)) terms = terms.With(parameter);
        }
        return terms;
    }

    OpusTerms With(string parameter)
    {
        if (parameter.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value] || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return this;
        return name.ToLowerInvariant() switch
        {
            "maxaveragebitrate" when number >= LeastBitrate => this with { Bitrate = Math.Min(number, MostBitrate) },
            "useinbandfec" => this with { Repeats = number == 1 },
            _ => this,
        };
    }
}
