using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CallCenter.Api.OpenId;

/// <summary>Checks an ID token whole (OpenID Connect Core 1.0 §3.1.3.7): signature, issuer, audience, times, nonce, and what it says of the access token.</summary>
internal sealed class IdToken(ProviderBook book, TimeProvider time)
{
    /// <summary>What two clocks may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>A token that was made for us a moment ago.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    private const int Longest = 64 * 1024;

    /// <summary>Signatures by public keys only (RFC 7518 §3.1): neither "none", nor a MAC, whose key would be what everybody can read.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <summary>The claims, or why it does not hold: in words for our own log.</summary>
    public async Task<(Claims? Claims, string? Why)> Check(string text, string? accessToken, IdentityProvider provider, string nonce, CancellationToken stop)
    {
        if (text.Length > Longest || Read(text) is not { } token) return (null, "no token");
        if (!Algorithms.Contains(token.Alg)) return (null, "algorithm");
        if (await book.Key(provider.Issuer, token.Kid, stop) is not { } key) return (null, "unknown key");
        var result = await handler.ValidateTokenAsync(token, Rules(provider, key));
        if (!result.IsValid) return (null, result.Exception?.GetType().Name ?? "invalid");
        var claims = Claims.Read(token.EncodedPayload, Strict);
        var why = claims is null ? "claims" : Doubt(claims, token, accessToken, provider, nonce);
        return why is null ? (claims, null) : (null, why);
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Rules(IdentityProvider provider, SecurityKey key) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKey = key,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => until > time.GetUtcNow().UtcDateTime - Skew && (from is null || from <= time.GetUtcNow().UtcDateTime + Skew),
    };

    private string? Doubt(Claims claims, JsonWebToken token, string? accessToken, IdentityProvider provider, string nonce)
    {
        var now = time.GetUtcNow();
        if (claims.Text("sub") is not { Length: > 0 }) return "sub";
        if (!Alike(claims.Text("nonce"), nonce)) return "nonce";
        if (claims.Instant("iat") is not { } made || made > now + Skew || made < now - Oldest) return "iat";
        if (claims.Text("azp") is { } party ? party != provider.ClientId : claims.Texts("aud").Count > 1) return "azp";
        if (claims.Text("at_hash") is { } hash && !(accessToken is not null && Alike(hash, HalfHash(token.Alg, accessToken)))) return "at_hash";
        return null;
    }

    /// <summary>The left half of the access token's hash, by the hash of the signature (§3.1.3.6).</summary>
    private static string HalfHash(string algorithm, string accessToken)
    {
        var bytes = Encoding.ASCII.GetBytes(accessToken);
        var hash = algorithm[2..] switch { "256" => SHA256.HashData(bytes), "384" => SHA384.HashData(bytes), _ => SHA512.HashData(bytes) };
        return Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }

    private static bool Alike(string? one, string other) => one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

/// <summary>What a token says of somebody.</summary>
internal sealed record Claims(JsonElement Root)
{
    public static Claims? Read(string encoded, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encoded), options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }

    public string? Text(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Who it is, at that provider; a checked token has it.</summary>
    public string Subject => Text("sub")!;

    /// <summary>A list of words, or one alone.</summary>
    public IReadOnlyList<string> Texts(string name) => !Root.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
        _ => [],
    };

    public DateTimeOffset? Instant(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    /// <summary>Null where there is none, or the provider says that nobody proved it.</summary>
    public string? Email => Root.TryGetProperty("email_verified", out var proved) && proved.ValueKind is not JsonValueKind.True && !(proved.ValueKind == JsonValueKind.String && proved.GetString() == "true") ? null : Text("email");

    /// <summary>More than a password was shown (RFC 8176 §2): several factors, a one-time password, a key in hardware or software, a smart card.</summary>
    public bool HasSecondFactor => Texts("amr").Any(way => way is "mfa" or "otp" or "hwk" or "swk" or "sc");
}
