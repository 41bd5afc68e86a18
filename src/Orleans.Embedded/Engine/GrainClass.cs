using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Discovery;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Engine;

/// <summary>A grain class within a silo: what its attributes say, how it is made, and its activations by key.</summary>
sealed class GrainClass
{
    readonly GrainMaker maker;
    readonly int workers;
    ConcurrentDictionary<string, object> activations = new(StringComparer.Ordinal); // Activation, or WorkerPool for a stateless worker

    internal GrainClass(Silo silo, CatalogEntry entry, GrainCollectionOptions collection)
    {
        (Silo, Type, Class) = (silo, entry.Type, entry.Class);
        AnyInterface = entry.Interfaces[0];
        maker = new(entry.Class, silo.ScopeNeeds);
        Reentrant = Class.IsDefined(typeof(ReentrantAttribute));
        MayInterleave = Predicate(Class);
        Interleaves = MayInterleave is not null || entry.Interfaces.SelectMany(i => i.GetMethods()).Any(m => m.IsDefined(typeof(ReadOnlyAttribute)) || m.IsDefined(typeof(AlwaysInterleaveAttribute)));
        Filtered = silo.Incoming.Length > 0 || Class.IsAssignableTo(typeof(IIncomingGrainCallFilter));
        workers = Class.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        var age = Class.GetCustomAttribute<CollectionAgeLimitAttribute>()?.Amount
            ?? (collection.ClassSpecificCollectionAge.TryGetValue(Class.FullName!, out var own) ? own : collection.CollectionAge);
        int ticks = CallsInFlight.Ticks(age);
        CollectionAge = ticks < 0 || Class.IsDefined(typeof(KeepAliveAttribute)) ? int.MaxValue : ticks;
    }

    internal Silo Silo { get; }
    internal GrainType Type { get; }
    internal Type Class { get; }
    internal Type AnyInterface { get; }
    internal bool Reentrant { get; }

    /// <summary>True where a waiting job may ever run beside a running one.</summary>
    internal bool Interleaves { get; }

    internal bool Filtered { get; }
    internal bool Stateless => workers > 0;
    internal Func<object, IInvokable, bool>? MayInterleave { get; }

    /// <summary>In ticks of the silo.</summary>
    internal int CollectionAge { get; }

    internal IEnumerable<Activation> Activations => activations.SelectMany(held => held.Value is WorkerPool pool ? pool.Members : [(Activation)held.Value]);

    internal object Create(Activation activation) => maker.Make(activation);

    /// <summary>The activation that answers for the key, made if need be. It is constructed in its first turn.</summary>
    internal Activation Find(string key)
    {
        while (true)
        {
            var seen = Volatile.Read(ref activations);
            if (!seen.TryGetValue(key, out var held))
            {
                if (Silo.Stopping.IsCancellationRequested) throw new SiloUnavailableException($"The silo is stopping and activates {Type}/{key} no more.");
                held = seen.GetOrAdd(key, Stateless ? new WorkerPool(this, key, workers) : new Activation(this, key));
            }
            if (ReferenceEquals(seen, Volatile.Read(ref activations))) return held is WorkerPool pool ? pool.Pick() : (Activation)held;
        }
    }

    internal void Remove(Activation activation)
    {
        var seen = Volatile.Read(ref activations);
        if (!Stateless) seen.TryRemove(new(activation.Key, activation));
        else if (seen.TryGetValue(activation.Key, out var held)) ((WorkerPool)held).Remove(activation);
    }

    /// <summary>Drops all activations; returns how many.</summary>
    internal int Crash()
    {
        var dropped = Interlocked.Exchange(ref activations, new(StringComparer.Ordinal));
        int count = 0;
        foreach (var held in dropped.Values)
        {
            foreach (var activation in held is WorkerPool pool ? pool.Members : [(Activation)held])
            {
                activation.Crash();
                count++;
            }
        }
        return count;
    }

    static Func<object, IInvokable, bool>? Predicate(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } named) return null;
        var method = type.GetMethod(named.CallbackMethodName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy, [typeof(IInvokable)])
            ?? throw new OrleansConfigurationException($"{type} names {named.CallbackMethodName} in [MayInterleave] and has no such method that takes an {nameof(IInvokable)}.");
        if (!method.IsStatic) return (grain, request) => (bool)method.Invoke(grain, [request])!;
        var test = method.CreateDelegate<Func<IInvokable, bool>>();
        return (_, request) => test(request);
    }
}

/// <summary>The activations of one key of a stateless worker.</summary>
sealed class WorkerPool(GrainClass kind, string key, int most)
{
    Activation[] members = [];
    int turn;

    internal Activation[] Members => Volatile.Read(ref members);

    /// <summary>An idle one, else a new one while there may be more, else each in turn.</summary>
    internal Activation Pick()
    {
        lock (this)
        {
            if (Array.Find(members, m => m is { Idle: true, Alive: true }) is { } idle) return idle;
            if (members.Length == most) return members[turn++ % most];
            var worker = new Activation(kind, key);
            members = [.. members, worker];
            return worker;
        }
    }

    internal void Remove(Activation worker)
    {
        lock (this) members = [.. members.Where(m => !ReferenceEquals(m, worker))];
    }
}
