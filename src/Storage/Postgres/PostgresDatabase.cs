using System.Net.Sockets;
using CallCenter.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>
/// The product's tables in one PostgreSQL database. Row-level security is on for every table with an owner: a statement sees the
/// rows of the owner named by the setting <c>app.owner</c> of its transaction, none without it, all with
/// <see cref="Everyone"/> (the committing thread, the projector and a start's look at what is open).
/// </summary>
internal sealed class PostgresDatabase : IDisposable
{
    public const string Schema = "callcenter", Everyone = "*";

    /// <summary>Whose rights are used where the login itself would pass by row-level security.</summary>
    public const string AppRole = "callcenter_app";

    private static readonly TimeSpan NotAgainFor = TimeSpan.FromSeconds(1);
    private static readonly PostgresSql Enter = new("select set_config('app.owner', $1, true)", NpgsqlDbType.Text); // true: until the transaction's end
    private readonly string address;
    private readonly NpgsqlDataSource pool;
    private long deadUntil;

    private PostgresDatabase(string address)
    {
        this.address = address;
        pool = NpgsqlDataSource.Create(address);
    }

    /// <summary>Checks the schema, and whether the login needs another role.</summary>
    /// <exception cref="SchemaException">Not at this program's schema.</exception>
    /// <exception cref="StorageOutageException">It does not answer.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        try
        {
            using var connection = PostgresAddress.Open(connectionString);
            PostgresSchema.Check(connection);
            var role = PostgresSchema.PassesBySecurity(connection) ? $"-c role={AppRole}" : "";
            return new(PostgresAddress.Pooled(connectionString, role));
        }
        catch (NpgsqlException fault)
        {
            throw Outage(fault);
        }
    }

    /// <summary>A connection of one's own, kept open by whoever asked.</summary>
    /// <param name="settings">Of the session, such as <c>-c app.owner=*</c>.</param>
    public NpgsqlConnection OpenOwn(string settings) => Connect(() =>
    {
        var connection = new NpgsqlConnection(PostgresAddress.Own(address, settings));
        connection.Open();
        return connection;
    });

    /// <summary>One statement as an owner, in a transaction and a round trip of its own. Tried once more on a new connection: a pooled one may have died.</summary>
    public T Read<T>(string owner, PostgresSql sql, object?[] values, Func<NpgsqlDataReader, T> make) => Again(() =>
    {
        using var connection = Connect(pool.OpenConnection);
        using var batch = As(owner, sql.With(values), connection);
        using var rows = batch.ExecuteReader();
        rows.NextResult();
        return make(rows);
    });

    public async Task<T> ReadAsync<T>(string owner, PostgresSql sql, object?[] values, Func<NpgsqlDataReader, T> make, CancellationToken stop = default)
    {
        for (var last = false; ; last = true)
        {
            try
            {
                return await ReadOnce(owner, sql.With(values), make, stop).ConfigureAwait(false);
            }
            catch (NpgsqlException fault) when (IsGone(fault) && !last)
            {
                // the connection had died while it lay in the pool, which is empty now
            }
            catch (NpgsqlException fault) when (IsGone(fault))
            {
                throw Outage(fault);
            }
        }
    }

    /// <summary>A statement that changes something; not repeated, since a lost answer does not tell whether it was done.</summary>
    public async Task<T> Write<T>(string owner, PostgresSql sql, object?[] values, Func<NpgsqlDataReader, T> make)
    {
        try
        {
            return await ReadOnce(owner, sql.With(values), make, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException fault) when (IsGone(fault))
        {
            throw Outage(fault);
        }
    }

    private async Task<T> ReadOnce<T>(string owner, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> make, CancellationToken stop)
    {
        RefuseWhileDead();
        NpgsqlConnection connection;
        try
        {
            connection = await pool.OpenConnectionAsync(stop).ConfigureAwait(false);
        }
        catch (NpgsqlException fault)
        {
            throw Dead(fault);
        }
        await using (connection)
        {
            await using var batch = As(owner, command, connection);
            await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
            await rows.NextResultAsync(stop).ConfigureAwait(false);
            return make(rows); // few rows, which came with the first packet
        }
    }

    private static NpgsqlBatch As(string owner, NpgsqlBatchCommand command, NpgsqlConnection connection) =>
        new(connection) { BatchCommands = { Enter.With(owner), command } };

    private static T Again<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NpgsqlException first) when (IsGone(first))
        {
            try
            {
                return read();
            }
            catch (NpgsqlException second) when (IsGone(second))
            {
                throw Outage(second);
            }
        }
    }

    private T Connect<T>(Func<T> open)
    {
        RefuseWhileDead();
        try
        {
            return open();
        }
        catch (NpgsqlException fault)
        {
            throw Dead(fault);
        }
    }

    /// <summary>Where the server is gone, one asks each second; the others need not wait out the same time-out.</summary>
    private void RefuseWhileDead()
    {
        if (Environment.TickCount64 < Volatile.Read(ref deadUntil)) throw new StorageOutageException("the database did not answer a moment ago");
    }

    /// <summary>A time-out alone condemns nothing: this machine may be busy, and connections that are open work on.</summary>
    private StorageOutageException Dead(NpgsqlException fault)
    {
        if (fault is PostgresException || fault.InnerException is SocketException) Volatile.Write(ref deadUntil, Environment.TickCount64 + (long)NotAgainFor.TotalMilliseconds);
        return Outage(fault);
    }

    /// <summary>
    /// Dead rows keep their bytes until the table is vacuumed; after it their places are free to be written over. The indexes by which a number
    /// was found are cleaned too, however little there is of it. Nobody waits for a lock meanwhile.
    /// </summary>
    public void Vacuum(params string[] tables)
    {
        using var connection = OpenOwn("");
        foreach (var sql in tables.Select(table => $"vacuum (index_cleanup on, truncate off) {Schema}.{table}").Prepend("set role none"))
        {
            using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.ExecuteNonQuery();
        }
    }

    /// <summary>It may be back soon. A full disk is not of these: it is told at once.</summary>
    public static bool IsGone(Exception fault) => fault is StorageOutageException or NpgsqlException { IsTransient: true } and not PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>Its text holds no password.</summary>
    public static StorageOutageException Outage(NpgsqlException fault) =>
        new($"the database does not answer: {(fault.InnerException is SocketException or TimeoutException ? fault.InnerException.Message : fault.Message)}", fault);

    public void Dispose() => pool.Dispose();
}
