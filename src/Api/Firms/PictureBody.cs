using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace CallCenter.Api.Firms;

/// <summary>A picture in the body. What it is its bytes say, whatever the request calls it.</summary>
internal sealed class PictureBody : IChecked, IEndpointParameterMetadataProvider
{
    private PictureBody(byte[] content, string type, int width, int height, Items<Fault> faults)
    {
        (Content, Type, Width, Height, Faults) = (content, type, width, height, faults);
    }

    public byte[] Content { get; }
    public string Type { get; }
    public int Width { get; }
    public int Height { get; }
    public Items<Fault> Faults { get; }

    public static async ValueTask<PictureBody?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return Read(body.ToArray(), http.Request.RouteValues["kind"] as string);
    }

    internal static PictureBody Read(byte[] content, string? kind)
    {
        if (PictureBytes.IsMarkup(content)) return Refused("is text such as SVG, which may hold scripts: send PNG, JPEG, WebP or ICO");
        if (!PictureBytes.TryRead(content, out var type, out var width, out var height)) return Refused("is no PNG, JPEG, WebP or ICO, whatever its name says");
        var room = PictureRoom.Of(kind);
        if (content.Length > room.Bytes) return Refused(string.Create(CultureInfo.InvariantCulture, $"has {content.Length / 1024} KiB; {room.Bytes / 1024} KiB are the most"));
        if (width < room.Least || height < room.Least || width > room.Most || height > room.Most) return Refused(string.Create(CultureInfo.InvariantCulture, $"has {width} × {height} pixels; {room.Least}–{room.Most} on each side fit"));
        return new(content, type, width, height, []);
    }

    /// <summary>For the OpenAPI document alone.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TextBody("image/*"));

    private static PictureBody Refused(string text) => new([], "", 0, 0, [new Fault("picture", text)]);
}

/// <summary>How large a picture may be.</summary>
/// <param name="Least">Pixels of each side.</param>
internal sealed record PictureRoom(int Bytes, int Least, int Most)
{
    private static readonly PictureRoom Logo = new(512 * 1024, 16, 2000), Favicon = new(128 * 1024, 16, 512), SignIn = new(2 * 1024 * 1024, 100, 4096);

    public static PictureRoom Of(string? kind) => kind switch { "favicon" => Favicon, "signIn" => SignIn, _ => Logo };
}
