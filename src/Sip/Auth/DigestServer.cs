using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Auth;

/// <summary>What credentials say, before the password is looked up.</summary>
public enum DigestClaimState : byte
{
    /// <summary>No credentials for this realm that we could check: challenge.</summary>
    Absent,
    /// <summary>Fields are missing or cannot be: 400 (RFC 7616 §3.4).</summary>
    Malformed,
    /// <summary>A nonce that is not ours: challenge.</summary>
    Forged,
    /// <summary>A nonce of ours that is too old: challenge with stale=true, and the phone tries again without asking its user.</summary>
    Stale,
    /// <summary>Look up HA1 for <see cref="DigestClaim.User"/> and call <see cref="DigestServer.Verify"/>.</summary>
    Ready,
}

public enum DigestVerdict : byte
{
    Right,
    Wrong,
    /// <summary>Right, but used before: challenge with stale=true.</summary>
    Replayed,
}

/// <summary>Credentials of one request. Holds slices of it.</summary>
public readonly struct DigestClaim
{
    internal DigestFields Fields { get; init; }
    internal ulong NonceId { get; init; }
    internal long NonceIssuedAt { get; init; }
    internal uint Count { get; init; }
    public DigestAlgorithm Algorithm { get; init; }
    public string User { get; init; }
}

/// <summary>Digest authentication as a server (RFC 3261 §22, RFC 7616, RFC 8760): SHA-256 and MD5, qop auth. Keeps nothing but a bounded memory of nonce counts.</summary>
/// <remarks>The digest's uri is not compared with the Request-URI: phones behind outbound proxies write either, and nothing is served by it.</remarks>
/// <param name="mostNonces">Nonces whose counts are remembered.</param>
/// <param name="offered">Challenged with, the preferred first (RFC 8760 §2.4), and accepted; null = SHA-256, then MD5.</param>
public sealed class DigestServer(Nonces nonces, int mostNonces = 65_536, IReadOnlyList<DigestAlgorithm>? offered = null)
{
    readonly IReadOnlyList<DigestAlgorithm> offered = offered ?? [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];
    readonly NonceCounts counts = new(mostNonces);

    /// <summary>Adds the challenges to a 401 or 407, one for each algorithm.</summary>
    public SipWriter Challenge(SipWriter response, string realm, bool stale = false, bool proxy = false)
    {
        var nonce = nonces.Issue();
        foreach (var algorithm in offered)
        {
            var challenge = $"Digest realm=\"{realm}\", nonce=\"{nonce}\", algorithm={Encoding.ASCII.GetString(algorithm.Name())}, qop=\"auth\"{(stale ? ", stale=true" : "")}";
            response.Header(proxy ? HeaderName.ProxyAuthenticate : HeaderName.WwwAuthenticate, challenge);
        }
        return response;
    }

    /// <summary>Finds the credentials meant for this realm.</summary>
    public DigestClaimState Read(SipRequest request, string realm, out DigestClaim claim, bool proxy = false)
    {
        claim = default;
        var wanted = Encoding.UTF8.GetBytes(realm);
        foreach (var line in request.Lines(proxy ? HeaderName.ProxyAuthorization : HeaderName.Authorization))
        {
            if (!DigestFields.TryParse(line, out var fields) || !fields["realm"u8].SequenceEqual(wanted)) continue;
            if (DigestAlgorithms.TryParse(fields["algorithm"u8], out var algorithm) && offered.Contains(algorithm)) return Judge(fields, algorithm, out claim);
        }
        return DigestClaimState.Absent;
    }

    DigestClaimState Judge(in DigestFields fields, DigestAlgorithm algorithm, out DigestClaim claim)
    {
        claim = default;
        if (fields["username"u8].IsEmpty || fields["uri"u8].IsEmpty || fields["response"u8].IsEmpty) return DigestClaimState.Malformed;
        var count = 1u; // without qop there is no count, so such a nonce serves once
        if (fields.TryGet("qop"u8, out var qop))
        {
            if (!SipText.Same(qop, "auth"u8) || fields["cnonce"u8].IsEmpty || !TryCount(fields["nc"u8], out count)) return DigestClaimState.Malformed;
        }
        var state = nonces.Check(fields["nonce"u8], out var id, out var issuedAt);
        if (state != NonceState.Fresh) return state == NonceState.Stale ? DigestClaimState.Stale : DigestClaimState.Forged;
        var user = SipText.Unquote([(byte)'"', .. fields["username"u8], (byte)'"']);
        claim = new() { Fields = fields, NonceId = id, NonceIssuedAt = issuedAt, Count = count, Algorithm = algorithm, User = user };
        return DigestClaimState.Ready;
    }

    static bool TryCount(ReadOnlySpan<byte> text, out uint count) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count) && text.Length == 8 && count > 0;

    /// <summary>Compares in constant time. For an unknown user pass an HA1 of random bytes, so that the answer takes as long as for a known one.</summary>
    /// <param name="method">The request's method as written.</param>
    /// <param name="ha1">H(user:realm:password) by <see cref="DigestClaim.Algorithm"/>, 16 or 32 bytes.</param>
    public DigestVerdict Verify(in DigestClaim claim, ReadOnlySpan<byte> method, ReadOnlySpan<byte> ha1)
    {
        var expected = Encoding.ASCII.GetBytes(DigestResponse.Compute(claim.Algorithm, ha1, DigestInput.From(claim.Fields, method)));
        Span<byte> given = stackalloc byte[DigestAlgorithms.MostHex];
        given.Clear();
        var response = claim.Fields["response"u8];
        if (response.Length > given.Length) return DigestVerdict.Wrong;
        System.Text.Ascii.ToLower(response, given, out _);
        if (!CryptographicOperations.FixedTimeEquals(expected, given[..response.Length])) return DigestVerdict.Wrong;
        return counts.TryUse(claim.NonceId, claim.NonceIssuedAt, claim.Count) ? DigestVerdict.Right : DigestVerdict.Replayed;
    }
}
