using System.Collections.Frozen;
using System.IO.Compression;

namespace CallCenter.Api.Pages;

/// <summary>A file of the portal as it is sent: it is small, never changes while the program runs, and is compressed once.</summary>
internal sealed record PortalFile(string ContentType, byte[] Content, byte[] Gzip)
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".svg"] = "image/svg+xml", [".png"] = "image/png", [".woff2"] = "font/woff2", [".json"] = "application/json",
    }.ToFrozenDictionary();

    /// <summary>All files of a folder that browsers may have, by name.</summary>
    public static FrozenDictionary<string, PortalFile> All(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Types.ContainsKey(Path.GetExtension(file)))
        .ToFrozenDictionary(file => Path.GetFileName(file), One);

    /// <summary>One that browsers may have.</summary>
    public static PortalFile One(string path) => Of(Types[Path.GetExtension(path)], File.ReadAllBytes(path));

    private static PortalFile Of(string type, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(content);
        return new(type, content, packed.ToArray());
    }

    /// <summary>The file's name holds its hash, so that it is kept for good.</summary>
    public Task Send(HttpContext http) => Send(http, "public, max-age=31536000, immutable");

    public async Task Send(HttpContext http, string kept)
    {
        var (request, response) = (http.Request, http.Response);
        var packs = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var content = packs ? Gzip : Content;
        response.ContentType = ContentType;
        response.ContentLength = content.Length;
        response.Headers.CacheControl = kept;
        response.Headers.Vary = "Accept-Encoding";
        if (packs) response.Headers.ContentEncoding = "gzip";
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(content, http.RequestAborted);
    }
}
