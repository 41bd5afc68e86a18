using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Storage.Personal;

/// <summary>AES-256-GCM under the tenant's newest key; a tenant's key is made when it is first needed.</summary>
internal sealed class TenantCipher(TenantKeys keys) : ITenantCipher
{
    public byte[] Encrypt(TenantId owner, ReadOnlySpan<byte> plain)
    {
        var key = keys.Newest(owner);
        return SealedBytes.Seal(key.Encryption, key.Id, plain, Encoding.UTF8.GetBytes(owner.Value));
    }

    public bool TryDecrypt(TenantId owner, ReadOnlySpan<byte> cipher, out byte[] plain)
    {
        plain = [];
        return SealedBytes.TryKeyId(cipher, out var id) && keys.Find(owner, id) is { } key
            && SealedBytes.TryOpen(key.Encryption, cipher, Encoding.UTF8.GetBytes(owner.Value), out plain);
    }

    /// <summary>By what a value can be found without being readable: HMAC-SHA-256 under the tenant's key.</summary>
    public byte[] Lookup(TenantId owner, string field, string canonical) =>
        HMACSHA256.HashData(keys.Newest(owner).Lookup, Encoding.UTF8.GetBytes($"{field}\n{canonical}"));
}
