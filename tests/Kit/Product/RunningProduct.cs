using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Product;

/// <summary>The built product as a process of its own: free ports, demo data, a data folder that can outlive it.</summary>
public sealed class RunningProduct : IAsyncDisposable
{
    /// <summary>The ports of edges lie so far apart.</summary>
    const int EdgePorts = 10;

    const int MediaPorts = 1200;

    /// <summary>Few products of tests live long enough to gain from having hot methods compiled anew; all of them at once would keep the processors busy with it. Hexadecimal.</summary>
    static readonly Dictionary<string, string> unhurried = new() { ["DOTNET_TC_CallCountThreshold"] = "3E8" };

    readonly Scratch? ownFolder;
    readonly string[] own;
    ChildProcess? process;

    /// <summary>With <c>CALLCENTER_TEST_DATABASE=postgres</c> every product keeps its data in a PostgreSQL database, on a server of this test process.</summary>
    public static bool OnPostgres { get; } = Environment.GetEnvironmentVariable("CALLCENTER_TEST_DATABASE") is "postgres";

    /// <summary>With <c>CALLCENTER_TEST_BLOBS=azurite</c> every product keeps its recordings in a container on an Azurite of this test process.</summary>
    static readonly bool OnAzurite = Environment.GetEnvironmentVariable("CALLCENTER_TEST_BLOBS") is "azurite";

    RunningProduct(string? data, string[] settings)
    {
        own = settings;
        ownFolder = data is null ? new Scratch("product") : null;
        Data = data ?? ownFolder!.File("data");
    }

    public const string Password = "demo";
    const string PasswordSetting = "--Demo:Password=";

    /// <summary>Of every demo user and extension.</summary>
    public string DemoPassword => own.LastOrDefault(s => s.StartsWith(PasswordSetting, StringComparison.Ordinal))?[PasswordSetting.Length..] ?? Password;

    public string Data { get; }
    public int HttpPort { get; } = FreePorts.Take();
    public int ApiPort { get; } = FreePorts.Take();
    public int SipPort { get; } = FreePorts.TakeRange(2 * EdgePorts);
    public int TrunkPort { get; } = FreePorts.Take();
    readonly int tlsPort = FreePorts.Take();
    public int MediaPort { get; } = FreePorts.TakeRange(MediaPorts);
    /// <summary>The edge at which callers come in.</summary>
    public IPEndPoint Sip => new(IPAddress.Loopback, SipPort);

    /// <summary>The edge at which agents' phones register: the last one.</summary>
    public IPEndPoint AgentSip => SipOf(Edges - 1);

    /// <summary>Where the n-th edge listens.</summary>
    public IPEndPoint SipOf(int edge) => new(IPAddress.Loopback, SipPort + EdgePorts * edge);

    /// <summary>Which of so many edges has a port of media.</summary>
    public int EdgeOfMedia(int port, int edges) => (port - MediaPort) * edges / MediaPorts;

    /// <summary>Edges of each product, 1 or 2: <c>CALLCENTER_TEST_EDGES</c>, else one.</summary>
    public static int Edges { get; } = int.TryParse(Environment.GetEnvironmentVariable("CALLCENTER_TEST_EDGES"), CultureInfo.InvariantCulture, out var count) ? count : 1;

    public Uri Http => new($"http://127.0.0.1:{HttpPort}/");
    public ChildProcess Process => process ?? throw new InvalidOperationException("the product was not started");

    /// <summary>How long the last start took until the product called itself ready.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="data">A data folder that somebody else keeps; null for one that goes with this product.</param>
    public static async Task<RunningProduct> Start(string? data = null, params string[] settings)
    {
        var product = new RunningProduct(data, settings);
        try
        {
            await product.StartAgain();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the same ports and data and with the same settings as before.</summary>
    public async Task StartAgain()
    {
        if (process is not null) await process.DisposeAsync();
        var storage = await StorageOf(Data);
        var started = Stopwatch.GetTimestamp();
        process = Launch([.. storage, $"--Http:Port={HttpPort}", $"--Api:Port={ApiPort}", "--Testing:Hooks=true", "--Rehearsal:Calls=0", $"--Edge:Count={Edges}", $"--Sip:Port={SipPort}", $"--Sip:TlsPort={tlsPort}",
            $"--Media:PortFirst={MediaPort}", $"--Media:PortLast={MediaPort + MediaPorts - 1}", $"--Demo:TrunkTarget=127.0.0.1:{TrunkPort}", .. own]);
        await process.Prints("CallCenter is ready", TimeSpan.FromSeconds(90)); // how soon it has to be is a test of its own
        StartTook = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The settings that say where the product of a data folder keeps its data, by the variables of this test run.</summary>
    public static async Task<string[]> StorageOf(string data)
    {
        var place = PlaceOf(data);
        string[] database = OnPostgres ? [$"--Data:Postgres={await (await PostgresServer.OfProcess).Database(place)}", "--Demo:Enabled=true"] : [];
        string[] blobs = OnAzurite ? [$"--Blobs:AzureConnectionString={(await AzuriteServer.OfProcess).Address}", $"--Blobs:Container={place}"] : [];
        return [$"--Data:Path={data}", .. database, .. blobs];
    }

    /// <summary>The name of its database and its container.</summary>
    static string PlaceOf(string data) => "p" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(data))))[..32];

    /// <summary>Whether a text stands in its PostgreSQL database, as characters or as bytes; on SQLite that is a file of <see cref="Data"/>.</summary>
    public async Task<bool> DatabaseHolds(string text)
    {
        if (!OnPostgres) return false;
        var all = await (await PostgresServer.OfProcess).Dump(PlaceOf(Data));
        return all.Contains(text, StringComparison.Ordinal) || all.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
    }

    /// <summary>Runs a verb of the program on this product's data to its end; what it said.</summary>
    public async Task<string> Run(string verb, params string[] arguments)
    {
        await using var run = Launch([verb, .. arguments, .. await StorageOf(Data), .. own]);
        if (await run.Exits(TimeSpan.FromSeconds(60)) != 0) throw new InvalidOperationException($"{verb} failed: {run.Output}");
        return run.Output;
    }

    /// <summary>Starts the program with these arguments alone, and waits for nothing.</summary>
    public static ChildProcess Launch(params string[] arguments) => ChildProcess.Start(Program, arguments, Path.GetDirectoryName(Program)!, unhurried);

    /// <summary>A client that is signed in, with the tenant in its token.</summary>
    /// <param name="tenant">Null for the operator.</param>
    public Task<ProductApi> SignIn(string? tenant = "acme", string user = "admin") => ProductApi.SignIn(Http, tenant, user, DemoPassword);

    /// <summary>All that the grains remember besides their journals is lost at once, with every call between them; how many there were.</summary>
    public async Task<int> Crash() => (int)await Hook("crash");

    /// <summary>It collects its garbage and gives the memory back to the system; the bytes of managed objects that are left.</summary>
    public Task<long> Collect() => Hook("collect");

    async Task<long> Hook(string name)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{ApiPort}/testing/{name}"), null);
        return long.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Loses an edge as if its machine had lost its power.</summary>
    public async Task LoseEdge(string edge)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{ApiPort}/testing/lose-edge/{edge}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A gauge or counter of /metrics, summed over its labels; null if there is none of that name.</summary>
    public async Task<double?> Metric(string name)
    {
        using var http = new HttpClient { BaseAddress = Http };
        return Metrics.Read(await http.GetStringAsync(new Uri("metrics", UriKind.Relative)), name);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        if (ownFolder is not null && OnPostgres) await (await PostgresServer.OfProcess).Drop(PlaceOf(Data)); // else the last to go has them all to delete
        ownFolder?.Dispose();
        FreePorts.GiveBack(HttpPort, ApiPort, SipPort, TrunkPort, tlsPort, MediaPort);
    }

    /// <summary>The product of the same build as this test: …/tests/X/bin/Embedded/Debug/net10.0 → …/AppHost/bin/Embedded/Debug/net10.0.</summary>
    static string Program
    {
        get
        {
            var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            var bin = Array.LastIndexOf(parts, "bin");
            var root = string.Join(Path.DirectorySeparatorChar, parts[..(bin - 2)]);
            var program = Path.Combine([root, "AppHost", .. parts[bin..], "AppHost"]);
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is not built; bash tests/run.sh builds it");
        }
    }
}
