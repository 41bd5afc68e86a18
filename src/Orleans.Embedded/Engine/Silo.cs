using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Discovery;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>The grains of one host: their classes, services, filters and clocks.</summary>
sealed class Silo : IDisposable
{
    readonly FrozenDictionary<GrainType, GrainClass> classes;
    readonly CancellationTokenSource stopping = new(), aborting = new();
    readonly TimeSpan quantum;
    readonly TimeSpan patience;
    ITimer? collector;

    public Silo(IServiceProvider services, Cluster cluster, ScopeNeeds scopeNeeds, ILogger<Silo> log, IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection,
        IEnumerable<IIncomingGrainCallFilter> incoming, IEnumerable<IOutgoingGrainCallFilter> outgoing)
    {
        (Services, Cluster, ScopeNeeds, Log) = (services, cluster, scopeNeeds, log);
        (Incoming, Outgoing) = (new(incoming), new(outgoing));
        Time = Clock(services, "Orleans.Grains");
        MessagingTime = Clock(services, "Orleans.Messaging");
        Factory = new(cluster, services);
        patience = messaging.Value.ResponseTimeout;
        quantum = collection.Value.CollectionQuantum;
        classes = GrainCatalog.Instance.Classes.Select(e => new GrainClass(this, e, collection.Value)).ToFrozenDictionary(c => c.Type);
    }

    internal IServiceProvider Services { get; }
    internal Cluster Cluster { get; }
    internal ScopeNeeds ScopeNeeds { get; }
    internal ILogger Log { get; }
    internal FilterSet<IIncomingGrainCallFilter> Incoming { get; }
    internal FilterSet<IOutgoingGrainCallFilter> Outgoing { get; }
    internal ClusterClient Factory { get; }

    /// <summary>The grains' clock; it may be another than the time-outs' in tests.</summary>
    internal TimeProvider Time { get; }

    internal TimeProvider MessagingTime { get; }

    /// <summary>Set when the silo takes no new activations.</summary>
    internal CancellationToken Stopping => stopping.Token;

    /// <summary>Set when deactivations have taken too long.</summary>
    internal CancellationToken Aborting => aborting.Token;

    /// <summary>How long callers wait unless the method says otherwise, in ticks.</summary>
    internal int Patience => CallsInFlight.Ticks(patience);

    internal int Now => Cluster.Now;

    internal GrainClass Class(GrainType type) => classes.TryGetValue(type, out var found) ? found : throw new OrleansMessageRejectionException($"No grain class is named '{type}'.");

    /// <summary>A clock by Orleans' key for the area, else the plain one, else the system's.</summary>
    internal static TimeProvider Clock(IServiceProvider services, string area) =>
        services.GetKeyedService<TimeProvider>(area) ?? services.GetService<TimeProvider>() ?? TimeProvider.System;

    internal void Start()
    {
        Cluster.Attach(this);
        collector = Time.CreateTimer(static self => ((Silo)self!).Collect(), this, quantum, quantum);
        Log.Started(Cluster.Name, classes.Count);
    }

    void Collect()
    {
        foreach (var activation in classes.Values.SelectMany(c => c.Activations)) activation.CollectIfIdle();
    }

    /// <summary>Deactivates every grain, then leaves. What does not end before the token says so is left behind.</summary>
    internal async Task Stop(CancellationToken hurry)
    {
        collector?.Dispose();
        await stopping.CancelAsync();
        await using var abort = hurry.Register(aborting.Cancel);
        var ending = classes.Values.SelectMany(c => c.Activations).Select(End).ToArray();
        try
        {
            await Task.WhenAll(ending).WaitAsync(hurry);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedLate(ending.Count(t => !t.IsCompleted));
        }
        Cluster.Detach(this);

        static Task End(Activation activation)
        {
            activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), CancellationToken.None);
            return activation.Deactivated;
        }
    }

    /// <summary>Drops every activation, timer and call in flight, as the loss of the process would. Storage, reminders and observers stay.</summary>
    internal int Crash()
    {
        int dropped = classes.Values.Sum(c => c.Crash());
        Cluster.FailCalls("The silo crashed with the call in flight. It may have taken effect.");
        Log.Crashed(dropped);
        return dropped;
    }

    /// <summary>As <see cref="Crash"/>, and no silo comes after it.</summary>
    internal void Kill()
    {
        collector?.Dispose();
        stopping.Cancel();
        Crash();
        Cluster.Detach(this);
    }

    public void Dispose()
    {
        collector?.Dispose();
        stopping.Dispose();
        aborting.Dispose();
    }
}
