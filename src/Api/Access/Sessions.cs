namespace CallCenter.Api.Access;

/// <summary>Turns what a request carries into its caller. A "no" never says why: an unknown, expired or ended token are all the same to strangers.</summary>
internal sealed class Sessions(ApiOptions options, IConfigurationStore store, EndedSessions ended, TimeProvider time)
{
    public const string Cookie = "callcenter-session";

    public string Sign(SessionToken session) => session.Sign(options.SessionKey.Span);

    public DateTimeOffset Expiry => DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.SessionLifetime).ToUnixTimeSeconds());

    /// <summary>Null if the request carries nothing that holds.</summary>
    public async Task<Caller?> Find(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (http.Request.Headers.Authorization is { Count: > 0 } header)
            return header.ToString() is var text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await OfToken(text[7..].Trim(), address, http.RequestAborted) : null;
        if (http.Request.Cookies[Cookie] is not { } cookie || !SameOrigin.Holds(http.Request)) return null;
        return await OfSession(cookie, address, http.RequestAborted);
    }

    private Task<Caller?> OfToken(string text, string? address, CancellationToken stop) =>
        text.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) ? OfKey(text, address, stop) : OfSession(text, address, stop);

    private async Task<Caller?> OfSession(string text, string? address, CancellationToken stop)
    {
        if (!SessionToken.TryRead(text, options.SessionKey.Span, out var session) || session.Expires <= time.GetUtcNow()) return null;
        var account = await store.Find<UserAccount>(session.Tenant, session.User, stop);
        if (account is null || SessionToken.StampOf(account) != session.Stamp || await ended.HasEnded(session, stop)) return null;
        return new(session.Tenant, session.User, account.Role, session, address);
    }

    private async Task<Caller?> OfKey(string text, string? address, CancellationToken stop)
    {
        if (!ApiKeyText.TryRead(text, out var key) || await store.Find<ApiKey>(key.Tenant, key.Id, stop) is not { } stored) return null;
        if (!key.Opens(stored) || stored.Expires <= time.GetUtcNow()) return null;
        return new(key.Tenant, stored.Id, stored.Role, null, address);
    }
}
