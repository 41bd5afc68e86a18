using System.Globalization;

namespace CallCenter.Domain.Tenants;

/// <summary>How a firm looks to its people: before the sign-in and after. Everything may be absent: then it looks like the product.</summary>
/// <param name="Name">As pages show it; null = the tenant's name.</param>
/// <param name="Colour">Of buttons (white text) and links (on the page's ground), <c>#rrggbb</c>.</param>
/// <param name="BarColour">The ground of the bar at the top.</param>
/// <param name="BarText">What is written on it.</param>
[GenerateSerializer, Immutable, Alias("Branding")]
public sealed record Branding(
    [property: Id(0)] TenantId Owner, [property: Id(1)] string? Name = null, [property: Id(2)] string? Colour = null, [property: Id(3)] string? BarColour = null, [property: Id(4)] string? BarText = null,
    [property: Id(5)] BrandPicture? Logo = null, [property: Id(6)] BrandPicture? Favicon = null, [property: Id(7)] BrandPicture? SignIn = null, [property: Id(8)] long Version = 0) : ISetting
{
    public const string OnlyId = "branding";
    private const int LongestName = 60;

    /// <summary>The page's ground in the light; text and buttons upon it must be read.</summary>
    private static readonly HexColour Ground = new(0xf5, 0xf6, 0xf8);

    /// <summary>The bar's own colours where one of the two is left as it is.</summary>
    private static readonly HexColour PlainBar = new(0xff, 0xff, 0xff), PlainText = new(0x1f, 0x1f, 0x1f);

    public string Id => OnlyId;

    public BrandPicture? Picture(PictureKind kind) => kind switch { PictureKind.Logo => Logo, PictureKind.Favicon => Favicon, _ => SignIn };

    public Branding With(PictureKind kind, BrandPicture? picture) => kind switch
    {
        PictureKind.Logo => this with { Logo = picture },
        PictureKind.Favicon => this with { Favicon = picture },
        _ => this with { SignIn = picture },
    };

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32);
        if (Name is not null) faults.Name(Name, "name", LongestName);
        Read(Colour, "colour", faults, Ground, out var colour);
        if (colour is { } own) Contrasts(own, Ground, "colour", "to the page's ground", faults);
        Read(BarColour, "barColour", faults, PlainBar, out var bar);
        Read(BarText, "barText", faults, PlainText, out var text);
        if (bar is { } ground && text is { } letters) Contrasts(letters, ground, BarText is null ? "barColour" : "barText", "between the bar and its text", faults);
        return faults.Done();
    }

    /// <param name="colour">Null: it cannot be judged. What is absent is what stands there by itself.</param>
    private static void Read(string? value, string field, FaultList faults, HexColour plain, out HexColour? colour)
    {
        colour = value is null ? (field == "colour" ? null : plain) : HexColour.TryParse(value, out var read) ? read : null;
        faults.When(value is not null && colour is null, field, "must be a colour as #rrggbb");
    }

    private static void Contrasts(HexColour one, HexColour other, string field, string where, FaultList faults)
    {
        var contrast = HexColour.Contrast(one, other);
        faults.When(contrast < HexColour.Readable, field, string.Create(CultureInfo.InvariantCulture, $"has a contrast of {Math.Floor(contrast * 10) / 10:0.0} : 1 {where}; 4.5 : 1 is the least that everybody can read"));
    }
}

/// <summary>What a firm's picture is for.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(EnumText<PictureKind>))]
public enum PictureKind { Logo, Favicon, SignIn }

/// <summary>A picture as it is kept.</summary>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal: by this it is found.</param>
/// <param name="Type">Of its bytes, whatever the sender called it.</param>
/// <param name="Width">Pixels.</param>
[GenerateSerializer, Immutable, Alias("BrandPicture")]
public sealed record BrandPicture([property: Id(0)] string Hash, [property: Id(1)] string Type, [property: Id(2)] int Width, [property: Id(3)] int Height);
