using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace CallCenter.Kit.OpenId;

/// <summary>
/// An identity provider of this test process (OpenID Connect Core 1.0 §3.1): it knows one person, asks nothing, and keeps the rules that a client must meet. What it
/// says can be spoilt in any place.
/// </summary>
public sealed class SmallProvider : IAsyncDisposable
{
    public const string ClientId = "callcenter", Secret = "a secret & of: the client";
    readonly WebApplication app;
    readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Back)> codes = new();
    readonly TimeProvider time;
    static readonly RSA Stranger = RSA.Create(2048);
    RSA key = RSA.Create(2048);
    string kid = "first";

    SmallProvider(TimeProvider time)
    {
        this.time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Describe());
        app.MapGet("/keys", () => Keys());
        app.MapGet("/authorize", (HttpContext http) => Authorize(http));
        app.MapPost("/token", async (HttpContext http) => await (await Token(http)).ExecuteAsync(http));
    }

    public string Issuer => app.Urls.First();

    /// <summary>What its token says of the person.</summary>
    public Dictionary<string, object?> Person { get; private set; } = Ada();

    static Dictionary<string, object?> Ada() => new() { ["sub"] = "1", ["email"] = "ada@example.com", ["email_verified"] = true, ["name"] = "Ada" };

    /// <summary>Changes the claims of a token before it is signed.</summary>
    public Action<Dictionary<string, object?>> Spoil { get; set; } = _ => { };

    public Signature Signs { get; set; }

    /// <summary>It refuses everybody.</summary>
    public bool Refuses { get; set; }

    /// <summary>A code opens more than once.</summary>
    public bool TakesCodesAgain { get; set; }

    /// <summary>What else its description says, or says otherwise.</summary>
    public Dictionary<string, object?> Says { get; } = [];

    /// <summary>How often its keys were read.</summary>
    public int KeysRead { get; private set; }

    /// <summary>The last client that came with a code, whatever it was worth.</summary>
    public string? LastLogin { get; private set; }

    public static async Task<SmallProvider> Start(TimeProvider? time = null)
    {
        var provider = new SmallProvider(time ?? TimeProvider.System);
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>It tells the truth again.</summary>
    public void Reset()
    {
        (Person, Spoil, Signs, Refuses, TakesCodesAgain) = (Ada(), _ => { }, Signature.Right, false, false);
        Says.Clear();
    }

    /// <summary>From now on it signs with another key, by another name.</summary>
    public void Rotate()
    {
        (key, kid) = (RSA.Create(2048), kid + "-next");
    }

    IResult Describe()
    {
        var said = new Dictionary<string, object?>
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token", ["jwks_uri"] = $"{Issuer}/keys", ["authorization_response_iss_parameter_supported"] = true,
        };
        foreach (var (name, value) in Says) said[name] = value;
        return Results.Json(said);
    }

    IResult Keys()
    {
        KeysRead++;
        var open = key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid, n = Base64Url.EncodeToString(open.Modulus), e = Base64Url.EncodeToString(open.Exponent) } } });
    }

    IResult Authorize(HttpContext http)
    {
        var asked = http.Request.Query;
        if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || !asked["scope"].ToString().Split(' ').Contains("openid")) return Results.BadRequest();
        var answer = new Dictionary<string, string?> { ["state"] = asked["state"], ["iss"] = Issuer };
        if (Refuses) answer["error"] = "access_denied";
        else
        {
            answer["code"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            codes[answer["code"]!] = (asked["code_challenge"]!, asked["nonce"]!, asked["redirect_uri"]!);
        }
        return Results.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"]!, answer));
    }

    async Task<IResult> Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        LastLogin = http.Request.Headers.Authorization;
        if (LastLogin != $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{WebUtility.UrlEncode(Secret)}"))}") return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        var code = form["code"].ToString();
        if (!codes.TryGetValue(code, out var begun) || begun.Back != form["redirect_uri"] || begun.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        if (!TakesCodesAgain) codes.TryRemove(code, out _);
        var access = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return Results.Json(new { access_token = access, token_type = "Bearer", expires_in = 300, id_token = Sign(begun.Nonce, access) });
    }

    string Sign(string nonce, string access)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>(Person)
        {
            ["iss"] = Issuer, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = nonce, ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(access)).AsSpan(0, 16)),
        };
        Spoil(claims);
        var algorithm = Signs switch { Signature.None => "none", Signature.MacByPublicKey => "HS256", _ => "RS256" };
        var body = $"{Part(new Dictionary<string, object?> { ["alg"] = algorithm, ["kid"] = kid, ["typ"] = "JWT" })}.{Part(claims)}";
        return $"{body}.{Base64Url.EncodeToString(Mark(Encoding.ASCII.GetBytes(body)))}";
    }

    byte[] Mark(byte[] body)
    {
        if (Signs == Signature.None) return [];
        if (Signs == Signature.MacByPublicKey) return HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportRSAPublicKeyPem()), body);
        if (Signs != Signature.ByAnotherKey) return key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Stranger.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    static string Part(Dictionary<string, object?> content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}

/// <summary>How a token is signed.</summary>
public enum Signature { Right, None, MacByPublicKey, ByAnotherKey }
