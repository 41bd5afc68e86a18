using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Links;

/// <summary>
/// The header <c>Edge-Link</c> by which one edge shows another who it is, and for which call it asks:
/// <c>edge;epoch;tenant/call;instant;nonce;mac</c>, with <c>;line=extension</c> before the mac where a phone's second line is wanted.
/// The mac is an HMAC-SHA-256 of all before it, with the key that the asked edge gave to the grains.
/// </summary>
/// <param name="Line">Whose phone, in that call, dials on a second line; null if a phone is to be called.</param>
sealed record LinkProof(EdgeId From, long Epoch, CallRef? Call, string? Line = null)
{
    /// <summary>A proof is good for this long, and once.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(60);

    const int NonceBytes = 12;
    const string LineMark = "line=";

    public static ReadOnlySpan<byte> Header => "Edge-Link"u8;

    public string Write(byte[] key, DateTimeOffset now)
    {
        var call = Call is { } c ? $"{c.Tenant}/{c.Call}" : "";
        var said = string.Create(CultureInfo.InvariantCulture, $"{From};{Epoch};{call};{now.ToUnixTimeMilliseconds()};{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes))}{(Line is null ? "" : $";{LineMark}{Line}")}");
        return $"{said};{Mac(key, said)}";
    }

    /// <summary>Null if the request carries none, or one that is not ours to believe.</summary>
    public static LinkProof? Read(SipRequest request, byte[] key, DateTimeOffset now, LinkNonces seen)
    {
        var text = Encoding.ASCII.GetString(request.Value(Header).Span);
        var end = text.LastIndexOf(';');
        if (end < 0 || !Same(Mac(key, text[..end]), text[(end + 1)..])) return null;
        var parts = text.Split(';');
        if (parts.Length is not (6 or 7) || (parts.Length == 7 && !parts[5].StartsWith(LineMark, StringComparison.Ordinal)) || !EdgeId.TryParse(parts[0], null, out var from) || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(parts[3], CultureInfo.InvariantCulture, out var at) || (now - DateTimeOffset.FromUnixTimeMilliseconds(at)).Duration() > Good || !seen.TryAdd(parts[4], now)) return null;
        return new(from, epoch, CallOf(parts[2]), parts.Length == 7 ? parts[5][LineMark.Length..] : null);
    }

    static CallRef? CallOf(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && TenantId.TryParse(text[..slash], null, out var tenant) && CallId.TryParse(text[(slash + 1)..], null, out var call) ? new(tenant, call) : null;
    }

    static string Mac(byte[] key, string said) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(said)));

    static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
}

/// <summary>Proofs that were used, for as long as they would be good. Lives on the loop.</summary>
sealed class LinkNonces
{
    readonly HashSet<string> seen = [];
    readonly Queue<(string Nonce, DateTimeOffset Until)> inOrder = [];

    public bool TryAdd(string nonce, DateTimeOffset now)
    {
        while (inOrder.TryPeek(out var oldest) && oldest.Until < now)
        {
            inOrder.Dequeue();
            seen.Remove(oldest.Nonce);
        }
        if (!seen.Add(nonce)) return false;
        inOrder.Enqueue((nonce, now + 2 * LinkProof.Good)); // clocks may differ either way
        return true;
    }
}
