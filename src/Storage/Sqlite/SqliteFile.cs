using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>One of the four database files of the data folder; no transaction spans two of them.</summary>
/// <param name="Name">The file's name without its ending, and of its schema scripts.</param>
/// <param name="Synchronous">FULL: durable at each commit. OFF: what can be folded again.</param>
internal sealed record SqliteFile(string Name, string Synchronous)
{
    public static readonly SqliteFile Journal = new("journal", "full");
    public static readonly SqliteFile Config = new("config", "full");
    public static readonly SqliteFile Views = new("views", "off");
    public static readonly SqliteFile State = new("state", "full");
    public static readonly IReadOnlyList<SqliteFile> All = [Journal, Config, Views, State];

    public string Path(string folder) => System.IO.Path.Combine(folder, Name + ".db");

    /// <summary>For reading and writing; makes the file if it is not there.</summary>
    public SqliteConnection Open(string folder) => Open(folder, "");

    /// <param name="pragmas">More settings of this connection.</param>
    public SqliteConnection Open(string folder, string pragmas)
    {
        var connection = new SqliteConnection(Address(folder));
        connection.Open();
        Apply(connection);
        connection.Run(pragmas);
        return connection;
    }

    /// <summary>
    /// Connections are kept open by whoever uses them: the driver's own pool is not wanted. Nor is its waiting for a lock (in
    /// steps of 150 ms, 30 s by default): SQLite's own does it, and the driver gives up after it.
    /// </summary>
    public string Address(string folder) => new SqliteConnectionStringBuilder { DataSource = Path(folder), Pooling = false, DefaultTimeout = 1 }.ToString();

    public void Apply(SqliteConnection connection) =>
        connection.Run($"pragma journal_mode = wal; pragma synchronous = {Synchronous}; pragma busy_timeout = 5000; pragma temp_store = memory");
}
