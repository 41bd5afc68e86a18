using CallCenter.Media.Srtp;

namespace CallCenter.Media.Dtls;

/// <summary>A protection profile of DTLS-SRTP (RFC 5764 §4.1.2, RFC 7714 §14.2): number and name there, and what it is as a suite.</summary>
sealed record DtlsProfile(int Number, string Name, SrtpSuite Suite)
{
    /// <summary>Preferred first: the one that every peer knows, and costs less than GCM.</summary>
    static readonly DtlsProfile[] all =
    [
        new(1, "SRTP_AES128_CM_SHA1_80", SrtpSuite.Find("AES_CM_128_HMAC_SHA1_80")!),
        new(7, "SRTP_AEAD_AES_128_GCM", SrtpSuite.Find("AEAD_AES_128_GCM")!),
    ];

    /// <summary>As OpenSSL wants them.</summary>
    public static string Offered { get; } = string.Join(':', all.Select(p => p.Name));

    public static DtlsProfile? Find(int number) => Array.Find(all, p => p.Number == number);
}
