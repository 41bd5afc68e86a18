namespace CallCenter.Api.Firms;

/// <summary>How a firm looks: its name, its colours, its pictures.</summary>
internal static class BrandingEndpoints
{
    public static void MapBranding(this IEndpointRouteBuilder api)
    {
        var branding = api.Resource("/branding", "Branding");
        branding.MapGet("", Get).Demands(Resource.Branding, Rights.Read).WithSummary("How the firm looks");
        branding.MapPut("", Put).Demands(Resource.Branding, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Change name and colours; a member left out keeps its value, null takes the product's own. What could not be read (WCAG AA) is refused");
        branding.MapBrandPictures();
    }

    public static async Task<Branding> BrandOf(this IConfigurationStore store, TenantId owner, CancellationToken stop) =>
        await store.Find<Branding>(owner, Branding.OnlyId, stop) ?? new Branding(owner);

    private static async Task<Tagged<BrandingAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var branding = await store.BrandOf(caller.Tenant, stop);
        return new(BrandingAnswer.Of(branding), branding.Version);
    }

    private static async Task<Results<Tagged<BrandingAnswer>, ProblemHttpResult>> Put(Caller caller, Form<BrandingForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var wanted = form.Value.Over(await store.BrandOf(caller.Tenant, stop), form);
        return await store.Save(wanted, [], caller, condition, BrandingAnswer.Of, stop);
    }
}

/// <param name="Name">As pages show it; null = the firm's name.</param>
/// <param name="Colour">Of buttons and links, <c>#rrggbb</c>.</param>
/// <param name="BarColour">The ground of the bar at the top.</param>
/// <param name="BarText">What is written on it.</param>
internal sealed record BrandingForm(string? Name, string? Colour, string? BarColour, string? BarText)
{
    public Branding Over(Branding now, Form<BrandingForm> form) => now with
    {
        Name = form.Has("name") ? Text(Name) : now.Name,
        Colour = form.Has("colour") ? Text(Colour)?.ToLowerInvariant() : now.Colour,
        BarColour = form.Has("barColour") ? Text(BarColour)?.ToLowerInvariant() : now.BarColour,
        BarText = form.Has("barText") ? Text(BarText)?.ToLowerInvariant() : now.BarText,
    };

    /// <summary>An empty field of a form is none.</summary>
    private static string? Text(string? given) => string.IsNullOrEmpty(given) ? null : given;
}

internal sealed record BrandingAnswer(string? Name, string? Colour, string? BarColour, string? BarText, PictureAnswer? Logo, PictureAnswer? Favicon, PictureAnswer? SignIn)
{
    public static BrandingAnswer Of(Branding branding) => new(
        branding.Name, branding.Colour, branding.BarColour, branding.BarText, PictureAnswer.Of(branding.Logo), PictureAnswer.Of(branding.Favicon), PictureAnswer.Of(branding.SignIn));
}

/// <param name="Url">Where browsers find it, on the firm's hosts, without signing in; its content never changes.</param>
/// <param name="Width">Pixels.</param>
internal sealed record PictureAnswer(string Url, string Type, int Width, int Height)
{
    public static PictureAnswer? Of(BrandPicture? picture) => picture is null ? null : new(BrandPictureEndpoints.UrlOf(picture), picture.Type, picture.Width, picture.Height);
}
