using System.Security.Cryptography;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Databases;

/// <summary>
/// Azure Blob Storage of the tests' own (Azurite, in memory): a free port of loopback, one account whose key nobody else knows. tests/run.sh
/// installs the program into a cache folder.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    const string Account = "callcenter";

    static readonly Lazy<Task<AzuriteServer>> ofProcess = new(async () =>
    {
        var server = await Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(async () => await server.DisposeAsync()).GetAwaiter().GetResult(); // nobody else is left to wait
        return server;
    });

    readonly Scratch folder = new("azurite");
    ChildProcess? process;

    AzuriteServer() { }

    public int Port { get; } = FreePorts.Take();

    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    /// <summary>Connection string of the account.</summary>
    public string Address => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{Port}/{Account};";

    /// <summary>One server for the whole test process; it ends with it.</summary>
    public static Task<AzuriteServer> OfProcess => ofProcess.Value;

    public static async Task<AzuriteServer> Start()
    {
        var server = new AzuriteServer();
        await server.StartAgain();
        return server;
    }

    /// <summary>After <see cref="Stop"/>: on the same port, empty.</summary>
    public async Task StartAgain()
    {
        if (process is not null) await process.DisposeAsync();
        process = ChildProcess.Start("node", [Program, "--blobHost", "127.0.0.1", "--blobPort", $"{Port}", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"], folder.Path,
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" });
        await process.Prints("successfully listen", TimeSpan.FromSeconds(60));
    }

    public async Task Stop()
    {
        process!.Kill();
        await process.Exits(TimeSpan.FromSeconds(20));
    }

    static string Program
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("CALLCENTER_TEST_CACHE") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "callcenter-tests");
            var program = Path.Combine(cache, "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is not there; bash tests/run.sh installs it");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        folder.Dispose();
        FreePorts.GiveBack(Port);
    }
}
