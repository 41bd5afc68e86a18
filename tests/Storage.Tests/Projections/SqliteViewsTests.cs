using System.Text;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Sqlite;
using CallCenter.Storage.Tests.Journal;

namespace CallCenter.Storage.Tests.Projections;

public sealed class SqliteViewsConformance : ViewsConformance
{
    private DataFolder? folder;

    private DataFolder Folder => folder ??= DataFolder.Migrated();

    private protected override JournalBox OpenJournal() => JournalBox.Sqlite(Folder);

    private protected override IViewStore OpenViews() => new SqliteViews(Folder.Path);

    private protected override IViewStore OpenEmptyViews()
    {
        foreach (var file in Directory.EnumerateFiles(Folder.Path, "views.db*")) File.Delete(file);
        SqliteSchema.Migrate(SqliteFile.Views, Folder.Path);
        return OpenViews();
    }

    private protected override string Dump()
    {
        using var connection = SqliteFile.Views.Open(Folder.Path);
        var text = new StringBuilder();
        foreach (var table in new[] { "calls", "call_agents", "after_call", "recordings", "positions" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from {table} order by 1, 2";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                text.Append(table);
                for (var i = 0; i < rows.FieldCount; i++) text.Append('|').Append(rows.GetValue(i));
                text.AppendLine();
            }
        }
        return text.ToString();
    }

    public override void Dispose()
    {
        base.Dispose();
        folder?.Dispose();
    }
}
