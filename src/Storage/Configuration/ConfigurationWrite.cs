using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Configuration;

/// <summary>One transaction of the configuration: rows, versions, history, audit log and notices together.</summary>
internal sealed class ConfigurationWrite(ConfigurationSession session, DbTransaction transaction, Author author, DateTimeOffset at) : IAsyncDisposable
{
    private const int MostTracked = 1_000; // a context slows down with what it tracks
    private readonly Dictionary<TenantId, ConfigurationContext> contexts = [];
    private readonly HashSet<(SettingKind, TenantId, string)> unsaved = [];
    private readonly HashSet<TenantId> numbered = [];

    public static async Task<ConfigurationWrite> Begin(ConfigurationSession session, Author author, DateTimeOffset at, CancellationToken stop)
    {
        var transaction = await session.Begin(stop).ConfigureAwait(false);
        session.Transaction = transaction;
        return new(session, transaction, author, at);
    }

    /// <summary>The row as stored, or why not.</summary>
    public async Task<(ISetting? Stored, Refusal? Refusal)> Put(ISetting setting, long? expectedVersion, CancellationToken stop)
    {
        var kind = SettingKinds.Of(setting);
        var (version, deleted) = session.Ledger.Newest(kind.Name, setting.Owner, setting.Id);
        if (Stale(kind, setting, deleted ? 0 : version, expectedVersion) is { } stale) return (null, stale);
        if (await Forbidden(kind, setting.Owner, setting.Id, setting, stop).ConfigureAwait(false) is { } forbidden) return (null, forbidden);
        if (setting is TenantSettings or CustomDomain && await DomainTaken(setting, stop).ConfigureAwait(false) is { } taken) return (null, taken);

        if (setting is AgentSettings { StaffNumber: not null }) numbered.Add(setting.Owner);
        var row = kind.ToRow(setting, version + 1);
        var stored = kind.ToSetting(row);
        var context = await ContextFor(kind, setting.Owner, setting.Id, stop).ConfigureAwait(false);
        var entry = context.Entry(row);
        entry.State = deleted ? EntityState.Added : EntityState.Modified;
        if (!deleted) entry.Property(r => r.Version).OriginalValue = version;
        Note(kind, setting.Owner, setting.Id, row.Version, HistoryJson.Write(stored));
        return (stored, null);
    }

    public async Task<Refusal?> Delete(SettingKind kind, TenantId owner, string id, CancellationToken stop)
    {
        var (version, deleted) = session.Ledger.Newest(kind.Name, owner, id);
        if (deleted) return new(RefusalCode.NotFound, $"there is no {kind.Name} {id}");
        if (await Forbidden(kind, owner, id, null, stop).ConfigureAwait(false) is { } forbidden) return forbidden;
        var context = await ContextFor(kind, owner, id, stop).ConfigureAwait(false);
        var row = await kind.Find(context, id, stop).ConfigureAwait(false) ?? throw new InvalidOperationException($"{kind.Name} {owner}/{id} stands in the history only");
        context.Entry(row).State = EntityState.Deleted;
        Note(kind, owner, id, version + 1, null);
        return null;
    }

    /// <param name="body">Null: it was deleted.</param>
    private void Note(SettingKind kind, TenantId owner, string id, long version, string? body)
    {
        session.Ledger.Write(kind.Name, owner, id, version, author, at, body);
        foreach (var row in AuditRow.OfWrite(kind.Name, owner, id, version, removed: body is null, author, at)) session.Note(row);
    }

    /// <summary>Null if it is stored, else why not.</summary>
    public async Task<Refusal?> Commit(CancellationToken stop)
    {
        await Save(stop).ConfigureAwait(false);
        if (await TwoOfOneNumber(stop).ConfigureAwait(false) is { } twice) return twice;
        await session.Commit(transaction, stop).ConfigureAwait(false);
        return null;
    }

    /// <summary>A staff number is one agent's only. Looked at in the end, so that two agents can change theirs for one another.</summary>
    private async Task<Refusal?> TwoOfOneNumber(CancellationToken stop)
    {
        foreach (var owner in numbered)
        {
            var twice = contexts[owner].Set<AgentRow>().Where(agent => agent.StaffNumber != null).GroupBy(agent => agent.StaffNumber).Where(same => same.Count() > 1).Select(same => same.Key);
            if (await twice.FirstOrDefaultAsync(stop).ConfigureAwait(false) is { } number) return new(RefusalCode.Conflict, $"the staff number {number} is another agent's", [new Fault("staffNumber", "is another agent's")]);
        }
        return null;
    }

    private static Refusal? Stale(SettingKind kind, ISetting setting, long present, long? expected) => expected switch
    {
        null => null,
        0 when present > 0 => new(RefusalCode.Conflict, $"{kind.Name} {setting.Id} is there already"),
        > 0 when present == 0 => new(RefusalCode.NotFound, $"there is no {kind.Name} {setting.Id}"),
        { } version when version != present => new(RefusalCode.StaleVersion, $"{kind.Name} {setting.Id} is at version {present}, not {version}"),
        _ => null,
    };

    /// <summary>An author writes what the own tenant holds: a number of the stock, or a name of a host, is held by the tenant it serves. The operator writes all.</summary>
    private async Task<Refusal?> Forbidden(SettingKind kind, TenantId owner, string id, ISetting? next, CancellationToken stop)
    {
        if (author.Owner == TenantId.Operator || author.Owner == owner) return null;
        await Save(stop).ConfigureAwait(false);
        using var context = Joined(owner);
        var row = await kind.Find(context, id, stop).ConfigureAwait(false);
        var held = row is null ? next is CustomDomain : Holder(kind.ToSetting(row)) == author.Owner; // a name that is nobody's may be taken
        var holds = held && (next is null || Holder(next) == author.Owner);
        return holds ? null : new(RefusalCode.Forbidden, $"{author.Owner} does not hold {kind.Name} {id}");
    }

    private static TenantId Holder(ISetting setting) => setting switch
    {
        NumberSettings number => number.Tenant,
        CustomDomain domain => domain.Tenant,
        TenantSettings tenant => tenant.Tenant,
        _ => setting.Owner,
    };

    /// <summary>A name leads to one tenant: it is one's domain, or one's custom domain.</summary>
    private async Task<Refusal?> DomainTaken(ISetting setting, CancellationToken stop)
    {
        await Save(stop).ConfigureAwait(false);
        using var context = Joined(TenantId.Operator);
        var (domain, tenant) = setting is TenantSettings firm ? (SettingKinds.Domain(firm.Domain), firm.Id) : (SettingKinds.Domain(setting.Id), null);
        var taken = await context.Set<TenantRow>().AnyAsync(t => t.Domain == domain && t.Id != tenant, stop).ConfigureAwait(false)
            || (tenant is not null && await context.Set<CustomDomainRow>().AnyAsync(d => d.Id == domain, stop).ConfigureAwait(false));
        return taken ? new(RefusalCode.Conflict, $"the domain {domain} is taken", [new Fault("domain", "is taken")]) : null;
    }

    /// <summary>The context that collects an owner's rows; it holds no other version of this one.</summary>
    private async Task<ConfigurationContext> ContextFor(SettingKind kind, TenantId owner, string id, CancellationToken stop)
    {
        if (unsaved.Count >= MostTracked || unsaved.Contains((kind, owner, id))) await Save(stop).ConfigureAwait(false);
        unsaved.Add((kind, owner, id));
        if (contexts.TryGetValue(owner, out var context)) return context;
        return contexts[owner] = Joined(owner);
    }

    private ConfigurationContext Joined(TenantId owner)
    {
        var context = session.Of(owner);
        context.Database.UseTransaction(transaction);
        return context;
    }

    private async Task Save(CancellationToken stop)
    {
        if (unsaved.Count == 0) return;
        foreach (var context in contexts.Values)
        {
            await context.SaveChangesAsync(stop).ConfigureAwait(false);
            context.ChangeTracker.Clear();
        }
        unsaved.Clear();
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts.Values) await context.DisposeAsync().ConfigureAwait(false);
        session.Transaction = null;
        await transaction.DisposeAsync().ConfigureAwait(false);
    }
}
