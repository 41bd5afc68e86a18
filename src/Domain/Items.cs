using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Domain;

/// <summary>
/// An immutable list that is equal to another one with equal elements in the same order. Records hold it instead of
/// interface-typed collections, which compare by reference and do not survive Orleans' codecs.
/// </summary>
[GenerateSerializer, Immutable, Alias("Items`1")]
[CollectionBuilder(typeof(Items), nameof(Items.Of))]
[JsonConverter(typeof(ItemsJson))]
public readonly struct Items<T> : IReadOnlyList<T>, IEquatable<Items<T>>
{
    [Id(0)] private readonly T[]? list;

    internal Items(T[] list) => this.list = list;

    public int Count => list?.Length ?? 0;
    public bool IsEmpty => Count == 0;
    public T this[int index] => (list ?? throw new ArgumentOutOfRangeException(nameof(index)))[index];
    public ReadOnlySpan<T> Span => list;

    /// <summary>A new list with <paramref name="item"/> at the end.</summary>
    public Items<T> Add(T item) => new([.. Span, item]);

    public Items<T> AddRange(Items<T> items) => items.IsEmpty ? this : IsEmpty ? items : new([.. Span, .. items.Span]);

    /// <summary>A new list without the elements that <paramref name="gone"/> names.</summary>
    public Items<T> Without(Func<T, bool> gone)
    {
        var left = 0;
        foreach (var item in Span)
            if (!gone(item)) left++;
        if (left == Count) return this;
        if (left == 0) return default;
        var (kept, next) = (new T[left], 0);
        foreach (var item in Span)
            if (!gone(item)) kept[next++] = item;
        return new(kept);
    }

    /// <summary>A new list in which the elements that <paramref name="which"/> names are changed.</summary>
    public Items<T> Change(Func<T, bool> which, Func<T, T> change)
    {
        if (IsEmpty) return this;
        var copy = Span.ToArray();
        for (var i = 0; i < copy.Length; i++)
            if (which(copy[i])) copy[i] = change(copy[i]);
        return new(copy);
    }

    public bool Equals(Items<T> other)
    {
        if (Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
            if (!EqualityComparer<T>.Default.Equals(list![i], other.list![i])) return false;
        return true;
    }

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span) hash.Add(item);
        return hash.ToHashCode();
    }

    public static bool operator ==(Items<T> left, Items<T> right) => left.Equals(right);
    public static bool operator !=(Items<T> left, Items<T> right) => !left.Equals(right);

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(list ?? [])).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => (list ?? []).GetEnumerator();
    public override string ToString() => $"[{string.Join(", ", this.AsEnumerable())}]";
}

/// <summary>Makers of <see cref="Items{T}"/>; the compiler uses <see cref="Of"/> for collection expressions.</summary>
public static class Items
{
    public static Items<T> Of<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new(items.ToArray());

    public static Items<T> ToItems<T>(this IEnumerable<T> items) => Owning<T>([.. items]);

    /// <summary>The list that the array is, without a copy: nobody may change it any more.</summary>
    public static Items<T> Owning<T>(T[] items) => items.Length == 0 ? default : new(items);
}

/// <summary>In JSON the list is a plain array.</summary>
internal sealed class ItemsJson : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Items<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Items<T>>
    {
        public override Items<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, Items<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
