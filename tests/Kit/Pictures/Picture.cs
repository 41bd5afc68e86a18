namespace CallCenter.Kit.Pictures;

/// <summary>What a window shows, opaque.</summary>
/// <param name="Colours">Row by row, 0xRRGGBB.</param>
public sealed record Picture(int Width, int Height, int[] Colours)
{
    /// <summary>How far a part of a colour may be off: edges of letters are drawn a little differently by each version of a browser.</summary>
    const int Near = 48;

    const int Marked = 0xFF0000;

    public int this[int x, int y] => Colours[y * Width + x];

    /// <summary>The share of pixels that differ, 0–1, and the picture in pale with those in red.</summary>
    public (double Share, Picture Marks) Against(Picture other)
    {
        if (other.Width != Width || other.Height != Height) return (1, this);
        var marks = new int[Colours.Length];
        var differ = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var same = AreNear(Colours[i], other.Colours[i]);
            if (!same) differ++;
            marks[i] = same ? Pale(Colours[i]) : Marked;
        }
        return ((double)differ / marks.Length, this with { Colours = marks });
    }

    static bool AreNear(int one, int other) =>
        Math.Abs((one >> 16) - (other >> 16)) <= Near && Math.Abs((one >> 8 & 255) - (other >> 8 & 255)) <= Near && Math.Abs((one & 255) - (other & 255)) <= Near;

    static int Pale(int colour) => 0xC0C0C0 + (colour >> 2 & 0x3F3F3F);
}

/// <summary>The colours of a picture that are used most, 256 at most.</summary>
sealed class Palette
{
    const int Most = 256;
    readonly Dictionary<int, byte> places = [];
    readonly int[] colours;

    Palette(int[] colours)
    {
        this.colours = colours;
        for (var i = 0; i < colours.Length; i++) places[colours[i]] = (byte)i;
    }

    public static Palette Of(Picture picture) => new([.. picture.Colours.CountBy(colour => colour).OrderByDescending(used => used.Value).ThenBy(used => used.Key).Take(Most).Select(used => used.Key)]);

    public byte[] Bytes => [.. colours.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })];

    public byte IndexOf(int colour)
    {
        if (places.TryGetValue(colour, out var known)) return known;
        var nearest = 0;
        for (var i = 1; i < colours.Length; i++) if (Distance(colours[i], colour) < Distance(colours[nearest], colour)) nearest = i;
        return places[colour] = (byte)nearest;
    }

    static int Distance(int one, int other)
    {
        var (r, g, b) = ((one >> 16) - (other >> 16), (one >> 8 & 255) - (other >> 8 & 255), (one & 255) - (other & 255));
        return r * r + g * g + b * b;
    }
}
