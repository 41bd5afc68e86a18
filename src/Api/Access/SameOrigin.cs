namespace CallCenter.Api.Access;

/// <summary>
/// Keeps another site's page from using our cookie. Browsers say whence a request comes in Sec-Fetch-Site, older ones in
/// Origin; a request with neither comes from no browser, and so with no cookie that somebody else could borrow.
/// </summary>
internal static class SameOrigin
{
    public static bool Holds(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site) return site == "same-origin" || site == "none";
        return request.Headers.Origin is not { Count: > 0 } origin || IsOurs(request, origin);
    }

    /// <summary>Whether an origin is that of the host by which the request comes.</summary>
    public static bool IsOurs(HttpRequest request, string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, Authority(request), StringComparison.OrdinalIgnoreCase);

    /// <summary>The host as a URI writes it: without the scheme's own port.</summary>
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here) ? here.Authority : "";
}
