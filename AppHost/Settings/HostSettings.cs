using System.Net;
using CallCenter.Api;
using CallCenter.AppHost.Running;
using CallCenter.Domain.Tenants;
using Microsoft.Extensions.Configuration;

namespace CallCenter.AppHost.Settings;

/// <summary>The settings that the program itself uses; the roles read their own sections. Defaults as documented for the outside.</summary>
internal sealed record HostSettings
{
    public required Roles Roles { get; init; }
    public required string DataPath { get; init; }
    /// <summary>Connection string; null = SQLite in <see cref="DataPath"/>. May hold a password: never told.</summary>
    public required string? Postgres { get; init; }
    public required HttpSettings Http { get; init; }
    public required DemoSettings Demo { get; init; }
    /// <summary>Where sockets of SIP, HTTP and media may be reached from; null = not said.</summary>
    public required IReadOnlyDictionary<string, IPAddress?> Addresses { get; init; }
    /// <summary>How long live calls go on after SIGTERM.</summary>
    public required TimeSpan DrainTimeout { get; init; }
    /// <summary>32 bytes or more in Base64; null = a file of the data folder.</summary>
    public required string? SessionKey { get; init; }
    /// <summary>Null = no mail is sent.</summary>
    public required MailOptions? Mail { get; init; }
    /// <summary>Networks that firms' identity providers may stand in besides the public Internet.</summary>
    public required IReadOnlyList<IPNetwork> ProviderNetworks { get; init; }
    /// <summary>Of the operator's first account, where no demo is made.</summary>
    public required string? OperatorPassword { get; init; }
    /// <summary>Calls that are played behind the scenes after the start, at most; 0 = none.</summary>
    public required int RehearsedCalls { get; init; }
    /// <summary>Doors for tests, such as <c>POST /testing/crash</c>.</summary>
    public required bool TestHooks { get; init; }
    /// <summary>Something is set that only tests may have.</summary>
    public required bool IsTest { get; init; }

    public static HostSettings Read(SettingsReader read)
    {
        // the edge checks their ranges; here only that they are numbers, since its binder would stop at the first that is none
        foreach (var key in new[] { "Sip:Port", "Sip:TlsPort", "Media:PortFirst", "Media:PortLast", "Edge:Count" }) read.Number(key, int.MinValue, int.MaxValue);
        read.Address("Http:BindAddress");
        var settings = new HostSettings
        {
            Roles = read.Roles("Roles"),
            DataPath = read.Text("Data:Path", "./data"),
            Postgres = read.Text("Data:Postgres"),
            Http = HttpSettings.Read(read),
            Demo = DemoSettings.Read(read),
            Addresses = new[] { "Sip:BindAddress", "Sip:AdvertisedAddress", "Http:BindAddress", "Media:BindAddress", "Media:AdvertisedAddress" }.ToDictionary(key => key, key => IPAddress.TryParse(read.Text(key), out var address) ? address : null),
            DrainTimeout = read.Span("Drain:Timeout", TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)),
            SessionKey = read.Text("Api:SessionKey"),
            Mail = MailSettings.Read(read),
            ProviderNetworks = read.Networks("SignIn:ProviderNetworks"),
            OperatorPassword = read.Text("Operator:Password"),
            RehearsedCalls = read.Number("Rehearsal:Calls", 210, 0, 1000),
            TestHooks = read.Flag("Testing:Hooks") == true,
            IsTest = (read.Number("Testing:LinkFaults", 0, 100) is > 0) | (read.Flag("Testing:Hooks") == true),
        };
        settings.Check(read);
        return settings;
    }

    /// <summary>Where browsers find a host of ours, as links in mails say it.</summary>
    /// <param name="host">A tenant's; null = the operator's.</param>
    public Uri PublicAddress(string? host) => Http.TlsPort is { } tls ? new UriBuilder(Uri.UriSchemeHttps, host ?? Demo.Domain, tls).Uri : new UriBuilder(Uri.UriSchemeHttp, host ?? Demo.Domain, Http.Port).Uri;

    /// <summary>A product that is tried out signs in by a provider on the same machine too.</summary>
    public IReadOnlyCollection<IPNetwork> ReachForProviders(bool hasDemo) => hasDemo ? [.. ProviderNetworks, IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] : ProviderNetworks;

    /// <summary>Whether an address says that the product is reached from other machines.</summary>
    public bool ReachesOut => Addresses.Values.Any(address => address is not null && !IPAddress.IsLoopback(address));

    /// <summary>While demo data exists, what says nothing else is heard on this machine only.</summary>
    public void BindToLoopback(IConfiguration configuration)
    {
        foreach (var key in new[] { "Sip:BindAddress", "Media:BindAddress" })
            if (Addresses[key] is null) configuration[key] = IPAddress.Loopback.ToString();
    }

    private void Check(SettingsReader read)
    {
        FirstOperator.Check(read, OperatorPassword);
        if (SessionKey is { } key && !KeyFile.IsKey(key)) read.Fault("Api:SessionKey", "must be 32 bytes or more in Base64");
#if !ORLEANS_PACKAGES
        if (Roles is not (Roles.All or Roles.None)) read.Fault("Roles", "the embedded grain runtime needs edge, silo, api and gateway in one process; build with -p:GrainRuntime=Orleans to part them");
#endif
#if ORLEANS_PACKAGES
        if (TestHooks) read.Fault("Testing:Hooks", "only the embedded grain runtime can crash on demand");
#endif
        if (File.Exists(DataPath)) read.Fault("Data:Path", $"{DataPath} is a file, not a folder");
        if (Demo.Enabled == true) CheckDemo(read, Demo.Password == DemoSettings.KnownPassword);
    }

    /// <summary>What is made for tests must be reached from this machine only.</summary>
    /// <param name="hasDemo">With demo data, a place to bind that is not set is loopback; without, it is everywhere.</param>
    public void CheckTesting(SettingsReader read, bool hasDemo)
    {
        if (!IsTest) return;
        foreach (var (key, address) in Addresses)
            if (address is null ? !hasDemo && key.EndsWith(":BindAddress", StringComparison.Ordinal) : !IPAddress.IsLoopback(address))
                read.Fault(key, "must be a loopback address while anything of Testing is set");
    }

    /// <summary>Demo data with the password that everybody knows must not be reached from elsewhere.</summary>
    public void CheckDemo(SettingsReader read, bool passwordIsKnown)
    {
        if (!passwordIsKnown) return;
        foreach (var (key, address) in Addresses)
            if (address is not null && !IPAddress.IsLoopback(address)) read.Fault(key, $"{address} is not a loopback address: demo data may be reached from elsewhere only with a Demo:Password other than '{DemoSettings.KnownPassword}'");
    }
}

/// <param name="Port">Of the gateway; 0 = any.</param>
/// <param name="Redirect">Who comes without TLS is sent to <paramref name="TlsPort"/>.</param>
/// <param name="RequestsPerAddress">A second; 0 = no limit.</param>
/// <param name="ApiPort">Of the api on loopback; 0 = any.</param>
internal sealed record HttpSettings(int Port, int? TlsPort, string? Certificate, string? CertificatePassword, bool Redirect, int RequestsPerAddress, int RequestsPerTenant, int ApiPort)
{
    public static HttpSettings Read(SettingsReader read)
    {
        var http = new HttpSettings(
            read.Number("Http:Port", 8080, 0, IPEndPoint.MaxPort), read.Number("Https:Port", 0, IPEndPoint.MaxPort),
            read.Text("Https:Certificate"), read.Text("Https:CertificatePassword"), read.Flag("Https:Redirect") == true,
            read.Number("Limits:RequestsPerAddress", 500, 0, 1_000_000), read.Number("Limits:RequestsPerTenant", 2_000, 0, 1_000_000), read.Number("Api:Port", 0, 0, IPEndPoint.MaxPort));
        if (http.TlsPort is not null && http.Certificate is null) read.Fault("Https:Certificate", "is missing, but Https:Port is set");
        if (http is { Redirect: true, TlsPort: null }) read.Fault("Https:Redirect", "leads nowhere while Https:Port is not set");
        if (http.Certificate is { } file && !File.Exists(file)) read.Fault("Https:Certificate", $"there is no file {file}");
        return http;
    }
}

/// <param name="Enabled">Null = only while there is no data yet; false unless it is said where a database is configured.</param>
/// <param name="Agents">Agents of each demo tenant.</param>
/// <param name="TrunkTarget">host:port to which the demo trunk sends outbound calls.</param>
/// <param name="Domain">The operator's host; tenants stand below it.</param>
internal sealed record DemoSettings(bool? Enabled, int Agents, string Password, string TrunkTarget, string Domain)
{
    /// <summary>The default, which the whole world knows.</summary>
    public const string KnownPassword = "demo";
    private const int MostAgents = 8999;

    public static DemoSettings Read(SettingsReader read)
    {
        var demo = new DemoSettings(
            read.Flag("Demo:Enabled") ?? (read.Text("Data:Postgres") is null ? null : false), read.Number("Demo:Agents", 20, 1, MostAgents), read.Text("Demo:Password", KnownPassword),
            read.Text("Demo:TrunkTarget", "127.0.0.1:5080"), read.Text("Demo:Domain", "localhost").ToLowerInvariant());
        if (Uri.CheckHostName(demo.Domain) != UriHostNameType.Dns) read.Fault("Demo:Domain", $"'{demo.Domain}' is not a host name");
        if (!Uri.TryCreate($"sip://{demo.TrunkTarget}", UriKind.Absolute, out var target) || target.Host.Length == 0 || target.PathAndQuery.Length > 1) read.Fault("Demo:TrunkTarget", $"'{demo.TrunkTarget}' is not host:port");
        return demo;
    }

    public string DomainOf(TenantId tenant) => $"{tenant}.{Domain}";
}
