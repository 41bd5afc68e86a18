using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CallCenter.Storage.Sqlite;

/// <summary>
/// A prepared statement on the driver's own handles, for what runs at every commit: the ADO.NET layer above them costs more than
/// SQLite does for a row, most of it in garbage. Belongs to one connection and is used by one thread at a time.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private byte[] text = new byte[4096];

    public RawStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public RawStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public RawStatement Bind(int parameter, bool value) => Bind(parameter, value ? 1 : 0);

    public RawStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, parameter));
            return this;
        }
        if (Encoding.UTF8.GetMaxByteCount(value.Length) is var most && most > text.Length) text = new byte[most];
        Check(raw.sqlite3_bind_text(statement, parameter, text.AsSpan(0, Encoding.UTF8.GetBytes(value, text)))); // SQLite keeps a copy
        return this;
    }

    public RawStatement Bind(int parameter, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <param name="utf8">Text.</param>
    public RawStatement BindText(int parameter, byte[]? utf8)
    {
        Check(utf8 is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, utf8.AsSpan()));
        return this;
    }

    /// <summary>Executes it to its end; the number of rows changed, if it changes any.</summary>
    public int Run()
    {
        while (Step()) { }
        return raw.sqlite3_changes(database);
    }

    /// <param name="values">Of ?1, ?2 …: strings, longs and nulls.</param>
    public int Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] is long number) Bind(i + 1, number);
            else Bind(i + 1, (string?)values[i]);
        return Run();
    }

    /// <summary>True: there is a row, and <see cref="Reset"/> must follow. False: it is over.</summary>
    /// <exception cref="SqliteException">It is over too.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(statement); // says again what the step said
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public void Reset() => raw.sqlite3_reset(statement);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);

    public void Dispose() => statement.Dispose();
}
