using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The kind of grain, as in the first part of its id.</summary>
public readonly record struct GrainType(string? Value)
{
    public static GrainType Create(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>The key of a grain within its kind.</summary>
public readonly record struct IdSpan(string? Value)
{
    public static IdSpan Create(string id) => new(id);

    public override string ToString() => Value ?? "";
}

/// <summary>Who a grain is: <c>type/key</c>. Guid keys are 32 hexadecimal digits, integers upper-case hexadecimal.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key) : IComparable<GrainId>
{
    public static GrainId Create(string type, string key) => new(new(type), new(key));

    public static GrainId Create(GrainType type, string key) => new(type, new(key));

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(ReadOnlySpan<char> value) => TryParse(value, out var id) ? id : throw new FormatException($"'{value}' is not a grain id.");

    public static bool TryParse(ReadOnlySpan<char> value, out GrainId result)
    {
        int slash = value.IndexOf('/');
        result = slash > 0 ? Create(value[..slash].ToString(), value[(slash + 1)..].ToString()) : default;
        return slash > 0;
    }

    public bool IsDefault => Type.Value is null;

    /// <summary>The same on every machine and in every run (FNV-1a over the text's UTF-16 units, with a final mix).</summary>
    public uint GetUniformHashCode()
    {
        uint hash = 2166136261;
        foreach (char c in ToString()) hash = (hash ^ c) * 16777619;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        return hash ^ (hash >> 13);
    }

    [SuppressMessage("Design", "CA1036", Justification = "ordered for sorting only, as in Orleans")]
    public int CompareTo(GrainId other)
    {
        int byType = string.CompareOrdinal(Type.Value, other.Type.Value);
        return byType != 0 ? byType : string.CompareOrdinal(Key.Value, other.Key.Value);
    }

    public override string ToString() => $"{Type}/{Key}";
}
