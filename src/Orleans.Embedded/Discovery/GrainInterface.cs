using System.Reflection;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Discovery;

/// <summary>What may stand in a grain or observer interface.</summary>
static class GrainInterface
{
    static readonly HashSet<Type> Marks =
    [
        typeof(IAddressable), typeof(IGrain), typeof(IGrainObserver), typeof(IGrainWithStringKey), typeof(IGrainWithGuidKey),
        typeof(IGrainWithIntegerKey), typeof(IGrainWithGuidCompoundKey), typeof(IGrainWithIntegerCompoundKey),
    ];

    internal static bool Is(Type type) => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)) && !Marks.Contains(type);

    /// <summary>Its methods and those it inherits.</summary>
    internal static IEnumerable<MethodInfo> Methods(Type face) => face.GetInterfaces().Append(face).SelectMany(i => i.GetMethods()).Where(m => m.IsAbstract);

    /// <summary>What an answer carries; <see cref="Nothing"/> for none.</summary>
    internal static Type ResultOf(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : typeof(Nothing);

    /// <summary>What is wrong with the interface, in words.</summary>
    internal static IEnumerable<string> Faults(Type face)
    {
        foreach (var property in face.GetProperties()) yield return $"{face}: property {property.Name}; grains have methods only";
        foreach (var method in face.GetMethods().Where(m => m.IsAbstract && !m.IsSpecialName))
        {
            string name = $"{face}.{method.Name}";
            var result = method.ReturnType;
            var open = result.IsGenericType ? result.GetGenericTypeDefinition() : result;
            if (open == typeof(IAsyncEnumerable<>)) yield return $"{name} returns IAsyncEnumerable, which the embedded runtime does not offer";
            else if (open != typeof(void) && open != typeof(Task) && open != typeof(Task<>) && open != typeof(ValueTask) && open != typeof(ValueTask<>)) yield return $"{name} returns {result} instead of a task";
            if (method.IsGenericMethodDefinition) yield return $"{name} is generic, which the embedded runtime does not offer";
            var parameters = method.GetParameters();
            if (parameters.Any(p => p.ParameterType.IsByRef)) yield return $"{name} has a ref or out parameter";
            int tokens = parameters.Count(p => p.ParameterType == typeof(CancellationToken));
            if (tokens > 1 || (tokens == 1 && parameters[^1].ParameterType != typeof(CancellationToken))) yield return $"{name}: one CancellationToken at most, and that last";
        }
    }
}
