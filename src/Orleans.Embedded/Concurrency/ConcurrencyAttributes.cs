namespace Orleans.Concurrency;

/// <summary>Requests to one activation of this class may interleave at every await.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>Requests for which the named method says yes may interleave.</summary>
/// <param name="callbackMethodName">A method of the grain class, <c>bool M(IInvokable request)</c>; may be static.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}

/// <summary>Activations are made as calls demand, without identity beyond the key.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    public StatelessWorkerAttribute() => MaxLocalWorkers = Environment.ProcessorCount;

    /// <param name="maxLocalWorkers">Most activations of one key, at least 1.</param>
    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = Math.Max(1, maxLocalWorkers);

    internal int MaxLocalWorkers { get; }
}

/// <summary>The method may run beside whatever else runs in the grain.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>The method changes nothing and may run beside other read-only methods.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>The caller gets no answer: neither the end of the call nor its exception.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
