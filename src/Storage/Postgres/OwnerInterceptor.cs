using System.Data.Common;
using CallCenter.Storage.Configuration;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CallCenter.Storage.Postgres;

/// <summary>
/// Says to the database for which owner a context's statement runs. Told anew before each statement, within its round trip's
/// time on the same connection: a transaction that was rolled back takes the setting with it, so remembering it would be a trap.
/// </summary>
internal sealed class OwnerInterceptor : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        using var enter = Enter(command, eventData);
        enter.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await using var enter = Enter(command, eventData);
        await enter.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        using var enter = Enter(command, eventData);
        enter.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await using var enter = Enter(command, eventData);
        await enter.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        using var enter = Enter(command, eventData);
        enter.ExecuteNonQuery();
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await using var enter = Enter(command, eventData);
        await enter.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private static DbCommand Enter(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not ConfigurationContext context) throw new InvalidOperationException("a statement of no owner");
        var enter = command.Connection!.CreateCommand();
        enter.Transaction = command.Transaction;
        enter.CommandText = "select set_config('app.owner', $1, false)";
        var owner = enter.CreateParameter();
        owner.Value = context.Owner;
        enter.Parameters.Add(owner);
        return enter;
    }
}
