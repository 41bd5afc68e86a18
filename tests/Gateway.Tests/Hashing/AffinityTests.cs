using System.Net;
using CallCenter.Gateway.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace CallCenter.Gateway.Tests.Hashing;

public sealed class AffinityTests
{
    [Fact]
    public async Task The_proxys_hash_cookie_affinity_works_with_our_hashing()
    {
        await using var api = RunningGateway.Builder().Build();
        api.Run(http => Task.CompletedTask);
        await api.StartAsync(TestContext.Current.CancellationToken);
        var builder = RunningGateway.Builder();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new() { Path = "/{**rest}" } }],
            [new ClusterConfig { ClusterId = "one", SessionAffinity = new() { Enabled = true, Policy = "HashCookie", AffinityKeyName = "stick" }, Destinations = new Dictionary<string, DestinationConfig> { ["a"] = new() { Address = api.Urls.First() } } }]);
        await using var proxy = builder.Build();
        proxy.MapReverseProxy();
        await proxy.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var answer = await client.GetAsync(proxy.Urls.First(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("stick=", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }
}
