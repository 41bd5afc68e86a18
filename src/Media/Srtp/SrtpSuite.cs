namespace CallCenter.Media.Srtp;

/// <summary>A crypto suite: cipher, authentication and their sizes in bytes.</summary>
/// <param name="Name">As <c>a=crypto</c> says it.</param>
/// <param name="KeySize">Master and session key.</param>
/// <param name="SaltSize">Master and session salt.</param>
/// <param name="TagSize">Authentication tag of an RTP packet.</param>
/// <param name="ControlTagSize">Authentication tag of an RTCP packet: 80 bits also where RTP has 32 (RFC 3711 §5.2, RFC 4568 §6.2.2).</param>
/// <param name="IsAead">AES-GCM, which seals and authenticates at once (RFC 7714), and not counter mode with HMAC-SHA1.</param>
public sealed record SrtpSuite(string Name, int KeySize, int SaltSize, int TagSize, int ControlTagSize, bool IsAead)
{
    /// <summary>No suite's tag is longer.</summary>
    public const int MaxTagSize = 16;

    /// <summary>Every suite we can do (RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §14.1).</summary>
    public static readonly IReadOnlyList<SrtpSuite> All =
    [
        new("AES_CM_128_HMAC_SHA1_80", 16, 14, 10, 10, false),
        new("AES_CM_128_HMAC_SHA1_32", 16, 14, 4, 10, false),
        new("AES_256_CM_HMAC_SHA1_80", 32, 14, 10, 10, false),
        new("AES_256_CM_HMAC_SHA1_32", 32, 14, 4, 10, false),
        new("AEAD_AES_128_GCM", 16, 12, 16, 16, true),
        new("AEAD_AES_256_GCM", 32, 12, 16, 16, true),
    ];

    /// <summary>What we offer, the one that every peer knows first; tags of 32 bits are accepted, but not asked for.</summary>
    public static readonly IReadOnlyList<SrtpSuite> Offered = [.. All.Where(s => s.TagSize >= 10)];

    public int MasterSize => KeySize + SaltSize;

    /// <summary>Null if we cannot do it. Names are compared as they stand (RFC 4568 §9.2).</summary>
    public static SrtpSuite? Find(ReadOnlySpan<char> name)
    {
        foreach (var suite in All)
            if (name.SequenceEqual(suite.Name)) return suite;
        return null;
    }
}
