using System.Globalization;

namespace CallCenter.Domain.Tenants;

/// <summary>A colour as <c>#rrggbb</c>, and how well one is read upon another (WCAG 2.1).</summary>
public readonly record struct HexColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The least contrast of text (WCAG 2.1 §1.4.3, level AA).</summary>
    public const double Readable = 4.5;

    public static bool TryParse(string? text, out HexColour colour)
    {
        colour = default;
        if (text is not ['#', .. { Length: 6 } digits] || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        colour = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>1–21 (WCAG 2.1, "contrast ratio").</summary>
    public static double Contrast(HexColour one, HexColour other)
    {
        var (a, b) = (one.Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>0–1 (WCAG 2.1, "relative luminance").</summary>
    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte part)
    {
        var value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");
}
