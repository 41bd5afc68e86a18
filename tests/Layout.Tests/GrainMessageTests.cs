using System.Reflection;
using CallCenter.Contracts.Calls;

namespace CallCenter.Layout.Tests;

/// <summary>
/// What only shows in a cluster is guarded here: everything that reaches a grain or comes from one is immutable and has
/// a serializer that survives upgrades.
/// </summary>
public sealed class GrainMessageTests
{
    static readonly Assembly[] Ours = [typeof(ICallGrain).Assembly, typeof(Domain.Subject).Assembly];
    static readonly Type[] AllTypes = [.. Ours.SelectMany(a => a.GetTypes())];
    static readonly Type[] Interfaces = [.. AllTypes.Where(t => t.IsInterface && IsAddressable(t))];
    static readonly Type[] Messages = [.. Reachable().OrderBy(t => t.FullName, StringComparer.Ordinal)];

    static readonly Type[] Plain =
    [
        typeof(bool), typeof(char), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(ushort), typeof(uint), typeof(ulong), typeof(double), typeof(float),
        typeof(decimal), typeof(string), typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
    ];

    [Fact]
    public void There_are_messages_to_check()
    {
        Assert.Contains(typeof(Domain.Calls.CallEvent), Messages);
        Assert.Contains(typeof(Domain.Calls.PickedUp), Messages); // found below its abstract base
    }

    [Fact]
    public void Every_message_has_a_serializer_and_is_marked_immutable() =>
        Rule.Holds(Messages.Where(t => !t.IsEnum && (!Has(t, "GenerateSerializerAttribute") || !Has(t, "ImmutableAttribute"))).Select(t => t.FullName));

    [Fact]
    public void Every_message_has_an_alias_of_its_own()
    {
        Rule.Holds(Messages.Where(t => !t.IsEnum && Alias(t) is null).Select(t => t.FullName));
        Rule.Holds(Repeated(AllTypes.Select(Alias).OfType<string>()));
    }

    [Fact]
    public void Every_member_has_a_number_of_its_own()
    {
        Rule.Holds(Fields().Where(f => Number(f) is null).Select(f => $"{f.DeclaringType!.FullName}.{Label(f)}"));
        Rule.Holds(Messages.SelectMany(t => Repeated(Fields(t).Select(Number).Where(n => n is not null)).Select(n => $"{t.FullName}: {n}")));
    }

    [Fact]
    public void No_member_can_be_changed()
    {
        var changeable = from field in Fields()
                         where !field.IsInitOnly && !(Property(field) is { } p && (p.SetMethod is null || IsInit(p.SetMethod)))
                         select $"{field.DeclaringType!.FullName}.{Label(field)}";
        Rule.Holds(changeable);
    }

    [Fact]
    public void Every_member_is_a_value_that_a_codec_can_carry()
    {
        var foreign = from field in Fields()
                      where !(field.DeclaringType!.Name == "Items`1" && field.FieldType.IsArray) // the one list hides its array
                      from part in Parts(field.FieldType)
                      where !IsCarried(part)
                      select $"{field.DeclaringType!.FullName}.{Label(field)}: {part}";
        Rule.Holds(foreign);
    }

    [Fact]
    public void Every_method_answers_by_a_task_and_has_an_alias()
    {
        var methods = Interfaces.SelectMany(i => i.GetMethods()).ToList();
        Rule.Holds(methods.Where(m => Task(m.ReturnType) is null).Select(Label));
        Rule.Holds(methods.Where(m => Alias(m) is null).Select(Label));
        Rule.Holds(Interfaces.SelectMany(i => Repeated(i.GetMethods().Select(Alias)).Select(a => $"{i.Name}.{a}")));
        Rule.Holds(Interfaces.Where(i => Alias(i) is null).Select(i => i.FullName));
    }

    [Fact]
    public void Every_parameter_and_answer_is_a_value_that_a_codec_can_carry()
    {
        var foreign = from method in Interfaces.SelectMany(i => i.GetMethods())
                      from type in Carried(method)
                      from part in Parts(type)
                      where !IsCarried(part) && part != typeof(CancellationToken)
                      select $"{Label(method)}: {part}";
        Rule.Holds(foreign);
    }

    [Fact]
    public void Every_number_stays_where_it_is_in_an_enum() => // names of stored words are their meaning; a gap or a repetition hides one
        Rule.Holds(Messages.Where(t => t.IsEnum && Enum.GetValuesAsUnderlyingType(t).Cast<object>().Distinct().Count() != Enum.GetNames(t).Length).Select(t => t.FullName));

    static HashSet<Type> Reachable()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(Interfaces.SelectMany(i => i.GetMethods()).SelectMany(Carried).SelectMany(Parts));
        while (open.TryDequeue(out var type))
        {
            type = type.IsArray ? type.GetElementType()! : type;
            type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if (!Ours.Contains(type.Assembly) || IsAddressable(type) || type.IsGenericParameter || !found.Add(type)) continue;
            foreach (var part in Fields(type).SelectMany(f => Parts(f.FieldType))) open.Enqueue(part);
            foreach (var derived in AllTypes.Where(t => t.BaseType == type)) open.Enqueue(derived);
            if (type.BaseType is { } above) open.Enqueue(above);
        }
        return found;
    }

    /// <summary>A type and all it is put together from: arguments of a generic type; an array stays whole.</summary>
    static IEnumerable<Type> Parts(Type type)
    {
        if (type.IsGenericParameter) return [];
        if (!type.IsGenericType) return [type];
        var whole = type.GetGenericTypeDefinition() == typeof(Nullable<>) ? [] : new[] { type };
        return whole.Concat(type.GetGenericArguments().SelectMany(Parts));
    }

    static bool IsCarried(Type type) => Plain.Contains(type) || IsAddressable(type) || (Ours.Contains(type.Assembly) && !type.IsInterface && !typeof(Delegate).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type));

    static IEnumerable<Type> Carried(MethodInfo method) => method.GetParameters().Select(p => p.ParameterType).Concat(Task(method.ReturnType) is { } answer && answer != typeof(void) ? [answer] : []);

    /// <summary>The answer inside a task; void for a task without one; null if it is no task.</summary>
    static Type? Task(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) ? typeof(void)
        : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? type.GetGenericArguments()[0]
        : null;

    static IEnumerable<FieldInfo> Fields() => Messages.Where(t => !t.IsEnum).SelectMany(Fields);

    static FieldInfo[] Fields(Type type) => type.IsEnum ? [] : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    static PropertyInfo? Property(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.DeclaringType!.GetProperty(Label(field), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) : null;

    static string Label(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    static string Label(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    static object? Number(FieldInfo field) => Argument(field, "IdAttribute") ?? (Property(field) is { } p ? Argument(p, "IdAttribute") : null);

    static string? Alias(MemberInfo member) => Argument(member, "AliasAttribute") as string;

    static object? Argument(MemberInfo member, string attribute) =>
        member.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == attribute)?.ConstructorArguments[0].Value;

    static bool Has(Type type, string attribute) => type.CustomAttributes.Any(a => a.AttributeType.Name == attribute);

    static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");

    static bool IsAddressable(Type type) => type.GetInterfaces().Any(i => i.FullName == "Orleans.Runtime.IAddressable" || i.FullName == "Orleans.IAddressable");

    static IEnumerable<T> Repeated<T>(IEnumerable<T> items) => items.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key);
}
