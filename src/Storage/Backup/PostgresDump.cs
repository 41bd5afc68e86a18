using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CallCenter.Contracts;
using CallCenter.Storage.Postgres;
using Npgsql;

namespace CallCenter.Storage.Backup;

/// <summary>PostgreSQL's own programs: a dump is all tables as of one instant, taken while others write.</summary>
internal static class PostgresDump
{
    /// <returns>Null; or why not.</returns>
    /// <exception cref="StorageOutageException">The database does not answer.</exception>
    public static string? Take(string address, string file)
    {
        Asked(address, PostgresSchema.Check);
        return Run("pg_dump", address, ["--format=custom", "--no-owner", "--no-acl", $"--schema={PostgresDatabase.Schema}", "--enable-row-security", $"--file={file}"]);
    }

    /// <summary>In one transaction, into a database without our tables.</summary>
    public static string? Restore(string address, string file)
    {
        var isFilled = false;
        Asked(address, connection =>
        {
            using var filled = new NpgsqlCommand($"select exists (select from pg_namespace where nspname = '{PostgresDatabase.Schema}')", connection);
            isFilled = filled.ExecuteScalar() is true;
        });
        if (isFilled) return $"the database has a schema {PostgresDatabase.Schema} already: a backup is restored into an empty database only";
        return Run("pg_restore", address, ["--no-owner", "--no-acl", "--single-transaction", "--exit-on-error", $"--dbname={new NpgsqlConnectionStringBuilder(address).Database}", file]);
    }

    private static void Asked(string address, Action<NpgsqlConnection> ask)
    {
        try
        {
            using var connection = PostgresAddress.Open(address);
            ask(connection);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresDatabase.Outage(fault);
        }
    }

    private static string? Run(string program, string address, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in Environment(new(address))) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started");
            process.StandardInput.Close();
            var told = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} failed: {told.Trim()}";
        }
        catch (Win32Exception) // the only sign that the system has no such program
        {
            return $"{program} is not installed: it comes with PostgreSQL's client programs, of the server's version or a newer one";
        }
    }

    /// <summary>A password in the arguments could be read by every user of the machine. The policies of the tables show the owner of <c>*</c> all rows.</summary>
    private static IEnumerable<(string, string)> Environment(NpgsqlConnectionStringBuilder address)
    {
        yield return ("PGHOST", address.Host!);
        yield return ("PGPORT", address.Port.ToString(CultureInfo.InvariantCulture));
        yield return ("PGUSER", address.Username!);
        yield return ("PGDATABASE", address.Database!);
        yield return ("PGOPTIONS", $"-c app.owner={PostgresDatabase.Everyone}");
        if (address.Password is { } password) yield return ("PGPASSWORD", password);
        if (address.RootCertificate is { } root) yield return ("PGSSLROOTCERT", root);
        yield return ("PGSSLMODE", address.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() });
    }
}
