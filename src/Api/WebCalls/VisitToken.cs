using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CallCenter.Api.WebCalls;

/// <summary>
/// Says that its holder is the visitor of one call, and which edge holds the leg: sealed under the tenant's key, so that nobody makes one and nobody reads one, and
/// nothing need be kept of it.
/// </summary>
/// <param name="EdgeEpoch">The start of the edge that is meant.</param>
internal sealed record VisitToken(CallId Call, EdgeId Edge, long EdgeEpoch)
{
    /// <summary>Other things are sealed under the same key.</summary>
    private const string Kind = "visit";

    private const int Longest = 1024;

    public string Seal(TenantId tenant, ITenantCipher cipher) =>
        Base64Url.EncodeToString(cipher.Encrypt(tenant, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind} {Call} {Edge} {EdgeEpoch}"))));

    /// <summary>What the request's bearer token says; false if it is none of ours for that call.</summary>
    public static bool TryRead(HttpRequest request, TenantId tenant, CallId call, ITenantCipher cipher, [NotNullWhen(true)] out VisitToken? token)
    {
        token = null;
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (header.Length > Longest || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !TryDecode(header[scheme.Length..].Trim(), out var bytes)) return false;
        if (!cipher.TryDecrypt(tenant, bytes, out var plain) || Encoding.UTF8.GetString(plain).Split(' ') is not [Kind, var id, var edge, var epoch]) return false;
        if (id != call.Value || !EdgeId.TryParse(edge, null, out var at) || !long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var start)) return false;
        token = new(call, at, start);
        return true;
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        var isText = Base64Url.IsValid(text);
        bytes = isText ? Base64Url.DecodeFromChars(text) : [];
        return isText;
    }
}
