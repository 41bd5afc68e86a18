using System.Diagnostics;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Databases;

/// <summary>
/// A PostgreSQL server of the tests' own: a free port of loopback, a data folder that goes with it, two logins without a password
/// (<see cref="Superuser"/> and <see cref="Login"/>, which is none). It does not wait for the disk: tests end it, not a power cut.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Superuser = "postgres", Login = "callcenter";

    static readonly string Programs = Directory.Exists("/usr/lib/postgresql")
        ? Path.Combine(Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d), System.Globalization.CultureInfo.InvariantCulture)).First(), "bin")
        : "";

    static readonly Lazy<Task<PostgresServer>> ofProcess = new(async () =>
    {
        var server = await Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Leave();
        return server;
    });

    readonly string folder;
    ChildProcess? process;

    PostgresServer(string? disk)
    {
        folder = Path.Combine(disk ?? Path.GetTempPath(), "callcenter-postgres-" + Guid.NewGuid().ToString("n"));
    }

    public int Port { get; } = FreePorts.Take();

    /// <summary>One server for the whole test process; it ends with it.</summary>
    public static Task<PostgresServer> OfProcess => ofProcess.Value;

    /// <param name="disk">The folder to keep its data in; null for the tests' temporary one.</param>
    public static async Task<PostgresServer> Start(string? disk = null)
    {
        var server = new PostgresServer(disk);
        await Run(Program("initdb"), ["-D", server.folder, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        await server.StartAgain();
        await server.Sql("postgres", $"create role {Login} login");
        return server;
    }

    /// <summary>After <see cref="Stop"/> or <see cref="Crash"/>: on the same port, with the same data.</summary>
    public async Task StartAgain()
    {
        if (process is not null) await process.DisposeAsync();
        process = null;
        var (program, arguments) = AsPostgres(Program("postgres"), ["-D", folder, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB"]);
        process = ChildProcess.Start(program, arguments, Path.GetTempPath());
        await process.Prints("ready to accept connections", TimeSpan.FromSeconds(30));
    }

    /// <summary>Its clients are cut off; what they were doing is rolled back.</summary>
    public async Task Stop()
    {
        process!.Interrupt();
        await process.Exits(TimeSpan.FromSeconds(20));
    }

    /// <summary>At once, without writing anything back.</summary>
    public async Task Crash()
    {
        process!.Quit();
        await process.Exits(TimeSpan.FromSeconds(20));
    }

    /// <summary>A new database that belongs to <see cref="Login"/>: its connection string.</summary>
    /// <param name="name">Null: one that no other has. With a name it may be there already.</param>
    /// <param name="like">The database of which it is a copy, which nobody has open; null: it is empty.</param>
    public async Task<string> Database(string? name = null, string? like = null)
    {
        var database = name ?? "t" + Guid.NewGuid().ToString("n");
        if (name is null || (await Sql("postgres", $"select 1 from pg_database where datname = '{name}'")).Length == 0)
            await Sql("postgres", $"create database {database} owner {Login}{(like is null ? "" : $" template {like}")}");
        return Address(database);
    }

    public string Address(string database, string login = Login) => $"Host=127.0.0.1;Port={Port};Database={database};Username={login}";

    public Task Drop(string database) => Sql("postgres", $"drop database if exists {database} with (force)");

    /// <summary>Runs a statement as the superuser; what it prints, in lines without decoration.</summary>
    public Task<string> Sql(string database, string sql) => Run(Program("psql"), ["-h", "127.0.0.1", "-p", $"{Port}", "-U", Superuser, "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql]);

    /// <summary>All that stands in a database, as SQL: bytes in hexadecimal.</summary>
    public Task<string> Dump(string database) => Run(Program("pg_dump"), ["-h", "127.0.0.1", "-p", $"{Port}", "-U", Superuser, database]);

    static string Program(string name) => File.Exists(Path.Combine(Programs, name)) ? Path.Combine(Programs, name) : name;

    static async Task<string> Run(string program, string[] arguments)
    {
        var (user, with) = AsPostgres(program, arguments);
        await using var run = ChildProcess.Start(user, with, Path.GetTempPath());
        if (await run.Exits(TimeSpan.FromSeconds(60)) != 0) throw new InvalidOperationException($"{program} failed:\n{run.Output}");
        return run.Output;
    }

    /// <summary>The server refuses to run as root. The program takes the place of setpriv, so its id is the child's.</summary>
    static (string Program, string[] Arguments) AsPostgres(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
        : (program, arguments);

    /// <summary>It ends, and its files go, after this process: a hundred databases take longer to delete than a process has time to end.</summary>
    void Leave()
    {
        process?.Quit();
        using var broom = Process.Start("sh", ["-c", $"tail --pid={process?.Id ?? 0} -f /dev/null; rm -rf '{folder}'"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Quit();
            await process.Exits(TimeSpan.FromSeconds(20));
            await process.DisposeAsync();
        }
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        FreePorts.GiveBack(Port);
    }
}
