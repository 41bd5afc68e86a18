using System.Data.Common;
using System.Text.Json;
using CallCenter.Storage.Customers;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Customers and summaries, in config.db.</summary>
internal sealed class SqlitePeople(SqliteConnection connection) : IPeopleTables
{
    private readonly Statement one = new(connection, "select id, version, changed, name, body from customers where owner = ?1 and id = ?2", 2);
    private readonly Statement some = new(connection, "select id, version, changed, name, body from customers where owner = ?1 and id > ?2 order by id limit ?3", 3);
    private readonly Statement names = new(connection, "select id, name from customers where owner = ?1 and id > ?2 order by id limit ?3", 3);
    private readonly Statement holder = new(connection, "select customer from customer_numbers where owner = ?1 and number = ?2", 2);
    private readonly Statement insert = new(connection, "insert into customers (owner, id, version, changed, name, body) values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing", 6);
    private readonly Statement update = new(connection, "update customers set version = ?3, changed = ?4, name = ?5, body = ?6 where owner = ?1 and id = ?2 and version = ?3 - 1", 6);
    private readonly Statement addNumber = new(connection, "insert into customer_numbers (owner, number, customer) values (?1, ?2, ?3) on conflict do nothing", 3);
    private readonly Statement deleteNumbers = new(connection, "delete from customer_numbers where owner = ?1 and customer = ?2", 2);
    private readonly Statement delete = new(connection, "delete from customers where owner = ?1 and id = ?2", 2);
    private readonly Statement summaries = new(connection, "select agent, version, changed, final, types_version, call_type, result, body from summaries where owner = ?1 and call = ?2 order by changed desc, agent", 2);
    private readonly Statement write = new(connection, """
        insert into summaries (owner, call, agent, version, changed, final, types_version, call_type, result, body) values (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9)
        on conflict (owner, call, agent) do update set version = version + 1, changed = excluded.changed, final = excluded.final, types_version = excluded.types_version,
          call_type = excluded.call_type, result = excluded.result, body = excluded.body
        """, 9);
    private readonly Statement summarized = new(connection, "select distinct call from summaries where owner = ?1 and final <> 0 and call in (select value from json_each(?2))", 2);
    private readonly Statement blank = new(connection, "update summaries set body = null where owner = ?1 and call = ?2 and final <> 0 and body is not null", 2);
    private readonly Statement deleteDrafts = new(connection, "delete from summaries where owner = ?1 and call = ?2 and final = 0", 2);

    private Statement[] All => [one, some, names, holder, insert, update, addNumber, deleteNumbers, delete, summaries, write, summarized, blank, deleteDrafts];

    public DbTransaction? Transaction
    {
        set
        {
            foreach (var statement in All) statement.Transaction = (SqliteTransaction?)value;
        }
    }

    public CustomerRow? Customer(TenantId owner, string id)
    {
        using var row = one.Read(owner.Value, id);
        return row.Read() ? CustomerAt(owner, row) : null;
    }

    public CustomerRow[] Customers(TenantId owner, string after, int limit) => Every(some.Read(owner.Value, after, (long)limit), row => CustomerAt(owner, row));

    public (string Id, byte[] Name)[] Names(TenantId owner, string after, int limit) => Every(names.Read(owner.Value, after, (long)limit), row => (row.GetString(0), row.GetFieldValue<byte[]>(1)));

    public string? Holder(TenantId owner, byte[] number) => (string?)holder.Value(owner.Value, number);

    public bool Insert(CustomerRow row) => insert.Run(row.Owner.Value, row.Id, row.Version, row.Changed, row.Name, row.Body) > 0;

    public bool Update(CustomerRow row) => update.Run(row.Owner.Value, row.Id, row.Version, row.Changed, row.Name, row.Body) > 0;

    public bool AddNumber(TenantId owner, byte[] number, string customer) => addNumber.Run(owner.Value, number, customer) > 0;

    public void DeleteNumbers(TenantId owner, string customer) => deleteNumbers.Run(owner.Value, customer);

    public int DeleteCustomer(TenantId owner, string id) => delete.Run(owner.Value, id);

    public SummaryRow[] Summaries(TenantId owner, string call) => Every(summaries.Read(owner.Value, call), row => new SummaryRow(
        owner, call, row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3) != 0, row.GetInt64(4), row.Text(5), row.Text(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7)));

    public void Write(SummaryRow row) => write.Run(row.Owner.Value, row.Call, row.Agent, row.Changed, row.Final ? 1L : 0L, row.TypesVersion, row.CallType, row.Result, row.Body);

    public string[] Summarized(TenantId owner, string[] calls) => Every(summarized.Read(owner.Value, JsonSerializer.Serialize(calls)), row => row.GetString(0));

    public int EraseSummaries(TenantId owner, string call) => blank.Run(owner.Value, call) + deleteDrafts.Run(owner.Value, call);

    private static CustomerRow CustomerAt(TenantId owner, SqliteDataReader row) =>
        new(owner, row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));

    private static T[] Every<T>(SqliteDataReader rows, Func<SqliteDataReader, T> make)
    {
        using (rows)
        {
            var found = new List<T>();
            while (rows.Read()) found.Add(make(rows));
            return [.. found];
        }
    }

    public void Dispose()
    {
        foreach (var statement in All) statement.Dispose();
    }
}
