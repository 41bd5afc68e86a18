using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.SignIn;

/// <summary>What a link to reset a password carries: <c>pr.tenant.id.secret</c>. The secret is 256 random bits; only its SHA-256 is stored.</summary>
internal readonly record struct ResetToken(TenantId Tenant, string Id, string SecretPart)
{
    private const int LongestText = 256;

    public static ResetToken New(TenantId tenant) =>
        new(tenant, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public string Text => $"pr.{Tenant}.{Id}.{SecretPart}";

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SecretPart)));

    public static bool TryRead(string text, out ResetToken token)
    {
        token = default;
        if (text.Length > LongestText || text.Split('.') is not ["pr", var owner, var id, var secret] || !TenantId.TryParse(owner, null, out var tenant)) return false;
        token = new(tenant, id, secret);
        return true;
    }

    public bool Opens(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(hash));

    public override string ToString() => $"pr.{Tenant}.{Id}.***";
}
