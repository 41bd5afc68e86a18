using System.Text.Json;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Access;

/// <summary>Sessions: begun, found in what a request carries, and ended. A "no" never says why: an unknown, expired or ended token are all the same to strangers.</summary>
internal sealed class Sessions(ApiOptions options, Standing standing, IAccessRecords records, TimeProvider time)
{
    public const string Cookie = "callcenter-session";
    private const int LongestClient = 200;

    public DateTimeOffset Expiry => DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.SessionLifetime).ToUnixTimeSeconds());

    /// <summary>A new session under an id of our own making: no id that somebody brings along ever becomes one.</summary>
    public async Task<(string Token, SessionToken Session)> Begin(UserAccount account, string? address, string? client, CancellationToken stop, Entrance entrance = default)
    {
        var session = SessionToken.For(account, Expiry);
        var about = new SessionAbout(time.GetUtcNow(), address, client is { Length: > LongestClient } ? client[..LongestClient] : client, entrance.FromProvider, entrance.HadFactor);
        await records.Put(new(session.Tenant, AccessKind.Session, session.Id, session.User, session.Expires, JsonSerializer.Serialize(about, JsonSerializerOptions.Web)), stop);
        standing.ForgetAccount(account.Owner, account.Id); // it was read just now, perhaps after a change elsewhere
        return (session.Sign(options.SessionKey.Span), session);
    }

    /// <summary>Null if the request carries nothing that holds.</summary>
    public async Task<Caller?> Find(HttpContext http)
    {
        if (http.Request.Headers.Authorization is { Count: > 0 } header)
            return header.ToString() is var text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await OfToken(text[7..].Trim(), http) : null;
        if (http.Request.Cookies[Cookie] is not { } cookie || !SameOrigin.Holds(http.Request)) return null;
        return await OfSession(cookie, http);
    }

    private Task<Caller?> OfToken(string text, HttpContext http) => text.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) ? OfKey(text, http) : OfSession(text, http);

    private async Task<Caller?> OfSession(string text, HttpContext http)
    {
        if (Read(text) is not { } session) return null;
        var (address, stop) = (http.Connection.RemoteIpAddress, http.RequestAborted);
        var account = await standing.Account(session.Tenant, session.User, stop);
        if (account is null or { Disabled: true } || SessionToken.StampOf(account) != session.Stamp) return null;
        if (await standing.Session(session.Tenant, session.Id, stop) is not { } record || await standing.IsSuspended(session.Tenant, stop)) return null;
        var policy = await standing.Policy(session.Tenant, stop);
        if (policy.For(account.Role) is { } demanded && !demanded.Allows(address)) return null;
        return new(session.Tenant, session.User, account.Role, session, address?.ToString())
        {
            SeesNumbers = policy.SeesNumbers.Contains(account.Role),
            Led = await standing.LedBy(session.Tenant, account.Role, session.User, stop),
            MustEnrol = policy.For(account.Role) is { SecondFactor: true } && !await standing.HasSecondFactor(session.Tenant, session.User, stop) && !SessionAbout.Of(record).HadFactor,
        };
    }

    private SessionToken? Read(string text) => SessionToken.TryRead(text, options.SessionKey.Span, out var session) && session.Expires > time.GetUtcNow() ? session : null;

    private async Task<Caller?> OfKey(string text, HttpContext http)
    {
        if (!ApiKeyText.TryRead(text, out var key) || await standing.Key(key.Tenant, key.Id, http.RequestAborted) is not { } stored) return null;
        if (!key.Opens(stored) || stored.Expires <= time.GetUtcNow() || await standing.IsSuspended(key.Tenant, http.RequestAborted)) return null;
        var policy = await standing.Policy(key.Tenant, http.RequestAborted);
        return new(key.Tenant, stored.Id, stored.Role, null, http.Connection.RemoteIpAddress?.ToString()) 
        {
            Scopes = stored.Scopes,
            SeesNumbers = policy.SeesNumbers.Contains(stored.Role),
            Led = await standing.LedBy(key.Tenant, stored.Role, null, http.RequestAborted),
        };
    }

    public async Task<IReadOnlyList<(AccessRecord Record, SessionAbout About)>> Of(TenantId owner, string user, CancellationToken stop) =>
        [.. (await records.Of(owner, AccessKind.Session, user, stop)).Select(record => (record, SessionAbout.Of(record)))];

    /// <summary>Ends one; false if the account has no such session.</summary>
    public async Task<bool> End(TenantId owner, string user, string session, CancellationToken stop)
    {
        if (await records.Find(owner, AccessKind.Session, session, stop) is not { } record || record.User != user) return false;
        var ended = await records.Delete(owner, AccessKind.Session, session, stop);
        standing.ForgetSessions();
        return ended;
    }

    /// <summary>Ends all of an account, but for one; how many.</summary>
    public async Task<int> EndAll(TenantId owner, string user, string? except, CancellationToken stop)
    {
        var ended = await records.DeleteOf(owner, AccessKind.Session, user, except, stop);
        standing.ForgetSessions();
        return ended;
    }
}

/// <param name="Client">What the browser calls itself.</param>
/// <param name="FromProvider">Begun by the firm's identity provider.</param>
/// <param name="HadFactor">A second factor was shown there.</param>
internal sealed record SessionAbout(DateTimeOffset Began, string? Address, string? Client, bool FromProvider = false, bool HadFactor = false)
{
    public static SessionAbout Of(AccessRecord record) => JsonSerializer.Deserialize<SessionAbout>(record.Body, JsonSerializerOptions.Web) ?? throw new JsonException("no session");
}

/// <summary>How somebody came in.</summary>
/// <param name="FromProvider">By the firm's identity provider.</param>
/// <param name="HadFactor">It asked for a second factor.</param>
internal readonly record struct Entrance(bool FromProvider, bool HadFactor);
