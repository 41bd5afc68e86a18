namespace CallCenter.Api.Live;

/// <summary>
/// Stands before the hub. A page of another site cannot open a connection with our cookie: browsers say whence a WebSocket comes in Origin. Whom the request
/// shows, and whose host it is, decides what can be watched.
/// </summary>
internal sealed class LiveDoor(RequestDelegate next, Sessions sessions, IConfigurationStore store)
{
    public static readonly PathString Path = "/hubs";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Path))
        {
            await next(http);
            return;
        }
        var caller = ComesFromHere(http.Request) ? await sessions.Find(http) : null;
        if (caller is null || !await HostAgrees(http, caller.Tenant))
        {
            await Problems.SignInFirst().ExecuteAsync(http);
            return;
        }
        http.Features.Set(caller);
        await next(http);
    }

    private static bool ComesFromHere(HttpRequest request) => request.Headers.Origin is not { Count: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here) && string.Equals(from.Authority, here.Authority, StringComparison.OrdinalIgnoreCase));

    private async Task<bool> HostAgrees(HttpContext http, TenantId tenant) =>
        await store.FindTenantByDomain(HostName.Of(http.Request), http.RequestAborted) is not { } host || host.Tenant == tenant;
}
