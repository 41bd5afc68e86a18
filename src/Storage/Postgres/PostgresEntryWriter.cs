using System.Globalization;
using CallCenter.Storage.Journal;
using Npgsql;

namespace CallCenter.Storage.Postgres;

/// <summary>
/// The committing thread's connection. It holds one writer's line by an advisory lock of its session, so that nobody else gives
/// that line's positions; a session that died keeps the lock until the server has ended what it was doing. A group is one round trip and one
/// transaction: the primary key is the fence, and where it refuses, what is stored is looked up and the rest written.
/// What is remembered of subjects needs no check: only an entry that follows what is remembered is written without a look.
/// </summary>
internal sealed class PostgresEntryWriter : IDisposable
{
    private const int MostRemembered = 100_000, MostWriters = 1_000;

    /// <summary>First half of the locks' keys; the second is the writer.</summary>
    private const int LineLock = 0x4A6F_7572;

    private readonly NpgsqlConnection connection;
    private readonly EntryColumns columns = new();
    private readonly Dictionary<Subject, SubjectLine> lines = [];
    private readonly int writer;
    private long position;

    public PostgresEntryWriter(PostgresDatabase database)
    {
        connection = database.OpenOwn($"-c app.owner={PostgresDatabase.Everyone}");
        try
        {
            writer = TakeLine();
            position = Number($"select coalesce(max(position), 0) from entries where writer = {writer}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>After an exception the connection is to be disposed, which ends whatever is open.</summary>
    /// <param name="doubtful">Some of it may be stored already.</param>
    public void Commit(IReadOnlyList<PendingAppend> group, bool doubtful)
    {
        if (group.Count == 0) TakeRoom();
        while (true)
        {
            var plan = new GroupPlan(lines, group, doubtful);
            if (plan.Questions.Count > 0) plan.Answer(connection, lines);
            plan.Make(columns, position);
            if (columns.Count == 0) return;
            try
            {
                columns.Write(connection, writer);
            }
            catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                doubtful = true; // another process wrote one of these entries first: nothing of ours is stored
                continue;
            }
            position += columns.Count;
            plan.Remember(lines);
            if (lines.Count > MostRemembered) lines.Clear();
            return;
        }
    }

    /// <summary>A quarter of a megabyte, given back at once: a full disk still takes what fits into pages that are there, and refuses the next entry.</summary>
    private void TakeRoom()
    {
        using var command = new NpgsqlCommand("create temporary table room on commit drop as select repeat(md5(n::text), 40) as filling from generate_series(1, 200) n", connection);
        command.ExecuteNonQuery();
    }

    private int TakeLine()
    {
        for (var line = 0; line < MostWriters; line++)
        {
            var key = line.ToString(CultureInfo.InvariantCulture);
            if (Number($"select pg_try_advisory_lock({LineLock}, {key})::int::bigint") == 0) continue;
            Number($"with added as (insert into writers values ({key}) on conflict do nothing) select 0::bigint");
            return line;
        }
        throw new SchemaException($"{MostWriters} programs write this database's journal");
    }

    private long Number(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => connection.Dispose();
}

/// <summary>Where a subject's line ends.</summary>
internal readonly record struct SubjectLine(long Number, long NextFact, bool Closed);
