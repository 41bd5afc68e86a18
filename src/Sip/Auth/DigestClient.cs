using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Auth;

/// <summary>Name and password of one of our own accounts, at a trunk.</summary>
public sealed record DigestCredentials(string User, string Password)
{
    /// <summary>A password never reaches a log.</summary>
    public override string ToString() => User;
}

/// <summary>Digest authentication as a client (RFC 3261 §22.2, RFC 7616 §3.4).</summary>
public static class DigestClient
{
    /// <summary>Answers the strongest challenge of a 401 or 407 that we understand. False where there is none.</summary>
    /// <param name="header">The header that the value goes into.</param>
    /// <param name="clientNonce">Random, of the client's choice.</param>
    /// <param name="count">How often this nonce was answered, this time included.</param>
    public static bool TryAnswer(SipResponse challenge, ReadOnlySpan<byte> method, string uri, DigestCredentials credentials, string clientNonce, uint count, out HeaderName header, out string value)
    {
        var proxy = challenge.Status == 407;
        header = proxy ? HeaderName.ProxyAuthorization : HeaderName.Authorization;
        value = "";
        DigestAlgorithm? best = null;
        foreach (var line in challenge.Lines(proxy ? HeaderName.ProxyAuthenticate : HeaderName.WwwAuthenticate))
        {
            if (!DigestFields.TryParse(line, out var fields) || !DigestAlgorithms.TryParse(fields["algorithm"u8], out var algorithm) || best >= algorithm) continue;
            if (fields["nonce"u8].IsEmpty || !TryQop(fields, out var qop)) continue;
            best = algorithm;
            value = Answer(fields, algorithm, qop, method, uri, credentials, clientNonce, count);
        }
        return best is not null;
    }

    /// <summary>True where the server said that only the nonce was too old: the password may be tried again.</summary>
    public static bool IsStale(SipResponse challenge)
    {
        foreach (var line in challenge.Lines(challenge.Status == 407 ? HeaderName.ProxyAuthenticate : HeaderName.WwwAuthenticate))
            if (DigestFields.TryParse(line, out var fields) && SipText.Same(fields["stale"u8], "true"u8)) return true;
        return false;
    }

    /// <summary>qop may be absent (RFC 2617), or a list that must offer auth.</summary>
    static bool TryQop(in DigestFields fields, out bool qop)
    {
        qop = fields.TryGet("qop"u8, out var offered);
        if (!qop) return true;
        foreach (var range in offered.Split((byte)','))
            if (SipText.Same(SipText.Trim(offered[range]), "auth"u8)) return true;
        return false;
    }

    static string Answer(in DigestFields fields, DigestAlgorithm algorithm, bool qop, ReadOnlySpan<byte> method, string uri, DigestCredentials credentials, string clientNonce, uint count)
    {
        var realm = Encoding.UTF8.GetString(fields["realm"u8]);
        var counted = count.ToString("x8", null);
        var input = new DigestInput
        {
            Method = method,
            Uri = Encoding.UTF8.GetBytes(uri),
            Nonce = fields["nonce"u8],
            Count = Encoding.ASCII.GetBytes(counted),
            ClientNonce = Encoding.ASCII.GetBytes(clientNonce),
            Qop = qop ? "auth"u8 : default,
        };
        var response = DigestResponse.Compute(algorithm, algorithm.Ha1(credentials.User, SipText.Unquote([(byte)'"', .. fields["realm"u8], (byte)'"']), credentials.Password), input);
        var text = new StringBuilder($"Digest username=\"{Quoted(credentials.User)}\", realm=\"{realm}\", nonce=\"{Encoding.UTF8.GetString(fields["nonce"u8])}\", uri=\"{uri}\", response=\"{response}\"");
        if (fields.TryGet("algorithm"u8, out _)) text.Append(", algorithm=").Append(Encoding.ASCII.GetString(algorithm.Name()));
        if (qop) text.Append(", qop=auth, nc=").Append(counted).Append(", cnonce=\"").Append(clientNonce).Append('"');
        if (fields.TryGet("opaque"u8, out var opaque)) text.Append(", opaque=\"").Append(Encoding.UTF8.GetString(opaque)).Append('"');
        return text.ToString();
    }

    static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
