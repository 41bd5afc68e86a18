using CallCenter.Storage.Journal;
using CallCenter.Storage.State;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>state.db: writes are committed in groups on a thread of their own, reads take turns on a second connection.</summary>
internal sealed class SqliteState : IStateStore
{
    private readonly SqliteConnection writer, reader;
    private readonly Statement begin, commit, rollback, write, add, upsert, remove, clear;
    private readonly Statement read, ofGrain, between, around;
    private readonly Lock reading = new();
    private readonly GroupCommit<Work> groups;

    public SqliteState(string folder)
    {
        writer = SqliteFile.State.Open(folder);
        SqliteSchema.Check(SqliteFile.State, writer);
        begin = new(writer, "begin immediate");
        commit = new(writer, "commit");
        rollback = new(writer, "rollback");
        write = new(writer, "update grain_state set body = ?4, etag = ?3 + 1 where grain = ?1 and name = ?2 and etag = ?3", 4);
        add = new(writer, "insert or ignore into grain_state (grain, name, etag, body) values (?1, ?2, 1, ?3)", 3);
        upsert = new(writer, "insert or replace into reminders (grain, name, hash, start_at, period, etag) values (?1, ?2, ?3, ?4, ?5, ?6)", 6);
        remove = new(writer, "delete from reminders where grain = ?1 and name = ?2 and etag = ?3", 3);
        clear = new(writer, "delete from reminders");

        const string columns = "select grain, name, hash, start_at, period, etag from reminders";
        reader = SqliteFile.State.Open(folder, "pragma query_only = true");
        read = new(reader, "select etag, body from grain_state where grain = ?1 and name = ?2", 2);
        ofGrain = new(reader, $"{columns} where grain = ?1", 1);
        between = new(reader, $"{columns} where hash > ?1 and hash <= ?2", 2);
        around = new(reader, $"{columns} where hash > ?1 or hash <= ?2", 2);
        groups = new("state", Pace.Default, Commit);
    }

    public ValueTask<(long ETag, string? Body)> Read(string grain, string name)
    {
        lock (reading)
        {
            using var row = read.Read(grain, name);
            return new(row.Read() ? (row.GetInt64(0), row.Text(1)) : (0, null));
        }
    }

    public Task<long?> Write(string grain, string name, long expected, string? body) => Do<long?>(() =>
    {
        var changed = expected == 0 ? add.Run(grain, name, body) : write.Run(grain, name, expected, body);
        return changed == 1 ? expected + 1 : null;
    });

    public ValueTask<ReminderRow[]> Reminders(string grain) => new(Rows(ofGrain, grain));

    public ValueTask<ReminderRow[]> Reminders(uint begin, uint end) => new(Rows(begin < end ? between : around, (long)begin, (long)end));

    public Task Upsert(ReminderRow row) => Do(() => upsert.Run(row.Grain, row.Name, (long)row.Hash, row.StartAt, row.Period, row.ETag));

    public Task<bool> Remove(string grain, string name, string etag) => Do(() => remove.Run(grain, name, etag) == 1);

    public Task RemoveAllReminders() => Do(() => clear.Run());

    private ReminderRow[] Rows(Statement select, params ReadOnlySpan<object?> values)
    {
        lock (reading)
        {
            using var rows = select.Read(values);
            var all = new List<ReminderRow>();
            while (rows.Read()) all.Add(new(rows.GetString(0), rows.GetString(1), (uint)rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetString(5)));
            return [.. all];
        }
    }

    private Task<T> Do<T>(Func<T> change)
    {
        var work = new Work<T>(change);
        groups.Add(work, Urgency.Now);
        return work.Done;
    }

    private void Commit(List<Work> group)
    {
        try
        {
            begin.Run();
            foreach (var work in group) work.Run();
            commit.Run();
        }
        catch (Exception e) // nothing of the group is stored; each waiter hears it, and the thread must go on
        {
            RollBack();
            foreach (var work in group) work.Fail(new IOException($"grain state cannot be written: {e.Message}", e));
            return;
        }
        foreach (var work in group) work.Finish();
    }

    private void RollBack()
    {
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(writer.Handle!) == 0) rollback.Run();
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself, or cannot now: then the next begin fails, and comes here again
        }
    }

    public void Dispose()
    {
        groups.Dispose();
        foreach (var statement in (ReadOnlySpan<Statement>)[begin, commit, rollback, write, add, upsert, remove, clear, read, ofGrain, between, around]) statement.Dispose();
        writer.Dispose();
        reader.Dispose();
    }

    /// <summary>A change that waits for its commit; its result counts from then on.</summary>
    private abstract class Work
    {
        public abstract void Run();
        public abstract void Finish();
        public abstract void Fail(Exception why);
    }

    private sealed class Work<T>(Func<T> change) : Work
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Done => done.Task;
        public override void Run() => result = change();
        public override void Finish() => done.SetResult(result);
        public override void Fail(Exception why) => done.SetException(why);
    }
}
