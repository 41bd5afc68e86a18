using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.Access;

/// <summary>An API key as its owner holds it: <c>ck.tenant.id.secret</c>. The secret is 256 random bits; only its SHA-256 is stored.</summary>
internal readonly record struct ApiKeyText(TenantId Tenant, string Id, string SecretPart)
{
    public const string Prefix = "ck.";
    private const int LongestText = 256;

    public static ApiKeyText New(TenantId tenant) =>
        new(tenant, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public string Text => $"{Prefix}{Tenant}.{Id}.{SecretPart}";

    public Secret Hash => new(HashOf(SecretPart));

    public static bool TryRead(string text, out ApiKeyText key)
    {
        key = default;
        if (text.Length > LongestText || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Split('.') is not { Length: 4 } parts) return false;
        if (!TenantId.TryParse(parts[1], null, out var tenant)) return false;
        key = new(tenant, parts[2], parts[3]);
        return true;
    }

    public bool Opens(ApiKey stored) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored.SecretHash.Value), Encoding.ASCII.GetBytes(HashOf(SecretPart)));

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public override string ToString() => $"{Prefix}{Tenant}.{Id}.***";
}
