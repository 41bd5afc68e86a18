using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and casts of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>The reference behind a grain or reference.</summary>
    /// <exception cref="ArgumentException">The object is an observer or something else that has no reference of its own.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var cluster = grain switch
        {
            GrainReference reference => reference.Cluster,
            IGrainBase inside => inside.GrainContext.GrainReference.Cluster,
            _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference; make one by {nameof(IGrainFactory.CreateObjectReference)}.", nameof(grain)),
        };
        return (TGrainInterface)(object)cluster.Reference(typeof(TGrainInterface), grain.GetGrainId());
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase inside => inside.GrainContext.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference.", nameof(grain)),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static Guid GetPrimaryKey(this IAddressable grain) => GetPrimaryKey(grain, out _);

    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt)
    {
        var key = Split(grain, out keyExt);
        return Guid.TryParseExact(key, "N", out var guid) ? guid : throw new InvalidOperationException($"The key of {grain.GetGrainId()} is not a Guid.");
    }

    public static long GetPrimaryKeyLong(this IAddressable grain) => GetPrimaryKeyLong(grain, out _);

    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt)
    {
        var key = Split(grain, out keyExt);
        return long.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidOperationException($"The key of {grain.GetGrainId()} is not an integer.");
    }

    static string Split(IAddressable grain, out string? extension)
    {
        var key = grain.GetPrimaryKeyString();
        int plus = key.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : key[(plus + 1)..];
        return plus < 0 ? key : key[..plus];
    }
}
