using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    public abstract Task<List<ISetting>> List(ConfigurationContext context, string after, int limit, CancellationToken stop);
}

internal sealed class SettingKind<TSetting, TRow>(string table, Func<TSetting, long, TRow> toRow, Func<TRow, TSetting> toSetting) : SettingKind
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

    public override async Task<List<ISetting>> List(ConfigurationContext context, string after, int limit, CancellationToken stop)
    {
        var rows = await context.Set<TRow>().AsNoTracking().Where(r => string.Compare(r.Id, after) > 0).OrderBy(r => r.Id).Take(limit).ToListAsync(stop).ConfigureAwait(false);
        return rows.ConvertAll(r => (ISetting)toSetting(r));
    }

    /// <summary>RingSeconds → ring_seconds.</summary>
    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
