using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CallCenter.Api.SignIn;
using CallCenter.Contracts.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.OpenId;

/// <summary>The authorization code flow with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636): there with a state, a nonce and a challenge, and back with a code that is worth a token, once.</summary>
internal sealed class OpenIdFlow(ProviderBook book, ProviderWire wire, IdToken tokens, SealedCookie cookies, IAccessRecords records, ITenantCipher cipher, TimeProvider time, ILogger<OpenIdFlow> log)
{
    public const string Cookie = "callcenter-oidc";

    /// <summary>Enough for a password, a second factor and a search for the phone.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Where the provider asks who somebody is; null if it does not answer.</summary>
    /// <param name="back">Our own address, to which it leads back.</param>
    public async Task<string?> Start(HttpContext http, IdentityProvider settings, Uri back, string returnTo)
    {
        if (await book.Of(settings.Issuer, http.RequestAborted) is not { } provider) return null;
        var kept = new Begun(Word(), Word(), Word(), returnTo, settings.Issuer);
        cookies.Write(http, settings.Owner, Cookie, kept, Life);
        return QueryHelpers.AddQueryString(provider.Authorization.ToString(), new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = settings.ClientId, ["redirect_uri"] = back.ToString(), ["scope"] = string.Join(' ', settings.Scopes), ["state"] = kept.State, ["nonce"] = kept.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(kept.Verifier))), ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Who came back, and where they wanted to go.</summary>
    public async Task<(Claims? Claims, EntryFault Fault, string ReturnTo)> Finish(HttpContext http, IdentityProvider settings, Uri back)
    {
        var kept = cookies.Read<Begun>(http, settings.Owner, Cookie);
        SealedCookie.Drop(http, Cookie);
        if (kept is null || !Alike(kept.State, http.Request.Query["state"]) || kept.Issuer != settings.Issuer) return (null, EntryFault.OidcExpired, "/");
        if (!await Spend(settings.Owner, kept.State, http.RequestAborted)) return (null, EntryFault.OidcExpired, "/"); // somebody brings the same answer again
        var (claims, fault) = await Redeem(http, settings, kept, back);
        return (claims, fault, kept.ReturnTo);
    }

    private async Task<(Claims?, EntryFault)> Redeem(HttpContext http, IdentityProvider settings, Begun kept, Uri back)
    {
        var (query, stop) = (http.Request.Query, http.RequestAborted);
        if (query.ContainsKey("error")) return (null, EntryFault.OidcRefused);
        if (await book.Of(settings.Issuer, stop) is not { } provider) return (null, EntryFault.OidcUnreachable);
        if (query.TryGetValue("iss", out var from) ? from != settings.Issuer : provider.NamesItself) return (null, Doubted(settings, "another issuer's answer")); // RFC 9207 §2.4
        if (query["code"] is not [{ Length: > 0 and < 4096 } code]) return (null, EntryFault.OidcInvalid);
        if (await Exchange(provider, settings, code, kept.Verifier, back, stop) is not { } answer) return (null, EntryFault.OidcUnreachable);
        if (answer.IdToken is null) return (null, Doubted(settings, "no id_token"));
        var (claims, why) = await tokens.Check(answer.IdToken, answer.AccessToken, settings, kept.Nonce, stop);
        return claims is null ? (null, Doubted(settings, why ?? "")) : (claims, EntryFault.None);
    }

    private EntryFault Doubted(IdentityProvider settings, string why)
    {
        log.SignInFailed(settings.Owner.Value, why);
        return EntryFault.OidcInvalid;
    }

    private async Task<TokenAnswer?> Exchange(Provider provider, IdentityProvider settings, string code, string verifier, Uri back, CancellationToken stop)
    {
        var secret = settings.ClientSecret.Value.Length == 0 ? null : (cipher.Open(settings.Owner, settings.ClientSecret) ?? throw new InvalidOperationException("a client's secret is sealed with another key")).Value;
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = back.ToString(), ["code_verifier"] = verifier };
        if (secret is null || provider.PostsSecret) form["client_id"] = settings.ClientId;
        if (secret is not null && provider.PostsSecret) form["client_secret"] = secret;
        return await wire.Post(provider.Token, form, secret is null || provider.PostsSecret ? null : (settings.ClientId, secret), stop) is { } text ? TokenAnswer.Read(text) : null;
    }

    /// <summary>True for the one who brings it first.</summary>
    private Task<bool> Spend(TenantId owner, string state, CancellationToken stop) =>
        records.Put(new(owner, AccessKind.SpentState, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(state))), "", time.GetUtcNow() + Life, ""), stop);

    private static bool Alike(string one, string? other) => other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>256 random bits (RFC 7636 §4.1 asks for as many in a verifier).</summary>
    private static string Word() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What was begun, as the browser carries it.</summary>
    private sealed record Begun(string State, string Nonce, string Verifier, string ReturnTo, string Issuer);
}

/// <summary>What a code was worth (RFC 6749 §5.1).</summary>
internal sealed record TokenAnswer(string? IdToken, string? AccessToken)
{
    public static TokenAnswer Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(Text(document.RootElement, "id_token"), Text(document.RootElement, "access_token")) : new(null, null);
        }
        catch (JsonException)
        {
            return new(null, null);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public override string ToString() => "tokens";
}
