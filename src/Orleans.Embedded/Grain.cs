using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What the runtime calls on a grain.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first request; when it fails, so do the requests that wait.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last request. It is not run in a crash: nothing may depend on it.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

/// <summary>Base of grain classes: one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    readonly Activation? made = Activation.Current; // the constructor runs in the activation's first turn

    internal Activation Activation => made ?? throw new InvalidOperationException($"{GetType().Name} was not made by the grain runtime.");

    public IGrainContext GrainContext => Activation;

    protected IGrainFactory GrainFactory => Activation.Silo.Factory;

    protected IServiceProvider ServiceProvider => Activation.ActivationServices;

    /// <summary>Lets this activation end when the running requests have; the next call makes another.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps the activation from idle collection for this long; negative takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
