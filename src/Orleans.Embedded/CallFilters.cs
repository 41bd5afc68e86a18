using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A grain call seen by a filter.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    /// <summary>The grain called (incoming) or the reference it is called by (outgoing).</summary>
    object Grain { get; }

    /// <summary>The grain that calls; null for a client.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }
    string InterfaceName { get; }
    string MethodName { get; }
    MethodInfo InterfaceMethod { get; }

    /// <summary>The answer, after <see cref="Invoke"/>; a filter may put another in its place.</summary>
    object? Result { get; set; }

    Response? Response { get; set; }

    /// <summary>Goes on to the next filter and at last to the grain. Not calling it leaves the grain uncalled.</summary>
    Task Invoke();
}

public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }
    MethodInfo ImplementationMethod { get; }
}

public interface IOutgoingGrainCallContext : IGrainCallContext
{
    IGrainContext? SourceContext { get; }
}

public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}

public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}

public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);

public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
