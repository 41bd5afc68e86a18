namespace CallCenter.Kit.Phones;

/// <summary>How a softphone secures its media, and nothing less.</summary>
public enum Secrecy
{
    None,

    /// <summary>SRTP with keys in SDP (RFC 4568).</summary>
    Sdes,

    /// <summary>SRTP with keys by DTLS (RFC 5764).</summary>
    Dtls,

    /// <summary>The same, over a path found by ICE.</summary>
    DtlsIce,
}
