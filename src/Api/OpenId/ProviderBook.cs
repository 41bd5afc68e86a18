using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CallCenter.Api.OpenId;

/// <summary>
/// What identity providers publish of themselves, kept for <see cref="Trust"/>. A token that names a key which nobody knows has the keys read anew, though not
/// more often than every <see cref="Pause"/>: strangers' tokens must not make us ask.
/// </summary>
internal sealed class ProviderBook(ProviderWire wire, NetworkReach reach, TimeProvider time)
{
    public static readonly TimeSpan Trust = TimeSpan.FromHours(1), Pause = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, Reading> readings = new(StringComparer.Ordinal);

    /// <summary>Null: it does not answer as a provider does.</summary>
    public async Task<Provider?> Of(string issuer, CancellationToken stop)
    {
        if (readings.TryGetValue(issuer, out var last) && time.GetUtcNow() - last.At < (last.Failed ? Pause : Trust)) return await last.Provider.WaitAsync(stop);
        return await Anew(issuer, stop);
    }

    /// <summary>The key of a token; a name that is not known is looked up once more.</summary>
    public async Task<SecurityKey?> Key(string issuer, string? kid, CancellationToken stop)
    {
        if ((await Of(issuer, stop))?.Key(kid) is { } known) return known;
        if (readings.TryGetValue(issuer, out var last) && time.GetUtcNow() - last.At < Pause) return null;
        return (await Anew(issuer, stop))?.Key(kid);
    }

    private Task<Provider?> Anew(string issuer, CancellationToken stop)
    {
        if (readings.Count >= Most) readings.Clear();
        var reading = new Reading { At = time.GetUtcNow() };
        reading.Provider = Read(issuer, reading);
        readings[issuer] = reading;
        return reading.Provider.WaitAsync(stop);
    }

    /// <summary>For all who ask meanwhile, so that the one who asked first cannot stop it.</summary>
    private async Task<Provider?> Read(string issuer, Reading reading)
    {
        var provider = await Read(issuer);
        reading.Failed = provider is null;
        return provider;
    }

    private async Task<Provider?> Read(string issuer)
    {
        if (await wire.Get(new(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), CancellationToken.None) is not { } text || Provider.Read(text, issuer, reach) is not { } provider) return null;
        if (await wire.Get(provider.KeysAt, CancellationToken.None) is not { } keys) return null;
        try
        {
            return provider with { Keys = [.. new JsonWebKeySet(keys).Keys.Where(IsPublic)] };
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A secret shared with the provider is no key of ours, whoever publishes it.</summary>
    private static bool IsPublic(JsonWebKey key) => key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Use is not "enc";

    private sealed class Reading
    {
        public required DateTimeOffset At { get; init; }

        public Task<Provider?> Provider { get; set; } = Task.FromResult<Provider?>(null);

        public bool Failed
        {
            get => Volatile.Read(ref failed);
            set => Volatile.Write(ref failed, value);
        }

        private bool failed;
    }
}

/// <summary>A provider's own description (OpenID Connect Discovery 1.0 §3).</summary>
/// <param name="PostsSecret">The client's secret stands in the form, not in a header.</param>
/// <param name="NamesItself">It says who it is where it sends people back (RFC 9207 §3).</param>
internal sealed record Provider(string Issuer, Uri Authorization, Uri Token, Uri KeysAt, bool PostsSecret, bool NamesItself)
{
    public IReadOnlyList<JsonWebKey> Keys { get; init; } = [];

    /// <summary>Null unless the description is the issuer's own (§4.3) and all it names may be reached.</summary>
    public static Provider? Read(string text, string issuer, NetworkReach reach)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "issuer") != issuer) return null;
            if (Address(root, "authorization_endpoint", reach) is not { } authorization || Address(root, "token_endpoint", reach) is not { } token || Address(root, "jwks_uri", reach) is not { } keys) return null;
            var ways = root.TryGetProperty("token_endpoint_auth_methods_supported", out var listed) && listed.ValueKind == JsonValueKind.Array ? listed.EnumerateArray().Select(one => one.ToString()).ToList() : ["client_secret_basic"];
            return new(issuer, authorization, token, keys, !ways.Contains("client_secret_basic") && ways.Contains("client_secret_post"), root.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Who names no key must have one only (OpenID Connect Core 1.0 §10.1).</summary>
    public SecurityKey? Key(string? kid) => string.IsNullOrEmpty(kid) ? Keys is [var only] ? only : null : Keys.FirstOrDefault(key => key.Kid == kid);

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Uri? Address(JsonElement root, string name, NetworkReach reach) => Uri.TryCreate(Text(root, name), UriKind.Absolute, out var address) && reach.Allows(address) ? address : null;
}
