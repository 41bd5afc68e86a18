using Npgsql;

namespace CallCenter.Storage.Postgres;

/// <summary>Connection strings: what the operator says, and what we add.</summary>
internal static class PostgresAddress
{
    /// <summary>Seconds. A machine that is gone without a word is noticed after these.</summary>
    private const int ConnectTimeout = 5, CommandTimeout = 15;

    /// <summary>
    /// Of a process. The server's default is 100 in all; of 20 that opened at once, as every agent woke, and whose answers came at once, the
    /// media threads of two cores felt 65 ms.
    /// </summary>
    private const int MostPooled = 8;

    /// <summary>What is wrong with a setting; null if nothing. The text repeats nothing of it: it may hold a password.</summary>
    public static string? Fault(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException or KeyNotFoundException or InvalidCastException)
        {
            return "is not a connection string such as Host=db;Database=callcenter;Username=callcenter;Password=…";
        }
        if (string.IsNullOrWhiteSpace(builder.Host)) return "names no Host";
        if (string.IsNullOrWhiteSpace(builder.Username)) return "names no Username";
        return string.IsNullOrWhiteSpace(builder.Database) ? "names no Database" : null;
    }

    /// <summary>As the login itself: for migration and checks.</summary>
    public static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(With(connectionString, "", b => b.Pooling = false));
        connection.Open();
        return connection;
    }

    /// <summary>Connections for single statements. They are not reset between two users: whatever one sets ends with its transaction.</summary>
    public static string Pooled(string connectionString, string settings) => With(connectionString, settings, b =>
    {
        b.NoResetOnClose = true;
        b.MaxPoolSize = Math.Min(b.MaxPoolSize, MostPooled);
    });

    public static string Own(string pooled, string settings) => With(pooled, settings, b => b.Pooling = false);

    private static string With(string connectionString, string settings, Action<NpgsqlConnectionStringBuilder> more)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = PostgresDatabase.Schema, Enlist = false, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2,
            Timeout = ConnectTimeout, CommandTimeout = CommandTimeout, IncludeErrorDetail = false,
        };
        builder.ApplicationName ??= "callcenter";
        if (settings.Length > 0) builder.Options = $"{builder.Options} {settings}".Trim();
        more(builder);
        return builder.ToString();
    }
}
