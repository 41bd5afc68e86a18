using System.Reflection;
using Orleans.Concurrency;
using Orleans.Engine;

namespace Orleans.Discovery;

/// <summary>What the attributes of an interface method say.</summary>
sealed class MethodModel
{
    internal MethodModel(Type face, MethodInfo method)
    {
        (Interface, Method) = (face, method);
        Name = method.Name;
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        Timeout = (method.GetCustomAttribute<ResponseTimeoutAttribute>() ?? face.GetCustomAttribute<ResponseTimeoutAttribute>())?.Timeout;
    }

    internal Type Interface { get; }
    internal MethodInfo Method { get; }
    internal string Name { get; }
    internal bool AlwaysInterleave { get; }
    internal bool ReadOnly { get; }
    internal bool OneWay { get; }
    internal TimeSpan? Timeout { get; }

    public override string ToString() => $"{Interface.Name}.{Name}";
}
