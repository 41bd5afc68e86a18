using System.Text;

namespace CallCenter.Sip.Auth;

/// <summary>The request-digest (RFC 7616 §3.4.1; RFC 2617 §3.2.2.1 where qop is absent).</summary>
static class DigestResponse
{
    /// <summary>
    /// <c>H( hex(HA1) : nonce [: nc : cnonce : qop] : hex(H(method : uri)) )</c> in lower-case hexadecimal; the bracket falls away without qop.
    /// </summary>
    public static string Compute(DigestAlgorithm algorithm, ReadOnlySpan<byte> ha1, in DigestInput input)
    {
        var text = new List<byte>(256);
        Append(text, input.Method, ":"u8, input.Uri);
        var ha2 = Hex(algorithm.Hash([.. text]));
        text.Clear();
        Append(text, Encoding.ASCII.GetBytes(Hex(ha1)), ":"u8, input.Nonce);
        if (!input.Qop.IsEmpty)
        {
            Append(text, ":"u8, input.Count, ":"u8);
            Append(text, input.ClientNonce, ":"u8, input.Qop);
        }
        Append(text, ":"u8, Encoding.ASCII.GetBytes(ha2), default);
        return Hex(algorithm.Hash([.. text]));
    }

    static void Append(List<byte> text, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        text.AddRange(first);
        text.AddRange(second);
        text.AddRange(third);
    }

    static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);
}

/// <summary>What goes into a digest besides the password, each as it stands on the wire, unquoted.</summary>
readonly ref struct DigestInput
{
    public ReadOnlySpan<byte> Method { get; init; }
    public ReadOnlySpan<byte> Uri { get; init; }
    public ReadOnlySpan<byte> Nonce { get; init; }
    /// <summary>nc, eight hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Count { get; init; }
    public ReadOnlySpan<byte> ClientNonce { get; init; }
    /// <summary>Empty, or <c>auth</c>.</summary>
    public ReadOnlySpan<byte> Qop { get; init; }

    public static DigestInput From(in DigestFields fields, ReadOnlySpan<byte> method) => new()
    {
        Method = method,
        Uri = fields["uri"u8],
        Nonce = fields["nonce"u8],
        Count = fields["nc"u8],
        ClientNonce = fields["cnonce"u8],
        Qop = fields["qop"u8],
    };
}
