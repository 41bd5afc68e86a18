namespace Orleans.Runtime;

/// <summary>A grain as the runtime sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }
    GrainId GrainId { get; }

    /// <summary>Null until the grain has been constructed.</summary>
    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has.</summary>
    Task Deactivated { get; }

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>The grain whose turn this is.</summary>
public interface IGrainContextAccessor
{
    /// <summary>Null outside the grains.</summary>
    IGrainContext? GrainContext { get; }
}
