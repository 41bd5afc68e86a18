using System.Text.Json;
using CallCenter.Storage.Personal;

namespace CallCenter.Storage.Customers;

/// <summary>Values under the tenant's key.</summary>
internal static class SealedJson
{
    public static byte[] Seal<T>(this TenantCipher cipher, TenantId owner, T value) => cipher.Encrypt(owner, JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    /// <summary>Null if it was not sealed with this owner's key.</summary>
    public static T? Open<T>(this TenantCipher cipher, TenantId owner, byte[] whole) where T : class =>
        cipher.TryDecrypt(owner, whole, out var plain) ? JsonSerializer.Deserialize<T>(plain, JsonSerializerOptions.Web) : null;
}
