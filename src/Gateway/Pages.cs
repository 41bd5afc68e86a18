using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>The few pages of the gateway's own: plain, without script or style.</summary>
internal static class Pages
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Task Front(HttpContext http)
    {
        var tenant = http.Features.Get<HostOwner>()?.Tenant;
        return Write(http, StatusCodes.Status200OK, tenant?.Language ?? "en", tenant?.Name ?? "CallCenter");
    }

    public static Task UnknownHost(HttpContext http) => Write(http, StatusCodes.Status404NotFound, "en", "Nobody is served under this name");

    private static Task Write(HttpContext http, int status, string language, string text)
    {
        var shown = Encoder.Encode(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{Encoder.Encode(language)}"><head><meta charset="utf-8"><title>{shown}</title></head><body><h1>{shown}</h1></body></html>

            """, http.RequestAborted);
    }
}
