using Orleans.Discovery;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>What silo, clients and references of one name share in a process. It outlives a silo that is started anew.</summary>
sealed class Cluster
{
    static readonly Dictionary<string, Cluster> Known = new(StringComparer.Ordinal); // under its own lock

    readonly string name;
    int members;
    bool taken; // by a silo, from its registration to its disposal
    volatile Silo? silo;
    volatile CallsInFlight? calls;

    Cluster(string name) => this.name = name;

    internal ObserverHosts Observers { get; } = new();

    internal string Name => name;

    internal Silo? Silo => silo;

    /// <exception cref="SiloUnavailableException">None runs.</exception>
    internal Silo RunningSilo => silo ?? throw NoSilo();

    internal ClientSettings? Client { get; set; }

    internal WaitGraph? Waits { get; set; }

    /// <summary>Enters the cluster of that name; <see cref="Leave"/> it as often.</summary>
    /// <param name="name">As in <see cref="Configuration.ClusterOptions"/>.</param>
    /// <param name="asSilo">A second silo of the name gets a cluster of its own, which clients of other hosts do not find.</param>
    internal static Cluster Join(string name, bool asSilo)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(name, out var cluster)) Known[name] = cluster = new(name);
            else if (asSilo && cluster.taken) cluster = new(name);
            cluster.members++;
            cluster.taken |= asSilo;
            return cluster;
        }
    }

    internal void Leave(bool asSilo)
    {
        lock (Known)
        {
            if (asSilo) taken = false;
            if (--members > 0) return;
            if (Known.GetValueOrDefault(name) == this) Known.Remove(name);
            calls?.Dispose();
        }
    }

    internal void Attach(Silo started)
    {
        lock (this)
        {
            calls ??= new(started.MessagingTime);
            Observers.Log = started.Log;
            silo = started;
        }
    }

    internal void Detach(Silo stopped)
    {
        lock (this)
        {
            if (ReferenceEquals(silo, stopped)) silo = null;
        }
        FailCalls($"The silo of cluster '{name}' has stopped.");
    }

    /// <summary>Ends every call in flight; callers inside dropped activations do not see it any more.</summary>
    internal void FailCalls(string why) => calls?.FailAll(_ => new SiloUnavailableException(why));

    internal int Now => calls?.Now ?? 0;

    internal GrainReference Reference(Type face, GrainId id) => ProxyBuilder.For(face)(this, id);

    internal FilterSet<IOutgoingGrainCallFilter>? Outgoing(Request request) =>
        Client is { Outgoing: { } own } && Activation.Current is null ? own : silo?.Outgoing;

    internal Task<T> Send<T>(Request<T> request)
    {
        var caller = request.Caller = Activation.Current;
        request.Carried = CarriedContext.Capture();
        bool oneWay = request.Method.OneWay;
        var answer = oneWay ? Ended<T>.Task : request.Answer;
        try
        {
            if (caller is { Dropped: true }) throw new SiloUnavailableException($"{caller} was dropped in a crash and calls nobody any more.");
            var place = request.Target.Find(); // throws before a call is in flight
            if (!oneWay) (calls ?? throw NoSilo()).Add(request, request.Method.Timeout is { } own ? CallsInFlight.Ticks(own) : DefaultPatience(caller));
            if (place.Dropped) place = request.Target.Find(); // crashed meanwhile; a later crash finds the call in flight
            Waits?.Sent(request, place);
            place.Push(request);
        }
        catch (OrleansException e)
        {
            request.Fail(e);
        }
        return answer;
    }

    SiloUnavailableException NoSilo() => new($"No silo of cluster '{name}' runs in this process.");

    int DefaultPatience(Activation? caller) => caller is null && Client is { Patience: { } own } ? own : RunningSilo.Patience;

    /// <summary>Sends a request on whose activation has ended.</summary>
    internal void Forward(Request request)
    {
        const int most = 3; // an activation that ends itself at once would have it go round for ever
        try
        {
            if (++request.Forwards > most) throw new OrleansMessageRejectionException($"{request} met {most} activations that ended.");
            request.Target.Find().Push(request);
        }
        catch (OrleansException e)
        {
            request.Fail(e);
        }
    }

    /// <summary>The call has ended.</summary>
    internal void Forget(Request request)
    {
        calls?.Remove(request);
        Waits?.Ended(request);
    }

    static class Ended<T>
    {
        internal static readonly Task<T> Task = System.Threading.Tasks.Task.FromResult<T>(default!);
    }
}

/// <summary>What a client outside the silo's host has set for its own calls.</summary>
sealed record ClientSettings(int? Patience, FilterSet<IOutgoingGrainCallFilter>? Outgoing);
