using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CallCenter.Api.OpenId;

/// <summary>What a browser carries for us from one step of the sign-in to the next: sealed with the tenant's key, so that nobody reads, makes or changes it, and no other tenant opens it.</summary>
internal sealed class SealedCookie(ITenantCipher cipher, TimeProvider time)
{
    private const string Place = "/api/v1/session/oidc";
    private const int Longest = 3500; // browsers keep 4096 octets with name and attributes (RFC 6265 §6.1)

    /// <summary>Lax: a provider sends people back by a link, with which such a cookie comes.</summary>
    public void Write<T>(HttpContext http, TenantId tenant, string name, T content, TimeSpan life)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(name, AskedHost.Of(http.Request), (time.GetUtcNow() + life).ToUnixTimeSeconds(), content));
        http.Response.Cookies.Append(name, Base64Url.EncodeToString(cipher.Encrypt(tenant, plain)), Options(http, life));
    }

    /// <summary>Null if there is none that is this tenant's, of this host and of now.</summary>
    public T? Read<T>(HttpContext http, TenantId tenant, string name) where T : class
    {
        if (http.Request.Cookies[name] is not { Length: > 0 and <= Longest } text || !Base64Url.IsValid(text) || !cipher.TryDecrypt(tenant, Base64Url.DecodeFromChars(text), out var plain)) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Envelope<T>>(Encoding.UTF8.GetString(plain));
            return kept is not null && kept.Name == name && kept.Host == AskedHost.Of(http.Request) && kept.Until > time.GetUtcNow().ToUnixTimeSeconds() ? kept.Content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Drop(HttpContext http, string name) => http.Response.Cookies.Delete(name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? life) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Place, MaxAge = life };

    /// <param name="Name">The cookie's own: one is not taken for another.</param>
    /// <param name="Until">Unix seconds.</param>
    private sealed record Envelope<T>(string Name, string Host, long Until, T Content);
}
