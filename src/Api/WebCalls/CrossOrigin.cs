namespace CallCenter.Api.WebCalls;

/// <summary>
/// Lets pages of the origins that a tenant has named read the answers (CORS, Fetch §3.2). Nothing is said to others; no cookie is ever taken along, for what a
/// visitor may rests on the call's token alone.
/// </summary>
internal sealed class CrossOrigin(VisitorDoor door) : IEndpointFilter
{
    private const string Methods = "GET, POST, DELETE", Fields = "authorization, content-type", Kept = "600";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        await Admit(context.HttpContext);
        return await next(context);
    }

    /// <summary>The answer to a browser that asks before it sends (Fetch §3.2.2).</summary>
    public static IResult Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (headers.AccessControlAllowOrigin.Count == 0) return Problems.Of(RefusalCode.Forbidden, "Pages of this origin may not call here");
        (headers.AccessControlAllowMethods, headers.AccessControlAllowHeaders, headers.AccessControlMaxAge) = (Methods, Fields, Kept);
        return TypedResults.NoContent();
    }

    private async Task Admit(HttpContext http)
    {
        http.Response.Headers.Vary = "Origin";
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin] || await door.TenantOf(http.Request, http.RequestAborted) is not { } tenant) return;
        if (await door.AdmitsSome(tenant.Tenant, origin)) http.Response.Headers.AccessControlAllowOrigin = origin;
    }
}
