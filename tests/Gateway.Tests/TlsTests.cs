using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CallCenter.Contracts;
using CallCenter.Contracts.Media;
using CallCenter.Domain;
using CallCenter.Domain.Tenants;
using CallCenter.Gateway.Tests.Fakes;
using CallCenter.Gateway.Tls;
using CallCenter.Kit.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Gateway.Tests;

/// <summary>Real handshakes: each host shows its own certificate.</summary>
public sealed class TlsTests
{
    private static readonly MemoryCipher Cipher = new();

    [Fact]
    public async Task Two_tenants_show_their_own_certificates_and_everybody_else_the_platforms()
    {
        await using var door = await Door.Open();
        var (acme, globex) = (door.Certify("acme", "acme.localhost"), door.Certify("globex", "globex.localhost"));
        Assert.Equal(acme, await door.Shown("acme.localhost"));
        Assert.Equal(acme, await door.Shown("ACME.localhost"));
        Assert.Equal(globex, await door.Shown("globex.localhost"));
        foreach (var host in new[] { "initech.localhost", "localhost", "127.0.0.1", "bad_name.." }) Assert.Equal(door.Own, await door.Shown(host));
    }

    [Fact]
    public async Task A_new_certificate_is_shown_from_the_next_handshake_on_and_a_removed_one_no_more()
    {
        await using var door = await Door.Open();
        var first = door.Certify("acme", "acme.localhost");
        Assert.Equal(first, await door.Shown("acme.localhost"));
        var second = door.Certify("acme", "acme.localhost", version: 2);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await door.Shown("acme.localhost"));
        door.Store.Certificates.Clear();
        Assert.Equal(door.Own, await door.Shown("acme.localhost"));
    }

    [Fact]
    public async Task While_the_storage_is_gone_what_was_shown_is_shown()
    {
        await using var door = await Door.Open();
        var acme = door.Certify("acme", "acme.localhost");
        Assert.Equal(acme, await door.Shown("acme.localhost"));
        door.Store.Gone = true;
        Assert.Equal(acme, await door.Shown("acme.localhost"));
        Assert.Equal(door.Own, await door.Shown("globex.localhost"));
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_is_not_shown()
    {
        await using var door = await Door.Open();
        door.Certify("acme", "acme.localhost", sealer: new("globex"));
        Assert.Equal(door.Own, await door.Shown("acme.localhost"));
    }

    [Fact]
    public async Task Browsers_are_told_to_stay_with_tls_over_tls_only()
    {
        await using var door = await Door.Open();
        using var secure = door.Client();
        Assert.Equal(["max-age=31536000"], (await secure.GetAsync(new Uri($"https://acme.localhost:{door.Port}/healthz/live"), TestContext.Current.CancellationToken)).Headers.GetValues("Strict-Transport-Security"));
        await using var plain = await RunningGateway.Start();
        Assert.False((await plain.Get("/healthz/live", "acme.localhost")).Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/board?from=x%20y", "acme.localhost", "https://acme.localhost:8443/board?from=x%20y")]
    [InlineData("/api/v1/calls", "ACME.localhost:8080", "https://acme.localhost:8443/api/v1/calls")]
    [InlineData("//evil.example/x", "acme.localhost", "https://acme.localhost:8443//evil.example/x")]
    [InlineData("/%5cevil.example", "acme.localhost", "https://acme.localhost:8443/%5Cevil.example")]
    [InlineData("/", "localhost", "https://localhost:8443/")]
    public async Task Who_comes_without_tls_is_sent_to_the_same_place_with_it(string path, string host, string to)
    {
        await using var gateway = await RunningGateway.Start(httpsPort: 8443);
        var answer = await gateway.Get(path, host, null, ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=evil.example;proto=https"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/board", "evil.example")]
    [InlineData("/board", "acme.localhost.evil.example")]
    [InlineData("/healthz/ready", "acme.localhost")]
    [InlineData("/metrics", "acme.localhost")]
    public async Task Nobodys_hosts_and_probes_are_sent_nowhere(string path, string host)
    {
        await using var gateway = await RunningGateway.Start(httpsPort: 8443);
        Assert.Null((await gateway.Get(path, host)).Headers.Location);
    }

    /// <summary>A gateway's port for TLS, with the platform's certificate in a file.</summary>
    private sealed class Door : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly string file;

        private Door(string file)
        {
            (this.file, Own) = (file, ThumbprintOf(File.ReadAllText(file)));
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseTenantCertificates(file, null)));
            builder.Services.AddSingleton<Contracts.Configuration.IConfigurationStore>(Store).AddSingleton<ITenantCipher>(Cipher).AddGateway(new() { Api = new("http://127.0.0.1:9/") });
            app = builder.Build().MapGateway();
        }

        public CertificateStore Store { get; } = new();
        public string Own { get; }
        public int Port => new Uri(app.Urls.First()).Port;

        public static async Task<Door> Open()
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("callcenter-tls-").FullName, "own.pem");
            var (chain, key) = Certificates.For("platform.example");
            await File.WriteAllTextAsync(file, chain + "\n" + key);
            var door = new Door(file);
            await door.app.StartAsync();
            return door;
        }

        public string Certify(string tenant, string host, long version = 1, TenantId? sealer = null)
        {
            var (chain, key) = Certificates.For(host);
            Assert.Null(CertificatePair.Check(new(tenant), host, chain, key, TimeProvider.System.GetUtcNow(), out var made));
            Store.Certificates[(new(tenant), host)] = made! with { Key = Cipher.Seal(sealer ?? new(tenant), key), Version = version };
            return made.Thumbprint;
        }

        /// <summary>The thumbprint of what a client that asks for a name is shown.</summary>
        public async Task<string> Shown(string name)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
            await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name }, TestContext.Current.CancellationToken);
            return ThumbprintOf(new X509Certificate2(tls.RemoteCertificate!).ExportCertificatePem());
        }

        public HttpClient Client() => new(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        private static string ThumbprintOf(string pem)
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant();
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private sealed class CertificateStore : HostsOnly
    {
        public ConcurrentDictionary<(TenantId, string), HostCertificate> Certificates { get; } = new();
        public bool Gone { get; set; }

        public override Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default) => Gone ? throw new StorageOutageException("gone") : Task.FromResult(domain switch
        {
            "acme.localhost" => new TenantSettings(new("acme"), "Acme", domain, "Asia/Shanghai", "zh-CN", 1, null),
            "globex.localhost" => new TenantSettings(new("globex"), "Globex", domain, "Asia/Shanghai", "zh-CN", 1, null),
            _ => null,
        });

        public override Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class => Gone ? throw new StorageOutageException("gone") : Task.FromResult(Certificates.GetValueOrDefault((owner, id)) as T);
    }
}
