using CallCenter.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>What of a group is to be written: in its order, without what is stored already or must be refused.</summary>
internal sealed class GroupPlan
{
    private static readonly PostgresSql Ends = new("""
        select s.n, e.number, e.first_fact + e.fact_count, e.closed
        from unnest($1, $2, $3) with ordinality as s (owner, kind, name, n)
        cross join lateral (select * from entries where owner = s.owner and kind = s.kind and name = s.name order by number desc limit 1) e
        """, NpgsqlDbType.Array | NpgsqlDbType.Text, NpgsqlDbType.Array | NpgsqlDbType.Smallint, NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static readonly PostgresSql There = new("""
        select s.n, e.number, e.fact_count, e.facts, e.first_owed, e.owed, e.paid_up_to, e.heard, e.closed
        from unnest($1, $2, $3, $4) with ordinality as s (owner, kind, name, number, n)
        join entries e on e.owner = s.owner and e.kind = s.kind and e.name = s.name and e.number = s.number
        """, NpgsqlDbType.Array | NpgsqlDbType.Text, NpgsqlDbType.Array | NpgsqlDbType.Smallint, NpgsqlDbType.Array | NpgsqlDbType.Text, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    private readonly Dictionary<Subject, SubjectLine> known, after = [];
    private readonly IReadOnlyList<PendingAppend> group;
    private readonly Dictionary<(Subject, long), EntryRow> rows = []; // stored, or planned before in this group

    /// <param name="doubtful">Nothing is taken as known.</param>
    public GroupPlan(Dictionary<Subject, SubjectLine> known, IReadOnlyList<PendingAppend> group, bool doubtful)
    {
        (this.known, this.group) = (known, group);
        if (doubtful) Questions.AddRange(group);
        else AskWhereNeeded();
    }

    /// <summary>Appends that cannot be judged by what is remembered.</summary>
    public List<PendingAppend> Questions { get; } = [];

    /// <summary>An entry that follows what is remembered needs no look, nor the first of a subject: the primary key refuses it if it is stored.</summary>
    private void AskWhereNeeded()
    {
        var numbers = new Dictionary<Subject, long>(group.Count);
        foreach (var append in group)
        {
            if (!numbers.TryGetValue(append.Subject, out var last)) last = known.TryGetValue(append.Subject, out var line) ? line.Number : 0;
            if (append.Row.Number == last + 1) numbers[append.Subject] = append.Row.Number;
            else Questions.Add(append);
        }
    }

    /// <summary>Looks up what is stored, in one round trip.</summary>
    public void Answer(NpgsqlConnection connection, Dictionary<Subject, SubjectLine> lines)
    {
        var subjects = Questions.Select(a => a.Subject).Distinct().ToArray();
        foreach (var subject in subjects) lines.Remove(subject);
        var asked = Questions.ToArray();
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Ends.With(Owners(subjects), Kinds(subjects), Names(subjects)),
                There.With(Owners(asked.Select(a => a.Subject)), Kinds(asked.Select(a => a.Subject)), Names(asked.Select(a => a.Subject)), asked.Select(a => a.Row.Number).ToArray()),
            },
        };
        using var found = batch.ExecuteReader();
        while (found.Read()) lines[subjects[found.GetInt64(0) - 1]] = new(found.GetInt64(1), found.GetInt64(2), found.GetBoolean(3));
        found.NextResult();
        while (found.Read()) rows[(asked[found.GetInt64(0) - 1].Subject, found.GetInt64(1))] = PostgresEntries.RowAt(found, 1);
    }

    /// <summary>Fills the columns; refuses what another wrote, and what leaves a number out.</summary>
    public void Make(EntryColumns columns, long position)
    {
        columns.Clear();
        foreach (var append in group)
        {
            if (!append.MayFollow()) continue;
            var (subject, row) = (append.Subject, append.Row);
            if (!after.TryGetValue(subject, out var line) && !known.TryGetValue(subject, out line)) line = new(0, 1, true); // closed: not among the open ones yet
            if (row.Number > line.Number + 1) append.Refuse(new JournalGapException(subject, row.Number, line.Number));
            else if (row.Number == line.Number + 1) Plan(columns, append, line, ++position);
            else if (!rows.TryGetValue((subject, row.Number), out var there) || there != row) append.Refuse(new FencedException(subject, row.Number));
        }
    }

    private void Plan(EntryColumns columns, PendingAppend append, SubjectLine line, long position)
    {
        var (subject, row) = (append.Subject, append.Row);
        columns.Add(position, subject, line.NextFact, row);
        columns.Add(subject, append.Personal);
        if (append.Erases) columns.SetErased(subject);
        if (row.Closed != line.Closed) columns.SetOpen(subject, !row.Closed);
        rows[(subject, row.Number)] = row;
        after[subject] = new(row.Number, line.NextFact + row.FactCount, row.Closed);
    }

    /// <summary>It is committed.</summary>
    public void Remember(Dictionary<Subject, SubjectLine> lines)
    {
        foreach (var (subject, line) in after)
        {
            if (line.Closed) lines.Remove(subject);
            else lines[subject] = line;
        }
    }

    private static string[] Owners(IEnumerable<Subject> subjects) => [.. subjects.Select(s => s.Owner.Value)];

    private static short[] Kinds(IEnumerable<Subject> subjects) => [.. subjects.Select(s => (short)s.Kind)];

    private static string[] Names(IEnumerable<Subject> subjects) => [.. subjects.Select(s => s.Name)];
}
