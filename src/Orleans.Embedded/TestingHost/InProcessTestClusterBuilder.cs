using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Says which silo a delegate configures.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; init; } = "";
    public string ClusterId { get; init; } = "";
    public string ServiceId { get; init; } = "";
}

/// <summary>What a test cluster is made of.</summary>
public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = "";
    public string ServiceId { get; set; } = "";

    /// <summary>Silos asked for. The embedded runtime has one silo in a cluster, whatever is asked.</summary>
    public short InitialSilosCount { get; set; }

    public bool InitializeClientOnDeploy { get; set; } = true;

    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>Configures a cluster for tests, in the test's process.</summary>
public sealed class InProcessTestClusterBuilder(short initialSilosCount)
{
    public InProcessTestClusterBuilder() : this(2) { }

    public InProcessTestClusterOptions Options { get; } = new() { InitialSilosCount = initialSilosCount, ClusterId = $"testcluster-{Guid.NewGuid():N}", ServiceId = Guid.NewGuid().ToString("N") };

    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((_, host) => configureDelegate(host));
        Options.ClientHostConfigurationDelegates.Add(configureDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(host => host.UseOrleansClient(configureClientDelegate));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    public InProcessTestCluster Build() => new(Options);
}
