using CallCenter.Api.Firms;
using CallCenter.Api.Pages;

namespace CallCenter.Api.WebCalls;

/// <summary>The page with which a visitor calls (<c>/call/{number}</c>), and the tag by which other sites show it in a frame (<c>/webcall.js</c>).</summary>
internal static class VisitorPage
{
    /// <summary>The tag has no hash in its name, for others have written it into their pages.</summary>
    private const string TagIsKept = "public, max-age=300";

    /// <param name="folder">As the portal's build leaves it.</param>
    public static void MapVisitorPage(this WebApplication app, string folder)
    {
        var (page, tag) = (Path.Combine(folder, "call.html"), Path.Combine(folder, "webcall.js"));
        if (!File.Exists(page) || !File.Exists(tag)) return;
        var (text, file) = (File.ReadAllText(page), PortalFile.One(tag));
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/call/{number}", reads, (HttpContext http, string number, VisitorDoor door, IConfigurationStore store) => Show(http, text, number, door, store)).ExcludeFromDescription();
        app.MapMethods("/webcall.js", reads, (HttpContext http) => SendTag(http, file)).ExcludeFromDescription();
    }

    private static async Task Show(HttpContext http, string page, string number, VisitorDoor door, IConfigurationStore store)
    {
        var tenant = await door.TenantOf(http.Request, http.RequestAborted);
        var settings = tenant is null ? null : await door.Number(tenant.Tenant, number);
        var brand = await store.BrandOf(tenant?.Tenant ?? TenantId.Operator, http.RequestAborted);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {FramesOf(settings)}";
        headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        if (settings is null) http.Response.StatusCode = StatusCodes.Status404NotFound; // the page says so in words
        await http.Response.WriteAsync(PortalPages.Filled(page, tenant, brand), http.RequestAborted);
    }

    /// <summary>In whose pages ours may stand.</summary>
    private static string FramesOf(WebCallSettings? settings) => settings is null ? "'none'" : string.Join(' ', settings.Origins.Prepend("'self'"));

    private static Task SendTag(HttpContext http, PortalFile tag)
    {
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return tag.Send(http, TagIsKept);
    }
}
