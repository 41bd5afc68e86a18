using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task A_startup_task_may_call_grains()
    {
        string? said = null;
        await using var cluster = await TestCluster.Start(silo => silo.AddStartupTask(async (services, _) =>
            said = await services.GetRequiredService<IGrainFactory>().GetGrain<IEcho>("s").Say("started")));
        Assert.Equal("started", said);
    }

    [Fact]
    public async Task A_restarted_silo_serves_old_references()
    {
        await using var cluster = await TestCluster.Start();
        var echo = cluster.Client.GetGrain<IEcho>("r");
        Assert.Equal("before", await echo.Say("before"));
        await cluster.Inner.RestartSiloAsync(cluster.Inner.Silos[0]);
        Assert.Equal("after", await echo.Say("after"));
    }

#if !ORLEANS_PACKAGES // ports and clusters of their own would be needed
    [Fact]
    public async Task The_silos_host_holds_a_client_too()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleans(silo => silo.UseLocalhostClustering(clusterId: nameof(The_silos_host_holds_a_client_too)));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", await host.Services.GetRequiredService<IClusterClient>().GetGrain<IEcho>("h").Say("x"));
        await host.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OrleansException>(() => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEcho>("h").Say("x"));
    }

    [Fact]
    public async Task A_client_in_a_host_of_its_own_needs_a_silo_in_the_process()
    {
        using var lonely = ClientHost("lonely");
        await Assert.ThrowsAsync<OrleansConfigurationException>(() => lonely.StartAsync(TestContext.Current.CancellationToken));

        using var silo = new HostBuilder().UseOrleans(s => s.UseLocalhostClustering(clusterId: "shared")).Build();
        await silo.StartAsync(TestContext.Current.CancellationToken);
        using var client = ClientHost("shared");
        await client.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("x", await client.Services.GetRequiredService<IClusterClient>().GetGrain<IEcho>("h").Say("x"));
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_silos_in_one_process_keep_their_grains_apart()
    {
        using var one = new HostBuilder().UseOrleans(static _ => { }).Build();
        using var two = new HostBuilder().UseOrleans(static _ => { }).Build();
        await Task.WhenAll(one.StartAsync(TestContext.Current.CancellationToken), two.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await one.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounting>("same").Count());
        Assert.Equal(1, await two.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounting>("same").Count());
    }

    static IHost ClientHost(string cluster) => new HostBuilder().UseOrleansClient(c => c.UseLocalhostClustering(clusterId: cluster)).Build();
#endif
}
