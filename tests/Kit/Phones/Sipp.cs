using System.Globalization;
using System.Net;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Phones;

/// <summary>One run of SIPp with a scenario of tests/Load/sipp, and its figures.</summary>
public sealed class Sipp : IAsyncDisposable
{
    readonly Scratch folder = new("sipp");
    readonly ChildProcess process;

    Sipp(string scenario, IPEndPoint? target, int port, IEnumerable<string> more, (string Name, byte[] Bytes)? file = null)
    {
        Port = port;
        if (file is { } named) File.WriteAllBytes(folder.File(named.Name), named.Bytes);
        string[] arguments = [.. target is null ? Array.Empty<string>() : [target.ToString()], "-sf", Path.Combine(Scenarios, scenario), "-i", "127.0.0.1", "-p", $"{port}", "-mi", "127.0.0.1",
            "-nostdin", "-trace_stat", "-stf", folder.File("stat.csv"), "-fd", "1", "-trace_err", "-error_file", folder.File("errors.log"), .. more];
        process = ChildProcess.Start("sipp", arguments, folder.Path);
    }

    public int Port { get; }

    /// <summary>Starts a scenario.</summary>
    /// <param name="target">Null for one that is called.</param>
    public static Sipp Start(string scenario, IPEndPoint? target, params string[] more) => new(scenario, target, FreePorts.Take(), more);

    /// <summary>Starts a scenario that says what is in a file (<c>rtp_stream</c>), which it finds by its name.</summary>
    public static Sipp Start(string scenario, IPEndPoint? target, (string Name, byte[] Bytes) file, params string[] more) => new(scenario, target, FreePorts.Take(), more, file);

    /// <summary>Registers extensions in a row, all with their contact at one port.</summary>
    public static async Task Register(IPEndPoint edge, string domain, int first, int count, int contactPort)
    {
        using var list = new Scratch("users");
        var rows = Enumerable.Range(first, count).Select(u => $"{u};[authentication username={u} password=demo]");
        var users = list.Write("users.csv", "SEQUENTIAL\n" + string.Join('\n', rows) + "\n");
        await using var run = Start("register.xml", edge, "-inf", users, "-m", $"{count}", "-r", "50", "-key", "domain", domain, "-key", "contact", $"127.0.0.1:{contactPort}");
        var result = await run.Ends(TimeSpan.FromSeconds(30 + count / 20));
        if (result.Failed != 0 || result.Successful != count) throw new InvalidOperationException($"registered {result.Successful} of {count}:\n{result.Errors}");
    }

    /// <summary>Waits for its end and reads its last figures.</summary>
    public async Task<SippResult> Ends(TimeSpan within)
    {
        await process.Exits(within);
        return Read();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
        FreePorts.GiveBack(Port);
    }

    SippResult Read()
    {
        var errors = File.Exists(folder.File("errors.log")) ? File.ReadAllText(folder.File("errors.log")) : "";
        if (!File.Exists(folder.File("stat.csv"))) throw new InvalidOperationException($"SIPp left no figures:\n{process.Output}");
        var lines = File.ReadAllLines(folder.File("stat.csv"));
        var names = lines[0].Split(';');
        var values = lines[^1].Split(';');
        int Of(string name) => Array.IndexOf(names, name) is >= 0 and var at ? int.Parse(values[at], CultureInfo.InvariantCulture) : 0; // a counter that is not used has no column
        return new(Of("SuccessfulCall(C)"), Of("FailedCall(C)"), Of("Retransmissions(C)"), Of("GenericCounter1(C)"), errors.Length > 2000 ? errors[..2000] : errors);
    }

    /// <summary>tests/Load/sipp, seen from this test's output folder.</summary>
    static string Scenarios
    {
        get
        {
            var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return Path.Combine(string.Join(Path.DirectorySeparatorChar, parts[..(Array.LastIndexOf(parts, "bin") - 1)]), "Load", "sipp");
        }
    }
}

/// <param name="Counted">What the scenario counts by its generic counter 1.</param>
/// <param name="Errors">The beginning of SIPp's error log.</param>
public sealed record SippResult(int Successful, int Failed, int Retransmissions, int Counted, string Errors);
