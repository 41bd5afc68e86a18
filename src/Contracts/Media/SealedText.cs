using System.Text;

namespace CallCenter.Contracts.Media;

/// <summary>Passwords that we must be able to say to others: sealed as long as they are stored or told from grain to grain.</summary>
public static class SealedText
{
    /// <summary>Base64 of the sealed UTF-8.</summary>
    public static Secret Seal(this ITenantCipher cipher, TenantId owner, string text) => new(Convert.ToBase64String(cipher.Encrypt(owner, Encoding.UTF8.GetBytes(text))));

    /// <summary>The text; null if it was not sealed with this owner's key.</summary>
    public static Secret? Open(this ITenantCipher cipher, TenantId owner, Secret whole)
    {
        var bytes = new byte[whole.Value.Length];
        return Convert.TryFromBase64String(whole.Value, bytes, out var length) && cipher.TryDecrypt(owner, bytes.AsSpan(0, length), out var plain) ? new(Encoding.UTF8.GetString(plain)) : null;
    }
}
