using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Storage;

/// <summary>Copies a graph of plain objects, field by field. What never changes is shared.</summary>
static class GraphCopy
{
    static readonly MethodInfo Shallow = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;
    static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = [];

    internal static T Of<T>(T original) => (T)Copy(original, new(ReferenceEqualityComparer.Instance))!;

    static object? Copy(object? original, Dictionary<object, object> done)
    {
        if (original is null || Never(original.GetType())) return original;
        if (done.TryGetValue(original, out var already)) return already;
        var copy = Shallow.Invoke(original, null)!;
        if (!original.GetType().IsValueType) done[original] = copy;
        if (copy is Array array)
        {
            if (!Never(array.GetType().GetElementType()!)) CopyItems(array, done);
            return copy;
        }
        foreach (var field in Fields.GetOrAdd(original.GetType(), FieldsOf)) field.SetValue(copy, Copy(field.GetValue(copy), done));
        return copy;
    }

    static void CopyItems(Array array, Dictionary<object, object> done)
    {
        var at = new int[array.Rank];
        for (int n = 0; n < array.Length; n++)
        {
            int rest = n;
            for (int d = array.Rank - 1; d >= 0; d--) (rest, at[d]) = Math.DivRem(rest, array.GetLength(d));
            array.SetValue(Copy(array.GetValue(at), done), at);
        }
    }

    /// <summary>True for types whose values never change.</summary>
    static bool Never(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || type == typeof(decimal)
        || type.IsDefined(typeof(ImmutableAttribute)) || type.IsAssignableTo(typeof(Runtime.IAddressable)) || type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(MemberInfo))
        || type.IsAssignableTo(typeof(IEqualityComparer)) || type.Namespace?.StartsWith("NodaTime", StringComparison.Ordinal) == true;

    static FieldInfo[] FieldsOf(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            fields.AddRange(t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => !Never(f.FieldType)));
        }
        return [.. fields];
    }
}
