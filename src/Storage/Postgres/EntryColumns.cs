using System.Text;
using CallCenter.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>A group as columns, written by one statement a table in one round trip. The lists are used again for each group.</summary>
internal sealed class EntryColumns
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text, Longs = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Ints = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        Shorts = NpgsqlDbType.Array | NpgsqlDbType.Smallint, Flags = NpgsqlDbType.Array | NpgsqlDbType.Boolean, Bytes = NpgsqlDbType.Array | NpgsqlDbType.Bytea;

    private static readonly PostgresSql Insert = new("""
        insert into entries (writer, stamp, position, owner, kind, name, number, first_fact, fact_count, facts, first_owed, owed, paid_up_to, heard, closed)
        select $1, (select nextval('entry_stamps')), e.* from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) e
        """, NpgsqlDbType.Integer, Longs, Texts, Shorts, Texts, Longs, Longs, Ints, Texts, Longs, Texts, Longs, Texts, Flags);

    private static readonly PostgresSql Opened = new("insert into open_subjects (owner, kind, name) select * from unnest($1, $2, $3) on conflict do nothing", Texts, Shorts, Texts);

    private static readonly PostgresSql Ended = new("""
        delete from open_subjects o using unnest($1, $2, $3) as s (owner, kind, name) where o.owner = s.owner and o.kind = s.kind and o.name = s.name
        """, Texts, Shorts, Texts);

    private static readonly PostgresSql Values = new("""
        insert into personal (owner, kind, name, field, value, lookup) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (owner, kind, name, field) do update set value = excluded.value, lookup = excluded.lookup
        """, Texts, Shorts, Texts, Texts, Bytes, Bytes);

    private static readonly PostgresSql Erase = new("""
        delete from personal p using unnest($1, $2, $3) as s (owner, kind, name) where p.owner = s.owner and p.kind = s.kind and p.name = s.name
        """, Texts, Shorts, Texts);

    private readonly List<long> positions = [], numbers = [], firstFacts = [], firstOwed = [], paidUpTo = [];
    private readonly List<int> factCounts = [];
    private readonly List<short> kinds = [];
    private readonly List<string> owners = [], names = [], facts = [];
    private readonly List<string?> owed = [], heard = [];
    private readonly List<bool> closed = [];
    private readonly Dictionary<Subject, bool> open = [];
    private readonly Dictionary<(Subject Subject, string Field), SealedValue> personal = []; // the last one of a field counts
    private readonly List<Subject> erased = []; // closed: nothing of theirs comes in the same group

    /// <summary>Entries.</summary>
    public int Count => positions.Count;

    public void Clear()
    {
        foreach (var list in (ReadOnlySpan<List<long>>)[positions, numbers, firstFacts, firstOwed, paidUpTo]) list.Clear();
        foreach (var list in (ReadOnlySpan<List<string>>)[owners, names, facts]) list.Clear();
        factCounts.Clear();
        kinds.Clear();
        owed.Clear();
        heard.Clear();
        closed.Clear();
        open.Clear();
        personal.Clear();
        erased.Clear();
    }

    public void Add(long position, Subject subject, long firstFact, in EntryRow row)
    {
        positions.Add(position);
        owners.Add(subject.Owner.Value);
        kinds.Add((short)subject.Kind);
        names.Add(subject.Name);
        numbers.Add(row.Number);
        firstFacts.Add(firstFact);
        factCounts.Add(row.FactCount);
        facts.Add(Encoding.UTF8.GetString(row.Facts));
        firstOwed.Add(row.FirstOwed);
        owed.Add(Text(row.Owed));
        paidUpTo.Add(row.PaidUpTo);
        heard.Add(Text(row.Heard));
        closed.Add(row.Closed);
    }

    public void Add(Subject subject, SealedValue[] values)
    {
        foreach (var value in values) personal[(subject, value.Field)] = value;
    }

    public void SetErased(Subject subject) => erased.Add(subject);

    public void SetOpen(Subject subject, bool isOpen) => open[subject] = isOpen;

    /// <summary>All or nothing.</summary>
    /// <exception cref="PostgresException">A unique violation: one of the entries is stored already.</exception>
    public void Write(NpgsqlConnection connection, int writer)
    {
        using var batch = new NpgsqlBatch(connection); // without a transaction around it a batch is one
        batch.BatchCommands.Add(Insert.With(writer, positions, owners, kinds, names, numbers, firstFacts, factCounts, facts, firstOwed, owed, paidUpTo, heard, closed));
        Add(batch, Opened, true);
        Add(batch, Ended, false);
        if (erased.Count > 0) batch.BatchCommands.Add(Erase.With(Keys(erased)));
        if (personal.Count > 0)
        {
            var of = personal.Keys.Select(k => k.Subject).ToArray();
            batch.BatchCommands.Add(Values.With(
                of.Select(s => s.Owner.Value).ToArray(), of.Select(s => (short)s.Kind).ToArray(), of.Select(s => s.Name).ToArray(), personal.Keys.Select(k => k.Field).ToArray(),
                personal.Values.Select(v => v.Value).ToArray(), personal.Values.Select(v => v.Lookup).ToArray()));
        }
        batch.ExecuteNonQuery();
    }

    private void Add(NpgsqlBatch batch, PostgresSql sql, bool isOpen)
    {
        var subjects = open.Where(o => o.Value == isOpen).Select(o => o.Key).ToArray();
        if (subjects.Length == 0) return;
        batch.BatchCommands.Add(sql.With(Keys(subjects)));
    }

    private static string? Text(byte[]? utf8) => utf8 is null ? null : Encoding.UTF8.GetString(utf8);

    private static object?[] Keys(IReadOnlyCollection<Subject> subjects) =>
        [subjects.Select(s => s.Owner.Value).ToArray(), subjects.Select(s => (short)s.Kind).ToArray(), subjects.Select(s => s.Name).ToArray()];
}
