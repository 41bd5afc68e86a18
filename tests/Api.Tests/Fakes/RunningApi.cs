using CallCenter.Api.Access;
using CallCenter.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>The API on a port of its own, with all that it needs in memory.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningApi(string? portal)
    {
        Access = new(Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => {
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddApi(new() { SessionKey = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), Portal = portal, ProviderNetworks = [IPNetwork.Parse("127.0.0.0/8")] });
        builder.Services.AddSingleton<IConfigurationStore>(Store).AddSingleton<IReports>(Reports).AddSingleton<IErasure>(Reports).AddSingleton<IAuditLog>(Access).AddSingleton<IAccessRecords>(Access).AddSingleton<IMailer>(Mails);
        builder.Services.AddSingleton<IRecordingReader, MemoryRecordings>().AddSingleton<IPromptStudio>(Studio).AddSingleton<IGrainFactory>(Grains).AddSingleton<ITenantCipher>(Cipher).AddSingleton<IBlobs>(Blobs).AddSingleton<ICommittedFacts>(Facts).AddSingleton<IPersonal>(Personal);
        builder.Services.AddSingleton<CallCenter.Contracts.Customers.ICustomerBook>(People).AddSingleton<CallCenter.Contracts.Customers.ISummaryBook>(People);
        app = builder.Build();
        app.MapApi();
    }

    public MemoryStore Store { get; } = new();
    public MemoryReports Reports { get; } = new();
    public MemoryPeople People { get; } = new();
    public MemoryAccess Access { get; }
    public Mailbox Mails { get; } = new();
    public MemoryStudio Studio { get; } = new();
    public ScriptedGrains Grains { get; } = new();
    public MemoryCipher Cipher { get; } = new();
    public MemoryBlobs Blobs { get; } = new();
    public ToldFacts Facts { get; } = new();
    public MemoryPersonal Personal { get; } = new();
    public HandClock Clock { get; } = new(A.Noon);
    public IServiceProvider Services => app.Services;
    public Uri Address => new(app.Urls.First());

    /// <param name="portal">The folder with the built portal.</param>
    public static async Task<RunningApi> Start(string? portal = null)
    {
        var api = new RunningApi(portal);
        await api.app.StartAsync();
        await api.Fill();
        return api;
    }

    private async Task Fill()
    {
        foreach (var tenant in new[] { A.Acme, A.Globex })
        {
            Store.Add(A.Tenant(tenant));
            Reports.Records.Add((tenant, A.Call(tenant)));
            Reports.Stored.Add((tenant, A.Recording(tenant)));
            Reports.Left.Add((tenant, A.Voicemail(tenant)));
            await People.Put(A.Person(tenant), Author.Product);
            await Access.Put(new(tenant, AccessKind.Session, A.SessionOf(tenant), "admin", null, """{"began":"2026-03-01T12:00:00Z"}"""));
            await Access.Add(new(tenant, new(tenant, $"admin-of-{tenant}", null), AuditAction.SignedIn, "admin"));
        }
        Store.Add(new UserAccount(TenantId.Operator, "operator", "Operator", Role.Operator, A.Hash), new TrunkSettings("demo-trunk", ["127.0.0.1/32"], "127.0.0.1:5080", Outbound: new(NumberFormat.National)));
        Store.Log = Access; // from now on
    }

    /// <summary>A client without cookies, who comes by this host.</summary>
    public HttpClient Client(string? token = null, string? host = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        if (host is not null) client.DefaultRequestHeaders.Host = host;
        return client;
    }

    /// <summary>A client with a session's token.</summary>
    public async Task<HttpClient> SignedIn(TenantId tenant, string user, string? host = null) => Client(await Token(tenant, user), host);

    /// <summary>A session's token, without the half second of CPU that a password costs.</summary>
    public async Task<string> Token(TenantId tenant, string user)
    {
        var sessions = Services.GetRequiredService<Sessions>();
        var account = await Store.Find<UserAccount>(tenant, user) ?? throw new ArgumentException($"{tenant} has no user {user}", nameof(user));
        return (await sessions.Begin(account, "192.0.2.1", "test", TestContext.Current.CancellationToken)).Token;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>())!;

    /// <summary>The names in <c>errors</c> of problem details.</summary>
    public static async Task<string[]> Wrong(this HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await answer.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)];
    }

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body, string? ifMatch = null, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null) request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return client.Ask(request);
    }

    public static Task<HttpResponseMessage> Ask(this HttpClient client, HttpRequestMessage request) => client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>With a token of its own, over the client's connection.</summary>
    public static Task<HttpResponseMessage> Ask(this HttpClient client, HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new("Bearer", token);
        return client.Ask(request);
    }

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path) => client.DeleteAsync(path, TestContext.Current.CancellationToken);
}

/// <summary>One API for all tests of a class that do not disturb each other.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    internal RunningApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Api = await RunningApi.Start();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
