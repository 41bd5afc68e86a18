using System.Net;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Gateway.Tests.Fakes;

/// <summary>A gateway before an api that tells what reached it.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication api;
    private WebApplication gateway = null!;

    private RunningGateway()
    {
        var builder = Builder();
        api = builder.Build();
        api.Run(Answer);
    }

    public static async Task<RunningGateway> Start(int failures = 3, bool portal = false, int? httpsPort = null, int requestsPerTenant = 0)
    {
        var running = new RunningGateway();
        await running.api.StartAsync();
        var builder = Builder();
        builder.Services.AddSingleton<IConfigurationStore>(new TwoTenants());
        builder.Services.AddGateway(new() { Api = new(running.api.Urls.First()), OperatorHosts = ["example.com"], FailuresPerAddress = failures, Portal = portal, HttpsPort = httpsPort, RequestsPerTenant = requestsPerTenant });
        running.gateway = builder.Build();
        running.gateway.MapGateway();
        await running.gateway.StartAsync();
        return running;
    }

    public async Task<HttpResponseMessage> Get(string path, string? host = null, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(gateway.Urls.First() + path));
        if (host is not null) request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await api.DisposeAsync();
    }

    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder;
    }

    private static Task Answer(HttpContext http)
    {
        if (http.Request.Headers["X-Wrong"].Count > 0) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Tell(http.Request);
    }

    private static Task Tell(HttpRequest request) =>
        request.HttpContext.Response.WriteAsync(string.Join('\n', request.Headers.Select(header => $"{header.Key}={header.Value}").Prepend($"path={request.Path}")));

    /// <summary>Hosts are all that the gateway asks the configuration for.</summary>
    private sealed class TwoTenants : HostsOnly
    {
        public override Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default) => Task.FromResult(domain switch
        {
            "acme.localhost" => new TenantSettings(new("acme"), "售前 <Acme>", domain, "Asia/Shanghai", "zh-CN", 1, null),
            "globex.localhost" => new TenantSettings(new("globex"), "Globex", domain, "Asia/Shanghai", "zh-CN", 1, null),
            _ => null,
        });
    }
}
