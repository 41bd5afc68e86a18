using CallCenter.Storage.Personal;

namespace CallCenter.Storage.Sqlite;

/// <summary>Wrapped tenant keys in config.db. Rarely asked (the cache answers), so each time on a connection of its own.</summary>
internal sealed class SqliteTenantKeys(string folder) : ITenantKeyStore
{
    public (int Id, byte[] Wrapped) NewestOrMade(TenantId owner, Func<int, byte[]> make)
    {
        using var connection = SqliteFile.Config.Open(folder);
        using var newest = new Statement(connection, "select id, wrapped from tenant_keys where owner = ?1 order by id desc limit 1", 1);
        if (Read(newest, owner) is { } there) return there;
        using var insert = new Statement(connection, "insert or ignore into tenant_keys (owner, id, wrapped) values (?1, 1, ?2)", 2);
        insert.Run(owner.Value, make(1));
        return Read(newest, owner)!.Value;
    }

    public byte[]? Find(TenantId owner, int id)
    {
        using var connection = SqliteFile.Config.Open(folder);
        using var find = new Statement(connection, "select wrapped from tenant_keys where owner = ?1 and id = ?2", 2);
        return (byte[]?)find.Value(owner.Value, id);
    }

    private static (int, byte[])? Read(Statement newest, TenantId owner)
    {
        using var row = newest.Read(owner.Value);
        return row.Read() ? (row.GetInt32(0), (byte[])row.GetValue(1)) : null;
    }
}
