using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>
/// Numbered scripts per database file (<c>Schema/journal-1.sql</c> …): a file's <c>user_version</c> says which of them it
/// has had. A script that was released is never changed; it only adds, so that the version before goes on running.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Brings a file to the newest schema, in one transaction.</summary>
    /// <exception cref="SchemaException">The file is of a newer program.</exception>
    public static void Migrate(SqliteFile file, string folder)
    {
        using var connection = file.Open(folder);
        connection.Run("begin immediate");
        var version = Version(connection);
        Refuse(file, version, newerOnly: true);
        while (Script(file, version + 1) is { } script)
            connection.Run($"{script};\npragma user_version = {(++version).ToString(CultureInfo.InvariantCulture)}");
        connection.Run("commit");
    }

    /// <summary>Refuses a file whose schema is not this program's.</summary>
    /// <exception cref="SchemaException">Newer, or not migrated yet.</exception>
    public static void Check(SqliteFile file, SqliteConnection connection) => Refuse(file, Version(connection), newerOnly: false);

    public static long Newest(SqliteFile file)
    {
        var version = 0L;
        while (Script(file, version + 1) is not null) version++;
        return version;
    }

    private static void Refuse(SqliteFile file, long version, bool newerOnly)
    {
        var newest = Newest(file);
        if (version > newest) throw new SchemaException($"{file.Name}.db has schema {version}, this program knows {newest}: start a newer version of the program");
        if (version < newest && !newerOnly) throw new SchemaException($"{file.Name}.db has schema {version} of {newest}: run `migrate` first");
    }

    private static long Version(SqliteConnection connection) => connection.Number("pragma user_version");

    private static string? Script(SqliteFile file, long number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"CallCenter.Storage.Sqlite.Schema.{file.Name}-{number}.sql");
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
