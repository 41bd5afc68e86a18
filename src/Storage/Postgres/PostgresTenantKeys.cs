using CallCenter.Storage.Personal;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>Wrapped tenant keys. Rarely asked: the cache answers.</summary>
internal sealed class PostgresTenantKeys(PostgresDatabase database) : ITenantKeyStore
{
    private static readonly PostgresSql Newest = new("select id, wrapped from tenant_keys where owner = $1 order by id desc limit 1", NpgsqlDbType.Text);
    private static readonly PostgresSql Insert = new("insert into tenant_keys (owner, id, wrapped) values ($1, 1, $2) on conflict do nothing", NpgsqlDbType.Text, NpgsqlDbType.Bytea);
    private static readonly PostgresSql ById = new("select wrapped from tenant_keys where owner = $1 and id = $2", NpgsqlDbType.Text, NpgsqlDbType.Integer);

    public (int Id, byte[] Wrapped) NewestOrMade(TenantId owner, Func<int, byte[]> make)
    {
        if (Look(owner) is { } there) return there;
        database.Read(owner.Value, Insert, [owner.Value, make(1)], _ => true); // once more does no harm
        return Look(owner)!.Value;
    }

    public byte[]? Find(TenantId owner, int id) => database.Read(owner.Value, ById, [owner.Value, id], rows => rows.Read() ? rows.GetFieldValue<byte[]>(0) : null);

    private (int, byte[])? Look(TenantId owner) => database.Read(owner.Value, Newest, [owner.Value], KeyAt);

    private static (int, byte[])? KeyAt(NpgsqlDataReader rows) => rows.Read() ? (rows.GetInt32(0), rows.GetFieldValue<byte[]>(1)) : null;
}
