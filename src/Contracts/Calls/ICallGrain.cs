using Orleans.Concurrency;

namespace CallCenter.Contracts.Calls;

/// <summary>One call. Key: tenant/call. Everything it is told returns once it is taken in, and awaits no other grain.</summary>
[Alias("ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Events from agents, routing and the tenant.</summary>
    [Alias("Tell")] Task Tell(Letter<CallEvent> letter);

    /// <summary>Events from the edge that holds the call's legs, with the reference by which to command it.</summary>
    [Alias("TellFromEdge")] Task TellFromEdge(Letter<CallEvent> letter, IEdgeObserver edge);

    /// <summary>What people ask of the call; null if it is taken in, else why it cannot be done as things are.</summary>
    [Alias("Ask")] Task<Refusal?> Ask(CallCommand command);

    /// <summary>The call as it is now; null if there is none of that id.</summary>
    [Alias("Look"), ReadOnly] Task<CallLive?> Look();

    [Alias("Acknowledge"), AlwaysInterleave, OneWay] Task Acknowledge(Ack ack);

    /// <summary>Another edge has lost sight of the edge that holds the call: find out whether it lives.</summary>
    [Alias("DoubtEdge")] Task DoubtEdge();

    /// <summary>After a restart: read what was promised and go on.</summary>
    [Alias("Wake")] Task Wake();
}
