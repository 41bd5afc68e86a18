#if !ORLEANS_PACKAGES
using System.Net;
using CallCenter.AppHost.Demo;
using CallCenter.AppHost.Running;
using CallCenter.AppHost.Settings;
using CallCenter.Contracts;
using CallCenter.Contracts.Agents;
using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Edges;
using CallCenter.Domain.Calls;
using CallCenter.Edge;
using CallCenter.Grains;
using CallCenter.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;

namespace CallCenter.AppHost.Rehearsals;

/// <summary>Edge, grains and journal once more, in a folder of their own that goes with them: nothing that happens here is the product's.</summary>
internal sealed class RehearsalStage : IAsyncDisposable
{
    public const string Number = "4008001003";
    public const int Agents = 6;
    private const string EdgeName = "rehearsal", MeterName = "Rehearsal";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("callcenter-rehearsal-");
    private readonly IHost host;

    /// <param name="media">A few ports of the product's own range.</param>
    public RehearsalStage(TimeProvider time, (int First, int Last) media)
    {
        var storage = new StorageOptions { Path = folder.FullName };
        StorageMigrator.Migrate(storage);
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "CallCenter", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Edge:Id"] = EdgeName, ["Edge:Meter"] = MeterName, ["Sip:Port"] = "0", ["Sip:BindAddress"] = "127.0.0.1", ["Media:BindAddress"] = "127.0.0.1",
            ["Media:PortFirst"] = $"{media.First}", ["Media:PortLast"] = $"{media.Last}", ["Media:Threads"] = "1",
        });
        builder.Services.AddSingleton(time).AddSingleton<IHostLifetime, QuietLifetime>().AddLogging().AddStorage(storage); // logged to nobody
        builder.UseOrleans(silo => silo.UseLocalhostClustering(clusterId: EdgeName).AddGrains(MeterName));
        builder.Services.AddEdge(builder.Configuration);
        host = builder.Build();
    }

    /// <summary>Where its edge listens.</summary>
    public IPEndPoint Sip => IPEndPoint.Parse(host.Services.GetRequiredService<IEdges>().SipAddress!);

    /// <summary>Starts it, with agents whose phones are all at one place.</summary>
    public async Task Open(IPEndPoint phones, TimeProvider time, CancellationToken stop)
    {
        await DemoData.Ensure(host.Services.GetRequiredService<IConfigurationStore>(), new(true, Agents, Guid.NewGuid().ToString("N"), "127.0.0.1:9", "rehearsal.invalid"));
        await host.StartAsync(stop);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        for (var i = 0; i < Agents; i++)
        {
            var extension = $"{DemoData.FirstExtension + i}";
            await grains.Station(DemoData.Acme, extension).Save(new(0, [new Binding($"sip:{extension}@{phones}", $"{phones}", new EdgeId(EdgeName), extension, 1, time.GetUtcNow().AddHours(1), 1, EdgeName)]));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        folder.Delete(recursive: true);
    }
}
#endif
