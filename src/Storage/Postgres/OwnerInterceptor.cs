using System.Data.Common;
using CallCenter.Storage.Configuration;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CallCenter.Storage.Postgres;

/// <summary>Says to the database for which owner a context's statement runs, where the statement before was another's.</summary>
internal sealed class OwnerInterceptor : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Enter(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Enter(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Enter(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private static void Enter(DbCommand command, CommandEventData eventData)
    {
        if (Telling(command, eventData) is not { } enter) return;
        using (enter) enter.ExecuteNonQuery();
    }

    private static async Task EnterAsync(DbCommand command, CommandEventData eventData, CancellationToken stop)
    {
        if (Telling(command, eventData) is not { } enter) return;
        await using (enter) await enter.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private static DbCommand? Telling(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not ConfigurationContext context) throw new InvalidOperationException("a statement of no owner");
        if (!SessionOwner.Of(command.Connection!).Changes(context.Owner)) return null;
        var enter = command.Connection!.CreateCommand();
        enter.Transaction = command.Transaction;
        enter.CommandText = SessionOwner.Sql;
        var owner = enter.CreateParameter();
        owner.Value = context.Owner;
        enter.Parameters.Add(owner);
        return enter;
    }
}
