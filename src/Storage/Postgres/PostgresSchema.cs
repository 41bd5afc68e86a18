using System.Globalization;
using Npgsql;

namespace CallCenter.Storage.Postgres;

/// <summary>
/// Numbered scripts (<c>Schema/journal-1.sql</c> …), as for SQLite: a script that was released is never changed; it only adds. What has
/// been run stands in the table <c>schema_versions</c>.
/// </summary>
internal static class PostgresSchema
{
    public static readonly IReadOnlyList<string> Parts = ["journal", "config", "views", "state"];

    /// <summary>One starter migrates at a time; the others wait for it. Any number that no other use of the database takes.</summary>
    private const long MigrationLock = 0x43_616C_6C43_656E;

    /// <summary>The newest that was run, wherever rows have an owner: the policy is the same for all, so that no table can be forgotten.</summary>
    private const string Secure = $"""
        do $$
        declare t text;
        begin
            for t in select c.table_name from information_schema.columns c join information_schema.tables using (table_schema, table_name)
                     where c.table_schema = '{PostgresDatabase.Schema}' and c.column_name = 'owner' and table_type = 'BASE TABLE'
            loop
                execute format('alter table %I enable row level security', t);
                execute format('alter table %I force row level security', t);
                if not exists (select from pg_policies where schemaname = '{PostgresDatabase.Schema}' and tablename = t and policyname = 'own_rows') then
                    execute format('create policy own_rows on %I using (current_setting(''app.owner'', true) in (owner, ''{PostgresDatabase.Everyone}''))', t);
                end if;
            end loop;
        end $$;
        """;

    /// <summary>Brings the database to the newest schema, in one transaction.</summary>
    /// <exception cref="SchemaException">It is of a newer program: nothing was changed. Or the login may not do it.</exception>
    /// <exception cref="NpgsqlException">It does not answer, or refuses.</exception>
    public static void Migrate(string connectionString)
    {
        using var connection = PostgresAddress.Open(connectionString);
        if (connection.PostgreSqlVersion.Major < 15) throw new SchemaException($"the database is PostgreSQL {connection.PostgreSqlVersion}; 15 or newer is needed");
        using var transaction = connection.BeginTransaction();
        Run(connection, $"set local lock_timeout = 60000; select pg_advisory_xact_lock({MigrationLock.ToString(CultureInfo.InvariantCulture)})"); // until the transaction's end
        Run(connection, $"create schema if not exists {PostgresDatabase.Schema}; create table if not exists schema_versions (part text primary key, version integer not null)");
        var versions = Versions(connection);
        foreach (var part in Parts) Refuse(part, versions.GetValueOrDefault(part), newerOnly: true);
        foreach (var part in Parts) Bring(connection, part, versions.GetValueOrDefault(part));
        Run(connection, Secure);
        if (PassesBySecurity(connection)) MakeRole(connection);
        transaction.Commit();
    }

    private static void Bring(NpgsqlConnection connection, string part, int version)
    {
        while (Script(part, version + 1) is { } script)
        {
            Run(connection, script);
            version++;
        }
        using var command = new NpgsqlCommand("insert into schema_versions values ($1, $2) on conflict (part) do update set version = excluded.version", connection);
        command.Parameters.Add(new() { Value = part });
        command.Parameters.Add(new() { Value = version });
        command.ExecuteNonQuery();
    }

    /// <summary>Superusers and those with BYPASSRLS see all rows whatever the policies say: then we work as a role that does not.</summary>
    public static bool PassesBySecurity(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("select rolsuper or rolbypassrls from pg_roles where rolname = current_user", connection);
        return command.ExecuteScalar() is true;
    }

    private static void MakeRole(NpgsqlConnection connection) => Run(connection, $"""
        do $$
        begin
            if not exists (select from pg_roles where rolname = '{PostgresDatabase.AppRole}') then
                create role {PostgresDatabase.AppRole} nologin nosuperuser nobypassrls;
            end if;
            if not pg_has_role(current_user, '{PostgresDatabase.AppRole}', 'member') then
                execute format('grant {PostgresDatabase.AppRole} to %I', current_user);
            end if;
        end $$;
        grant usage on schema {PostgresDatabase.Schema} to {PostgresDatabase.AppRole};
        grant select, insert, update, delete, truncate on all tables in schema {PostgresDatabase.Schema} to {PostgresDatabase.AppRole};
        grant usage on all sequences in schema {PostgresDatabase.Schema} to {PostgresDatabase.AppRole};
        """);

    /// <summary>Refuses a database whose schema is not this program's.</summary>
    /// <exception cref="SchemaException">Newer, or not migrated yet.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        var versions = Versions(connection);
        foreach (var part in Parts) Refuse(part, versions.GetValueOrDefault(part), newerOnly: false);
    }

    public static int Newest(string part)
    {
        var version = 0;
        while (Script(part, version + 1) is not null) version++;
        return version;
    }

    private static void Refuse(string part, int version, bool newerOnly)
    {
        var newest = Newest(part);
        if (version > newest) throw new SchemaException($"the database's {part} has schema {version}, this program knows {newest}: start a newer version of the program");
        if (version < newest && !newerOnly) throw new SchemaException($"the database's {part} has schema {version} of {newest}: run `migrate` first");
    }

    private static Dictionary<string, int> Versions(NpgsqlConnection connection)
    {
        using var exists = new NpgsqlCommand($"select to_regclass('{PostgresDatabase.Schema}.schema_versions') is not null", connection);
        var versions = new Dictionary<string, int>();
        if (exists.ExecuteScalar() is not true) return versions;
        using var command = new NpgsqlCommand("select part, version from schema_versions", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read()) versions.Add(rows.GetString(0), rows.GetInt32(1));
        return versions;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string? Script(string part, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"CallCenter.Storage.Postgres.Schema.{part}-{number}.sql");
        using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
