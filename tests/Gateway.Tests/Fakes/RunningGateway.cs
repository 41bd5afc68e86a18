using System.Net;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Gateway.Tests.Fakes;

/// <summary>A gateway before an api that tells what reached it.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>Octets that the path /small takes.</summary>
    public const int Small = 200_000;

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

    /// <summary>A body for the api; its status and what it said.</summary>
    public async Task<(HttpStatusCode Status, string Said)> Put(string path, HttpContent body)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(new Uri(gateway.Urls.First() + path), body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
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
        return HttpMethods.IsPut(http.Request.Method) ? Take(http) : Tell(http.Request);
    }

    /// <summary>Of a body it tells the length; or it does what the path says.</summary>
    private static async Task Take(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/small", StringComparison.Ordinal)) http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Small;
        if (path.EndsWith("/dies", StringComparison.Ordinal)) http.Abort();
        if (path.EndsWith("/closed", StringComparison.Ordinal)) http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
        {
            try
            {
                var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                await http.Response.WriteAsync($"{body.Length}", http.RequestAborted);
            }
            catch (BadHttpRequestException refused)
            {
                http.Response.StatusCode = refused.StatusCode;
                await http.Response.WriteAsync("the api's own words", http.RequestAborted);
            }
        }
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
