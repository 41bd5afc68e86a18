namespace CallCenter.Media.Sdp;

/// <summary>An attribute line, <c>a=name[:value]</c> (RFC 8866 §5.13).</summary>
public sealed record SdpAttribute(string Name, string? Value = null)
{
    /// <summary>A key of SRTP (RFC 4568 §9.1).</summary>
    public const string Crypto = "crypto";

    /// <summary>Who has it may say where media goes (RFC 8839 §5.4).</summary>
    public const string IcePassword = "ice-pwd";

    /// <summary>As printed, never as written into a description: a key is not shown.</summary>
    public override string ToString() => Name is Crypto or IcePassword ? $"{Name}:***" : $"{Name}:{Value}";
}

/// <summary>The o= line (RFC 8866 §5.2). The version rises by one with every changed description (RFC 3264 §8).</summary>
public sealed record SdpOrigin(string User, ulong SessionId, ulong Version, string Address);

/// <summary>A session description (RFC 8866), as far as offer and answer need it; unknown lines are skipped.</summary>
/// <param name="Connection">Session-level c= address: an IP literal or a host name; null if absent.</param>
/// <param name="Timing">The t= value, mirrored in an answer (RFC 3264 §6).</param>
public sealed record SdpSession(SdpOrigin Origin, string Name, string? Connection, string Timing, IReadOnlyList<SdpAttribute> Attributes, IReadOnlyList<SdpMedia> Media)
{
    public const string NoTiming = "0 0";

    /// <summary>Where media of this line goes: its own c= line, else the session's (RFC 8866 §5.7).</summary>
    public string? AddressOf(SdpMedia media) => media.Connection ?? Connection;

    /// <summary>An attribute of this line, else the session's own.</summary>
    public string? ValueFor(SdpMedia media, string name) => media.Value(name) ?? Attributes.FirstOrDefault(a => a.Name == name)?.Value;

    public MediaDirection DirectionOf(SdpMedia media) =>
        media.Direction ?? SdpMedia.FindDirection(Attributes) ?? MediaDirection.SendReceive;
}

/// <summary>A media description, <c>m=kind port protocol formats</c> with the lines under it (RFC 8866 §5.14).</summary>
/// <param name="Port">0 = rejected or gone (RFC 3264 §6, §8.2).</param>
public sealed record SdpMedia(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats, string? Connection, IReadOnlyList<SdpAttribute> Attributes)
{
    public const string Audio = "audio";

    /// <summary>Plain RTP with the audio/video profile of RFC 3551.</summary>
    public const string RtpAvp = "RTP/AVP";

    /// <summary>The same secured by SRTP (RFC 3711 §12), with keys in <c>a=crypto</c>.</summary>
    public const string RtpSavp = "RTP/SAVP";

    public MediaDirection? Direction => FindDirection(Attributes);

    public string? Value(string name) => Attributes.FirstOrDefault(a => a.Name == name)?.Value;

    internal static MediaDirection? FindDirection(IEnumerable<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
            if (MediaDirections.TryParse(attribute.Name, out var direction)) return direction;
        return null;
    }
}
