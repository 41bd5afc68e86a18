using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public sealed class InProcessSiloHandle
{
    internal InProcessSiloHandle(string name, SiloAddress address, IHost host) => (Name, SiloAddress, SiloHost) = (name, address, host);

    public string Name { get; }
    public SiloAddress SiloAddress { get; }
    public IHost SiloHost { get; }
    public IServiceProvider ServiceProvider => SiloHost.Services;
    public bool IsActive { get; internal set; } = true;
}

/// <summary>A cluster for tests, in the test's process: one silo, and a client in a host of its own.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    readonly List<InProcessSiloHandle> silos = [];
    Membership? membership; // keeps the cluster while no silo runs
    IHost? client;
    int generation;

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    public InProcessTestClusterOptions Options { get; }

    public ReadOnlyCollection<InProcessSiloHandle> Silos => silos.ToList().AsReadOnly();

    /// <exception cref="InvalidOperationException">The cluster is not deployed.</exception>
    public IClusterClient Client => client?.Services.GetRequiredService<IClusterClient>() ?? throw new InvalidOperationException("The cluster is not deployed.");

    public async Task DeployAsync()
    {
        if (membership is not null) throw new InvalidOperationException("The cluster is deployed already.");
        membership = new(Options.ClusterId, asSilo: false);
        await StartSiloAsync("Silo_0");
        var builder = NewHost();
        builder.UseOrleansClient();
        foreach (var configure in Options.ClientHostConfigurationDelegates) configure(builder);
        client = builder.Build();
        await client.StartAsync();
    }

    /// <param name="silo">Null for any.</param>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        (silos.Find(s => silo is null || s.SiloAddress == silo) ?? throw new ArgumentException($"The silo {silo} is unknown.")).SiloHost.Services;

    /// <summary>Ends a silo as the loss of its process would.</summary>
    public async Task KillSiloAsync(InProcessSiloHandle instance)
    {
        if (!silos.Remove(instance)) return;
        instance.IsActive = false;
        instance.ServiceProvider.GetRequiredService<Silo>().Kill();
        await DisposeAsync(instance.SiloHost);
    }

    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        if (!silos.Remove(instance)) return;
        instance.IsActive = false;
        await instance.SiloHost.StopAsync();
        await DisposeAsync(instance.SiloHost);
    }

    public async Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartSiloAsync(instance.Name);
    }

    /// <summary>For tests of the embedded runtime: see <see cref="ICrashActivations"/>.</summary>
    public int CrashActivations() => silos.Sum(s => s.ServiceProvider.GetRequiredService<ICrashActivations>().CrashActivations());

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in Silos) await StopSiloAsync(silo);
    }

    async Task<InProcessSiloHandle> StartSiloAsync(string name)
    {
        var builder = NewHost();
        var specific = new InProcessTestSiloSpecificOptions { SiloName = name, ClusterId = Options.ClusterId, ServiceId = Options.ServiceId };
        builder.UseOrleans(static _ => { });
        foreach (var configure in Options.SiloHostConfigurationDelegates) configure(specific, builder);
        var host = builder.Build();
        await host.StartAsync();
        var handle = new InProcessSiloHandle(name, new(new(IPAddress.Loopback, 0), ++generation), host);
        silos.Add(handle);
        return handle;
    }

    HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "TestCluster", EnvironmentName = Environments.Development });
        builder.Services.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Options.ClusterId, Options.ServiceId));
        return builder;
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.StopAsync();
            await DisposeAsync(client);
        }
        client = null;
        await StopAllSilosAsync();
        membership?.Dispose();
        membership = null;
    }

    static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable later) await later.DisposeAsync();
        else host.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
