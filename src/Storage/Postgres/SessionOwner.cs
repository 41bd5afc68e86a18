using System.Data.Common;
using System.Runtime.CompilerServices;

namespace CallCenter.Storage.Postgres;

/// <summary>For which owner a session's connection was told to work, so that it is told only when that changes.</summary>
internal sealed class SessionOwner
{
    /// <summary>Takes effect from the next statement on, and stays; but a transaction that is rolled back takes it along.</summary>
    public const string Sql = "select set_config('app.owner', $1, false)";

    private static readonly ConditionalWeakTable<DbConnection, SessionOwner> Sessions = [];
    private string? told;

    public static SessionOwner Of(DbConnection connection) => Sessions.GetValue(connection, _ => new());

    /// <summary>Whether it must be told, which the caller does at once.</summary>
    public bool Changes(string owner)
    {
        if (told == owner) return false;
        told = owner;
        return true;
    }

    /// <summary>A transaction begins or ends: what was told may not hold any longer.</summary>
    public void Forget() => told = null;
}
