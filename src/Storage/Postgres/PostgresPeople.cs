using CallCenter.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>Customers and summaries, on a session's connection.</summary>
internal sealed class PostgresPeople(NpgsqlConnection connection) : PostgresTables(connection), IPeopleTables
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint, Bytes = NpgsqlDbType.Bytea, Truth = NpgsqlDbType.Boolean;
    private static readonly PostgresSql OneCustomer = new("select id, version, changed, name, body from customers where owner = $1 and id = $2", Text, Text);
    private static readonly PostgresSql SomeCustomers = new("select id, version, changed, name, body from customers where owner = $1 and id > $2 order by id limit $3", Text, Text, Long);
    private static readonly PostgresSql SomeNames = new("select id, name from customers where owner = $1 and id > $2 order by id limit $3", Text, Text, Long);
    private static readonly PostgresSql HolderOf = new("select customer from customer_numbers where owner = $1 and number = $2", Text, Bytes);
    private static readonly PostgresSql InsertOne = new("insert into customers (owner, id, version, changed, name, body) values ($1, $2, $3, $4, $5, $6) on conflict do nothing", Text, Text, Long, Long, Bytes, Bytes);
    private static readonly PostgresSql UpdateOne = new("update customers set version = $3, changed = $4, name = $5, body = $6 where owner = $1 and id = $2 and version = $3 - 1", Text, Text, Long, Long, Bytes, Bytes);
    private static readonly PostgresSql AddOne = new("insert into customer_numbers (owner, number, customer) values ($1, $2, $3) on conflict do nothing", Text, Bytes, Text);
    private static readonly PostgresSql DeleteTheNumbers = new("delete from customer_numbers where owner = $1 and customer = $2", Text, Text);
    private static readonly PostgresSql DeleteOne = new("delete from customers where owner = $1 and id = $2", Text, Text);
    private static readonly PostgresSql SummariesOf = new("select agent, version, changed, final, types_version, call_type, result, body from summaries where owner = $1 and call = $2 order by changed desc, agent", Text, Text);
    private static readonly PostgresSql WriteOne = new("""
        insert into summaries as s (owner, call, agent, version, changed, final, types_version, call_type, result, body) values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)
        on conflict (owner, call, agent) do update set version = s.version + 1, changed = excluded.changed, final = excluded.final, types_version = excluded.types_version,
          call_type = excluded.call_type, result = excluded.result, body = excluded.body
        """, Text, Text, Text, Long, Truth, Long, Text, Text, Bytes);
    private static readonly PostgresSql SummarizedOf = new("select distinct call from summaries where owner = $1 and final and call = any($2)", Text, NpgsqlDbType.Array | Text);
    private static readonly PostgresSql Blank = new("update summaries set body = null where owner = $1 and call = $2 and final and body is not null", Text, Text);
    private static readonly PostgresSql DeleteDrafts = new("delete from summaries where owner = $1 and call = $2 and not final", Text, Text);

    public CustomerRow? Customer(TenantId owner, string id) => Run(owner, rows => rows.Read() ? CustomerAt(owner, rows) : null, OneCustomer.With(owner.Value, id));

    public CustomerRow[] Customers(TenantId owner, string after, int limit) =>
        Run(owner, rows => PostgresSql.All(rows, row => CustomerAt(owner, row)), SomeCustomers.With(owner.Value, after, (long)limit));

    public (string Id, byte[] Name)[] Names(TenantId owner, string after, int limit) =>
        Run(owner, rows => PostgresSql.All(rows, row => (row.GetString(0), row.GetFieldValue<byte[]>(1))), SomeNames.With(owner.Value, after, (long)limit));

    public string? Holder(TenantId owner, byte[] number) => Run(owner, rows => rows.Read() ? rows.GetString(0) : null, HolderOf.With(owner.Value, number));

    public bool Insert(CustomerRow row) => Change(row.Owner, InsertOne.With(row.Owner.Value, row.Id, row.Version, row.Changed, row.Name, row.Body)) > 0;

    public bool Update(CustomerRow row) => Change(row.Owner, UpdateOne.With(row.Owner.Value, row.Id, row.Version, row.Changed, row.Name, row.Body)) > 0;

    public bool AddNumber(TenantId owner, byte[] number, string customer) => Change(owner, AddOne.With(owner.Value, number, customer)) > 0;

    public void DeleteNumbers(TenantId owner, string customer) => Change(owner, DeleteTheNumbers.With(owner.Value, customer));

    public int DeleteCustomer(TenantId owner, string id) => Change(owner, DeleteOne.With(owner.Value, id));

    public SummaryRow[] Summaries(TenantId owner, string call) => Run(owner, rows => PostgresSql.All(rows, row => new SummaryRow(
        owner, call, row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3), row.GetInt64(4), TextOf(row, 5), TextOf(row, 6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7))), SummariesOf.With(owner.Value, call));

    public void Write(SummaryRow row) =>
        Change(row.Owner, WriteOne.With(row.Owner.Value, row.Call, row.Agent, row.Changed, row.Final, row.TypesVersion, row.CallType, row.Result, row.Body));

    public string[] Summarized(TenantId owner, string[] calls) => Run(owner, rows => PostgresSql.All(rows, row => row.GetString(0)), SummarizedOf.With(owner.Value, calls));

    public int EraseSummaries(TenantId owner, string call) => Change(owner, Blank.With(owner.Value, call)) + Change(owner, DeleteDrafts.With(owner.Value, call));

    private static CustomerRow CustomerAt(TenantId owner, NpgsqlDataReader row) =>
        new(owner, row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
