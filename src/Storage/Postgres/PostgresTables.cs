using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>Tables beside the settings, on a session's connection: each command runs as an owner, in one round trip.</summary>
internal abstract class PostgresTables(NpgsqlConnection connection)
{
    private static readonly PostgresSql Enter = new(SessionOwner.Sql, NpgsqlDbType.Text);
    private readonly SessionOwner session = SessionOwner.Of(connection);
    private NpgsqlTransaction? transaction;

    public DbTransaction? Transaction
    {
        set
        {
            transaction = (NpgsqlTransaction?)value;
            session.Forget();
        }
    }

    /// <summary>How many rows were changed.</summary>
    protected int Change(TenantId owner, NpgsqlBatchCommand command)
    {
        Run(owner, _ => true, command);
        return (int)command.RecordsAffected;
    }

    protected T Run<T>(TenantId owner, Func<NpgsqlDataReader, T> make, NpgsqlBatchCommand command)
    {
        using var batch = new NpgsqlBatch(connection, transaction);
        var enters = session.Changes(owner.Value);
        if (enters) batch.BatchCommands.Add(Enter.With(owner.Value));
        batch.BatchCommands.Add(command);
        using var rows = batch.ExecuteReader();
        if (enters) rows.NextResult();
        return make(rows);
    }

    public void Dispose()
    {
        // the connection is its session's
    }
}
