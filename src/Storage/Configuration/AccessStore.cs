using System.Globalization;
using CallCenter.Contracts.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Storage.Configuration;

/// <summary>The audit log and the records of signing in, in the database of the configuration and by its sessions.</summary>
internal sealed class AccessStore(ConfigurationStore store, TimeProvider time, ILogger<AccessStore>? logger = null) : IAuditLog, IAccessRecords
{
    private readonly ILogger log = logger ?? (ILogger)NullLogger.Instance;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task Add(AuditEntry entry, CancellationToken stop = default)
    {
        var row = new AuditRow(0, entry.Owner, Now, entry.By, entry.Action.ToString(), null, null, entry.Subject, null, entry.Detail);
        return store.InTransaction(session => session.Note(row), stop);
    }

    public Task<Page<AuditRecord>> Read(TenantId owner, AuditFilter filter, string? cursor, int limit, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var before = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
        return store.Look(session =>
        {
            var rows = session.Access.Entries(owner, filter, before, limit + 1);
            var page = rows.Take(limit).Select(row => Record(row)).ToItems();
            return Task.FromResult(new Page<AuditRecord>(page, rows.Length > limit ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null));
        });
    }

    public Task<AuditRecord?> Find(TenantId owner, long number, CancellationToken stop = default) => store.Look(session =>
    {
        if (session.Access.Entry(owner, number) is not { } row) return Task.FromResult<AuditRecord?>(null);
        return Task.FromResult<AuditRecord?>(row is { Kind: { } kind, SubjectOwner: { } whose, Subject: { } id, Version: { } version }
            ? Record(row) with { Before = session.Ledger.Body(kind, whose, id, version - 1), After = session.Ledger.Body(kind, whose, id, version) }
            : Record(row));
    });

    public async Task<AuditVerification> Verify(TenantId owner, long? from = null, long? to = null, CancellationToken stop = default)
    {
        var result = await store.Look(session => Task.FromResult(AuditChain.Verify(session.Chain, owner, from, to, stop))).ConfigureAwait(false);
        if (result.Broken is { } broken) log.AuditBroken(owner, broken.Entry, broken.Kind);
        return result;
    }

    private static AuditRecord Record(AuditRow row) =>
        new(row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.By, row.Action, row.Kind, row.Subject, row.Version, row.Detail);

    public Task<AccessRecord?> Find(TenantId owner, AccessKind kind, string id, CancellationToken stop = default) =>
        store.Look(session => Task.FromResult(session.Access.Find(owner, kind, id, Now)));

    public Task<Items<AccessRecord>> Of(TenantId owner, AccessKind kind, string user, CancellationToken stop = default) =>
        store.Look(session => Task.FromResult(session.Access.Of(owner, kind, user, Now).ToItems()));

    public async Task<bool> Put(AccessRecord record, CancellationToken stop = default)
    {
        var written = false;
        await store.InTransaction(session =>
        {
            session.Access.DeleteExpired(record.Owner, Now);
            written = record.Version == 0 ? session.Access.Insert(record) : session.Access.Update(record);
        }, stop).ConfigureAwait(false);
        return written;
    }

    public async Task<bool> Delete(TenantId owner, AccessKind kind, string id, CancellationToken stop = default)
    {
        var deleted = false;
        await store.InTransaction(session => deleted = session.Access.Find(owner, kind, id, Now) is not null && session.Access.Delete(owner, kind, id) > 0, stop).ConfigureAwait(false);
        return deleted;
    }

    public async Task<int> DeleteOf(TenantId owner, AccessKind kind, string user, string? except = null, CancellationToken stop = default)
    {
        var deleted = 0;
        await store.InTransaction(session => deleted = session.Access.DeleteOf(owner, kind, user, except), stop).ConfigureAwait(false);
        return deleted;
    }
}
