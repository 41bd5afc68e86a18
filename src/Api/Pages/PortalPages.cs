using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CallCenter.Api.Desk;
using CallCenter.Api.Firms;
using CallCenter.Domain.Desk;

namespace CallCenter.Api.Pages;

/// <summary>
/// The portal: one page for every address that is not the API's, and its scripts under /assets. The page names whose host it is, and nothing in it runs or
/// is styled but what our own files bring (CSP level 3; the nonce is for the component library's style elements).
/// </summary>
internal static class PortalPages
{
    /// <summary>Where the page names an icon, if the firm has none.</summary>
    private const string NoIcon = "data:,";

    private static readonly PathString[] NotPages = ["/api", "/hubs", "/openapi", "/healthz", "/metrics", "/testing", "/assets"];
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="folder">As the portal's build leaves it: index.html and assets.</param>
    public static WebApplication MapPortal(this WebApplication app, string folder)
    {
        var page = File.ReadAllText(Path.Combine(folder, "index.html"));
        var files = PortalFile.All(Path.Combine(folder, "assets"));
        app.MapMethods("/assets/{file}", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, string file) =>
            files.TryGetValue(file, out var found) ? found.Send(http) : Problems.NotFound("file").ExecuteAsync(http)).ExcludeFromDescription();
        app.MapFallback("{*path}", (HttpContext http, IConfigurationStore store) => Show(http, page, store)).ExcludeFromDescription();
        return app;
    }

    private static async Task Show(HttpContext http, string page, IConfigurationStore store)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) || Array.Exists(NotPages, path => request.Path.StartsWithSegments(path)))
        {
            await Problems.NotFound("page").ExecuteAsync(http);
            return;
        }
        var tenant = await store.FindTenantByDomain(AskedHost.Of(request), http.RequestAborted);
        var brand = await store.BrandOf(tenant?.Tenant ?? TenantId.Operator, http.RequestAborted);
        var provider = await store.Find<IdentityProvider>(tenant?.Tenant ?? TenantId.Operator, IdentityProvider.OnlyId, http.RequestAborted);
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {await FramesOf(request, tenant, store)}";
        headers.CacheControl = "no-store"; // a nonce is good for once
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Filled(page, tenant, brand).Replace("{{nonce}}", nonce, StringComparison.Ordinal)
            .Replace("{{entry}}", Encoder.Encode(JsonSerializer.Serialize(EntryAnswer.Of(provider), JsonSerializerOptions.Web)), StringComparison.Ordinal), http.RequestAborted);
    }

    /// <summary>In whose pages ours may stand: the desk in those of the firm's CRM, nothing else anywhere.</summary>
    private static async Task<string> FramesOf(HttpRequest request, TenantSettings? tenant, IConfigurationStore store)
    {
        if (tenant is null || !request.Path.Equals("/desk", StringComparison.OrdinalIgnoreCase)) return "'none'";
        var origins = (await store.CtiOf(tenant.Tenant, request.HttpContext.RequestAborted)).Origins.Where(CtiSettings.IsOrigin).ToItems();
        return origins.IsEmpty ? "'none'" : string.Join(' ', origins.Prepend("'self'"));
    }

    /// <summary>A page with what is the host's in its places.</summary>
    public static string Filled(string page, TenantSettings? tenant, Branding brand) => page
        .Replace("{{tenant}}", Encoder.Encode(brand.Name ?? tenant?.Name ?? "CallCenter"), StringComparison.Ordinal)
        .Replace("{{brand}}", Encoder.Encode(BrandText(brand)), StringComparison.Ordinal)
        .Replace("{{host}}", tenant is null ? "operator" : "tenant", StringComparison.Ordinal)
        .Replace(NoIcon, brand.Favicon is { } icon ? BrandPictureEndpoints.UrlOf(icon) : NoIcon, StringComparison.Ordinal)
        .Replace("{{language}}", Encoder.Encode(tenant?.Language ?? "en"), StringComparison.Ordinal);

    /// <summary>What the sign-in page needs before anybody has signed in, so that it looks right at once.</summary>
    private static string BrandText(Branding brand) => JsonSerializer.Serialize(BrandingAnswer.Of(brand), JsonSerializerOptions.Web);
}

/// <summary>How people come in, as the sign-in page shows it.</summary>
/// <param name="Provider">The firm's identity provider leads in.</param>
/// <param name="Name">As it is called; null = it has no name.</param>
/// <param name="Passwords">Passwords do.</param>
internal sealed record EntryAnswer(bool Provider, string? Name, bool Passwords)
{
    public static EntryAnswer Of(IdentityProvider? provider) => provider is { Enabled: true } ? new(true, provider.Name, provider.Passwords) : new(false, null, true);
}
