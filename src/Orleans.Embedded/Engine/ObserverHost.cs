using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Runs the calls to one observer, one after the other, on the thread pool and in no grain's context.</summary>
sealed class ObserverHost(ObserverHosts all, string key, IGrainObserver observer) : Mailbox
{
    readonly WeakReference<IGrainObserver> observer = new(observer);
    readonly Queue<Job> waiting = [];
    volatile bool deleted;
    bool busy;

    internal string Key => key;

    internal override ILogger Log => all.Log;

    /// <summary>True while there is somebody to call.</summary>
    internal bool Serves => !deleted && observer.TryGetTarget(out _);

    internal void Delete() => deleted = true;

    internal override void Accept(Job job)
    {
        if (!job.Wanted)
        {
            Next();
            return;
        }
        if (busy && !job.Interleaves)
        {
            waiting.Enqueue(job);
            return;
        }
        busy |= !job.Interleaves;
        job.Start(this);
    }

    internal override void Left(Job job)
    {
        if (job.Interleaves) return;
        busy = false;
        Next();
    }

    void Next()
    {
        if (!busy && waiting.TryDequeue(out var next)) PushFront(next);
    }

    internal override Task Perform(Request request)
    {
        if (deleted || !observer.TryGetTarget(out var target))
        {
            all.Remove(this);
            return Task.FromException(ObserverHosts.Gone(key));
        }
        SetSynchronizationContext(null); // the observer's code is not the grains': it goes on wherever it likes
        try
        {
            return request.Invoke(target);
        }
        finally
        {
            SetSynchronizationContext(this);
        }
    }

    internal override void Failed(Request request, Task ended)
    {
        if (request.Method.OneWay) Log.OneWayFailed(Request.ExceptionOf(ended), request.Method.ToString(), ToString());
    }

    public override string ToString() => $"{ObserverHosts.Type}/{key}";
}

/// <summary>The observers of a cluster, by the key in their references.</summary>
sealed class ObserverHosts
{
    internal static readonly GrainType Type = new("observer");

    readonly ConcurrentDictionary<string, ObserverHost> hosts = new(StringComparer.Ordinal);

    internal ILogger Log { get; set; } = NullLogger.Instance;

    internal GrainId Add(IGrainObserver observer)
    {
        var host = new ObserverHost(this, Guid.NewGuid().ToString("N"), observer);
        hosts[host.Key] = host;
        foreach (var (_, old) in hosts.Count % 64 == 0 ? hosts.ToArray() : []) // those nobody kept alive, now and then
        {
            if (!old.Serves) Remove(old);
        }
        return new(Type, new(host.Key));
    }

    internal ObserverHost Find(string key) => hosts.TryGetValue(key, out var host) && host.Serves ? host : throw Gone(key);

    internal void Remove(string key)
    {
        if (hosts.TryRemove(key, out var host)) host.Delete();
    }

    internal void Remove(ObserverHost host) => hosts.TryRemove(new(host.Key, host));

    internal static ClientNotAvailableException Gone(string key) => new(new(Type, new(key)));
}
