using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;

namespace CallCenter.Storage.Configuration;

/// <summary>One kind of setting, without its types.</summary>
internal abstract class SettingKind
{
    public abstract Type Setting { get; }

    /// <summary>As notices and history name it.</summary>
    public string Name => Setting.Name;

    public abstract void Map(ModelBuilder model, ConfigurationContext context);

    public abstract SettingRow ToRow(ISetting setting, long version);

    public abstract ISetting ToSetting(SettingRow row);

    public abstract Task<SettingRow?> Find(ConfigurationContext context, string id, CancellationToken stop);

    /// <param name="text">Null: all.</param>
    public abstract Task<List<ISetting>> List(ConfigurationContext context, string? text, string after, int limit, CancellationToken stop);
}

/// <param name="searched">The columns that a search looks into, besides the id.</param>
internal sealed class SettingKind<TSetting, TRow>(string table, Func<TSetting, long, TRow> toRow, Func<TRow, TSetting> toSetting, params string[] searched) : SettingKind
    where TSetting : class, ISetting where TRow : SettingRow
{
    // Compiled once for each database: building the query anew costs several times as much as running it.
    private readonly ConcurrentDictionary<IModel, Func<ConfigurationContext, string, CancellationToken, Task<TRow?>>> finds = new();

    public override Type Setting => typeof(TSetting);

    public override SettingRow ToRow(ISetting setting, long version) => toRow((TSetting)setting, version);

    public override ISetting ToSetting(SettingRow row) => toSetting((TRow)row);

    public override void Map(ModelBuilder model, ConfigurationContext context) => model.Entity<TRow>(row =>
    {
        row.ToTable(table);
        row.HasKey(r => new { r.Owner, r.Id });
        row.HasQueryFilter(r => r.Owner == context.Owner);
        Columns(row);
    });

    private static void Columns(EntityTypeBuilder<TRow> row)
    {
        foreach (var property in row.Metadata.GetProperties()) property.SetColumnName(Snake(property.Name));
        row.Property(r => r.Version).IsConcurrencyToken();
    }

    public override async Task<SettingRow?> Find(ConfigurationContext context, string id, CancellationToken stop) =>
        await finds.GetOrAdd(context.Model, _ => Compiled())(context, id, stop).ConfigureAwait(false);

    private static Func<ConfigurationContext, string, CancellationToken, Task<TRow?>> Compiled() =>
        EF.CompileAsyncQuery((ConfigurationContext context, string id, CancellationToken _) => context.Set<TRow>().FirstOrDefault(r => r.Id == id));

    public override async Task<List<ISetting>> List(ConfigurationContext context, string? text, string after, int limit, CancellationToken stop)
    {
        var all = context.Set<TRow>().AsNoTracking();
        var rows = await (text is null ? all : all.Where(Holding(text))).Where(r => string.Compare(r.Id, after) > 0).OrderBy(r => r.Id).Take(limit).ToListAsync(stop).ConfigureAwait(false);
        return rows.ConvertAll(r => (ISetting)toSetting(r));
    }

    /// <summary>As it was typed, or without regard to case as far as the database knows letters: all know ASCII's.</summary>
    private Expression<Func<TRow, bool>> Holding(string text)
    {
        var row = Expression.Parameter(typeof(TRow), "r");
        Expression<Func<string?, bool>> holds = cell => cell != null && (cell.Contains(text) || cell.ToLower().Contains(text.ToLower()));
        var any = searched.Prepend(nameof(SettingRow.Id)).Select(column => ReplacingExpressionVisitor.Replace(holds.Parameters[0], Expression.Property(row, column), holds.Body)).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<TRow, bool>>(any, row);
    }

    /// <summary>RingSeconds → ring_seconds.</summary>
    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
