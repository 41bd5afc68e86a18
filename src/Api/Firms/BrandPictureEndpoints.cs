using System.Security.Cryptography;

namespace CallCenter.Api.Firms;

/// <summary>A firm's pictures: kept and found by the hash of their bytes, so that what a browser has is right for good.</summary>
internal static class BrandPictureEndpoints
{
    private const string Folder = "brand/", Public = "/api/v1/brand/";

    public static void MapBrandPictures(this RouteGroupBuilder branding)
    {
        branding.MapPut("/pictures/{kind}", Put).Demands(Resource.Branding, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Set the picture logo, favicon or signIn: PNG, JPEG, WebP or ICO in the body");
        branding.MapDelete("/pictures/{kind}", Delete).Demands(Resource.Branding, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove a picture");
    }

    /// <summary>Whoever stands before the door sees the firm's pictures.</summary>
    public static void MapBrand(this IEndpointRouteBuilder api) =>
        api.Resource("/brand", "Branding").MapMethods("/{hash}", [HttpMethods.Get, HttpMethods.Head], Send).OpenToAll().ExcludeFromDescription();

    public static string UrlOf(BrandPicture picture) => Public + picture.Hash;

    private static string NameOf(string hash) => Folder + hash;

    private static async Task<Results<Tagged<BrandingAnswer>, ProblemHttpResult>> Put(Caller caller, string kind, PictureBody picture, IConfigurationStore store, IBlobs blobs, CancellationToken stop)
    {
        if (!TryKind(kind, out var which)) return Problems.NotFound("picture");
        var hash = Convert.ToHexStringLower(SHA256.HashData(picture.Content));
        await blobs.Write(caller.Tenant, NameOf(hash), picture.Content, stop);
        return await Change(caller, which, new(hash, picture.Type, picture.Width, picture.Height), store, blobs, stop);
    }

    private static async Task<Results<Tagged<BrandingAnswer>, ProblemHttpResult>> Delete(Caller caller, string kind, IConfigurationStore store, IBlobs blobs, CancellationToken stop) =>
        TryKind(kind, out var which) ? await Change(caller, which, null, store, blobs, stop) : Problems.NotFound("picture");

    private static async Task<Results<Tagged<BrandingAnswer>, ProblemHttpResult>> Change(Caller caller, PictureKind kind, BrandPicture? picture, IConfigurationStore store, IBlobs blobs, CancellationToken stop)
    {
        var now = await store.BrandOf(caller.Tenant, stop);
        var wanted = now.With(kind, picture);
        var answer = await store.Save(wanted, [], caller, new(Precondition.Tag(now.Version), null), BrandingAnswer.Of, stop);
        if (answer.Result is Tagged<BrandingAnswer> && now.Picture(kind) is { } old && !Uses(wanted, old.Hash)) await blobs.Delete(caller.Tenant, NameOf(old.Hash), stop);
        return answer;
    }

    private static bool Uses(Branding branding, string hash) => Enum.GetValues<PictureKind>().Any(kind => branding.Picture(kind)?.Hash == hash);

    private static bool TryKind(string text, out PictureKind kind)
    {
        kind = text switch { "favicon" => PictureKind.Favicon, "signIn" => PictureKind.SignIn, _ => PictureKind.Logo };
        return text is "logo" or "favicon" or "signIn";
    }

    private static async Task<IResult> Send(HttpContext http, string hash, IConfigurationStore store, IBlobs blobs)
    {
        var stop = http.RequestAborted;
        if (hash.Length != SHA256.HashSizeInBytes * 2 || !hash.All(char.IsAsciiHexDigitLower)) return Problems.NotFound("picture");
        var tenant = await store.FindTenantByDomain(http.Request.Host.Host.ToLowerInvariant(), stop);
        if (await blobs.Read(tenant?.Tenant ?? TenantId.Operator, NameOf(hash), stop) is not { } content || !PictureBytes.TryRead(content.Span, out var type, out _, out _)) return Problems.NotFound("picture");
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(content, type);
    }
}
