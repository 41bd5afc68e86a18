using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Discovery;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Engine;

/// <summary>Starts and stops the silo with its host.</summary>
sealed class SiloHost(IServiceProvider services, IEnumerable<StartupTask> tasks) : IHostedService
{
    Silo? Silo { get; set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Check();
        var cluster = services.GetRequiredService<Cluster>();
        if (services.GetService<WaitCycleDetection>() is not null) cluster.Waits ??= new();
        Silo = services.GetRequiredService<Silo>();
        Silo.Start();
        await services.GetRequiredService<LocalReminders>().Start();
        foreach (var task in tasks) await task.Run(services, cancellationToken);
    }

    /// <summary>Tells every fault of the grain interfaces at once.</summary>
    static void Check()
    {
        var catalog = GrainCatalog.Instance;
        var seen = new HashSet<Type>();
        var faults = catalog.Interfaces.SelectMany(i => GrainInterface.Faults(i).Concat(SerializerCheck.Faults(i, seen))).Concat(catalog.Twins).Distinct().ToList();
        if (faults.Count > 0) throw new OrleansConfigurationException($"The grains cannot run:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (Silo is null) return Task.CompletedTask;
        services.GetRequiredService<LocalReminders>().Stop();
        return Silo.Stop(cancellationToken);
    }
}

/// <summary>Something to run once the silo has started.</summary>
sealed record StartupTask(Func<IServiceProvider, CancellationToken, Task> Run);

/// <summary>Its registration turns detection on.</summary>
sealed class WaitCycleDetection;

/// <summary>Membership in a cluster, ended with the host.</summary>
sealed class Membership(string clusterId, bool asSilo) : IDisposable
{
    internal Cluster Cluster { get; } = Cluster.Join(clusterId, asSilo);

    public void Dispose() => Cluster.Leave(asSilo);
}
