using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Discovery;

/// <summary>
/// Finds what stands in a grain interface and could not cross to another silo. Everything reachable needs <see cref="GenerateSerializerAttribute"/>
/// (and its members <see cref="IdAttribute"/>), or is one of the types every silo knows.
/// </summary>
static class SerializerCheck
{
    static readonly HashSet<Type> Known =
    [
        typeof(string), typeof(object), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BitArray),
        typeof(CancellationToken), typeof(void), typeof(Nothing), typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(SiloAddress), typeof(TickStatus), typeof(Type),
    ];

    static readonly HashSet<Type> Generic =
    [
        typeof(Nullable<>), typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>), typeof(SortedSet<>), typeof(SortedList<,>),
        typeof(KeyValuePair<,>), typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>),
        typeof(ISet<>), typeof(IReadOnlySet<>), typeof(ConcurrentDictionary<,>), typeof(ConcurrentQueue<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(Memory<>), typeof(ReadOnlyMemory<>), typeof(ArraySegment<>),
        typeof(Task<>), typeof(ValueTask<>),
    ];

    /// <summary>What is wrong with the types an interface mentions, in words; each type once per <paramref name="seen"/>.</summary>
    internal static IEnumerable<string> Faults(Type face, HashSet<Type> seen) =>
        from method in GrainInterface.Methods(face)
        from type in method.GetParameters().Select(p => p.ParameterType).Append(GrainInterface.ResultOf(method))
        from fault in Walk(type, $"{face}.{method.Name}", seen)
        select fault;

    static IEnumerable<string> Walk(Type type, string path, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsGenericParameter || Known.Contains(type) || type.IsAssignableTo(typeof(IAddressable)) || IsNodaTime(type)) return [];
        if (type.IsArray) return Walk(type.GetElementType()!, path, seen);
        if (type.IsGenericType && (Generic.Contains(type.GetGenericTypeDefinition()) || IsTuple(type))) return type.GenericTypeArguments.SelectMany(a => Walk(a, path, seen));
        if (!seen.Add(type)) return [];
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) return Members(type, path, seen);
        return type.IsAbstract || type.IsInterface ? [] // the values have types of their own, which their silo checks as they come
            : [$"{path}: {type} has no [GenerateSerializer]"];
    }

    static IEnumerable<string> Members(Type type, string path, HashSet<Type> seen)
    {
        foreach (var argument in type.GenericTypeArguments.SelectMany(a => Walk(a, path, seen))) yield return argument;
        foreach (var (member, declared) in Identified(type))
        {
            foreach (var fault in Walk(declared, $"{path} → {type.Name}.{member.Name}", seen)) yield return fault;
        }
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Exception))
        {
            foreach (var fault in Walk(parent, path, seen)) yield return fault;
        }
    }

    /// <summary>The members with an id of their own, or by a record's primary constructor.</summary>
    static IEnumerable<(MemberInfo Member, Type Type)> Identified(Type type)
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(own).Where(f => f.IsDefined(typeof(IdAttribute)))) yield return (field, field.FieldType);
        var primary = type.GetMethod("<Clone>$") is null ? [] : type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet();
        foreach (var property in type.GetProperties(own).Where(p => p.IsDefined(typeof(IdAttribute)) || primary.Contains(p.Name))) yield return (property, property.PropertyType);
    }

    static bool IsTuple(Type type) => type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || type.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal);

    static bool IsNodaTime(Type type) => type.Namespace?.StartsWith("NodaTime", StringComparison.Ordinal) == true;
}
