using System.Collections.Concurrent;
using System.Data.Common;
using CallCenter.Contracts;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Configuration;

/// <summary>The configuration over any database: settings by EF Core, one context per owner; one write at a time in this process.</summary>
internal sealed class ConfigurationStore : IConfigurationStore, IDisposable
{
    private readonly IConfigurationDatabase database;
    private readonly TimeProvider time;
    private readonly ConcurrentBag<ConfigurationSession> idle = [];
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly NoticeBoard notices;

    public ConfigurationStore(IConfigurationDatabase database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        notices = new(change => InTransaction(session => change(session.Ledger)), (after, limit) => Look(s => s.Ledger.NoticesAfter(after, limit)));
        idle.Add(new(database)); // a wrong schema stops the start
    }

    public Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class, ISetting => Look(async session =>
    {
        using var context = session.Of(owner);
        var kind = SettingKinds.Of(typeof(T));
        return await kind.Find(context, id, stop).ConfigureAwait(false) is { } row ? (T)kind.ToSetting(row) : null;
    });

    /// <summary>Secrets of versions before the present one are not kept: they come back empty.</summary>
    public async Task<T?> FindVersion<T>(TenantId owner, string id, long version, CancellationToken stop = default) where T : class, ISetting
    {
        if (await Find<T>(owner, id, stop).ConfigureAwait(false) is { } present && present.Version == version) return present;
        return Look(s => s.Ledger.Body(typeof(T).Name, owner, id, version)) is { } body ? HistoryJson.Read<T>(body) : null;
    }

    public Task<Page<T>> List<T>(TenantId owner, string? after, int limit, CancellationToken stop = default) where T : class, ISetting => Rows<T>(owner, null, after, limit, stop);

    public Task<Page<T>> Search<T>(TenantId owner, string text, string? after, int limit, CancellationToken stop = default) where T : class, ISetting => Rows<T>(owner, text, after, limit, stop);

    private Task<Page<T>> Rows<T>(TenantId owner, string? text, string? after, int limit, CancellationToken stop) where T : class, ISetting
    {
        Refuse(limit);
        return Look(async session =>
        {
            using var context = session.Of(owner);
            var rows = await SettingKinds.Of(typeof(T)).List(context, text, after ?? "", limit + 1, stop).ConfigureAwait(false);
            return PageOf(rows.ConvertAll(s => (T)s), limit);
        });
    }

    private static void Refuse(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }

    /// <param name="rows">One more than the page may hold, if there are more.</param>
    private static Page<T> PageOf<T>(List<T> rows, int limit) where T : ISetting =>
        rows.Count > limit ? new(rows.Take(limit).ToItems(), rows[limit - 1].Id) : new(rows.ToItems(), null);

    private static T Setting<T>(SettingRow row) where T : ISetting => (T)SettingKinds.Of(typeof(T)).ToSetting(row);

    public Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default) => Look(async session =>
    {
        using var context = session.Of(TenantId.Operator);
        var lower = SettingKinds.Domain(domain);
        var row = await context.Set<TenantRow>().FirstOrDefaultAsync(t => t.Domain == lower, stop).ConfigureAwait(false);
        row ??= await context.Set<CustomDomainRow>().Where(d => d.Id == lower).Join(context.Set<TenantRow>(), d => d.Tenant, t => t.Id, (_, t) => t).FirstOrDefaultAsync(stop).ConfigureAwait(false);
        return row is null ? null : Setting<TenantSettings>(row);
    });

    public Task<Page<CustomDomain>> DomainsOf(TenantId tenant, string? after, int limit, CancellationToken stop = default)
    {
        Refuse(limit);
        return Look(async session =>
        {
            using var context = session.Of(TenantId.Operator);
            var rows = await context.Set<CustomDomainRow>().Where(d => d.Tenant == tenant.Value && string.Compare(d.Id, after ?? "") > 0).OrderBy(d => d.Id).Take(limit + 1).ToListAsync(stop).ConfigureAwait(false);
            return PageOf(rows.ConvertAll(Setting<CustomDomain>), limit);
        });
    }

    public Task<Page<NumberSettings>> NumbersOf(TenantId tenant, string? after, int limit, CancellationToken stop = default)
    {
        Refuse(limit);
        return Look(async session =>
        {
            using var context = session.Of(TenantId.Operator);
            var rows = await context.Set<NumberRow>().Where(n => n.Tenant == tenant.Value && string.Compare(n.Id, after ?? "") > 0).OrderBy(n => n.Id).Take(limit + 1).ToListAsync(stop).ConfigureAwait(false);
            return PageOf(rows.ConvertAll(Setting<NumberSettings>), limit);
        });
    }

    public Task<TrunkSettings?> FirstTrunkOut(CancellationToken stop = default) => Look(async session =>
    {
        using var context = session.Of(TenantId.Operator);
        var row = await context.Set<TrunkRow>().Where(t => t.Outbound != null).OrderBy(t => t.Id).FirstOrDefaultAsync(stop).ConfigureAwait(false);
        return row is null ? null : Setting<TrunkSettings>(row);
    });

    public async Task<Written<T>> Put<T>(T setting, Author author, long? expectedVersion = null, CancellationToken stop = default) where T : class, ISetting
    {
        T? stored = null;
        var refused = await Write(author, async write =>
        {
            var (row, refusal) = await write.Put(setting, expectedVersion, stop).ConfigureAwait(false);
            stored = (T?)row;
            return refusal;
        }, stop).ConfigureAwait(false);
        return new(stored, refused);
    }

    public Task<Refusal?> PutMany(IReadOnlyList<ISetting> settings, Author author, CancellationToken stop = default) => Write(author, async write =>
    {
        foreach (var setting in settings)
            if ((await write.Put(setting, null, stop).ConfigureAwait(false)).Refusal is { } refusal) return refusal;
        return null;
    }, stop);

    public Task<Refusal?> Delete<T>(TenantId owner, string id, Author author, CancellationToken stop = default) where T : class, ISetting =>
        Write(author, write => write.Delete(SettingKinds.Of(typeof(T)), owner, id, stop), stop);

    public Task<bool> IsEmpty(CancellationToken stop = default) => Task.FromResult(Look(s => s.Ledger.IsEmpty()));

    public IAsyncEnumerable<ConfigurationNotice> Notices(CancellationToken stop) => notices.From(stop);

    public Task CaughtUp => notices.CaughtUp;

    public Task Done(ConfigurationNotice notice, CancellationToken stop = default)
    {
        notices.Done(notice.Number);
        return Task.CompletedTask;
    }

    /// <summary>One transaction; it is committed unless it is refused or throws.</summary>
    private async Task<Refusal?> Write(Author author, Func<ConfigurationWrite, Task<Refusal?>> change, CancellationToken stop)
    {
        await writing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var refusal = await Lend(async session =>
            {
                await using var write = await ConfigurationWrite.Begin(session, author, time.GetUtcNow(), stop).ConfigureAwait(false);
                var refused = await change(write).ConfigureAwait(false);
                return refused ?? await write.Commit(stop).ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (refusal is null) notices.Written();
            return refusal;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>One transaction of what stands beside the settings.</summary>
    internal Task InTransaction(Action<ConfigurationSession> change, CancellationToken stop = default) => InTransaction(session =>
    {
        change(session);
        return null;
    }, stop);

    /// <summary>The same; what is refused leaves nothing behind.</summary>
    internal async Task<Refusal?> InTransaction(Func<ConfigurationSession, Refusal?> change, CancellationToken stop = default)
    {
        await writing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await Lend(async session =>
            {
                await using var transaction = await session.Begin(CancellationToken.None).ConfigureAwait(false);
                session.Transaction = transaction;
                var refused = change(session);
                if (refused is null) await session.Commit(transaction, CancellationToken.None).ConfigureAwait(false);
                else await transaction.RollbackAsync().ConfigureAwait(false);
                session.Transaction = null;
                return refused;
            }).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>See <see cref="IConfigurationDatabase.Scrub"/>.</summary>
    internal void Scrub() => database.Scrub();

    /// <summary>Reads. A connection may have died while nobody used it: then all of them have, and it is tried once more.</summary>
    internal async Task<T> Look<T>(Func<ConfigurationSession, Task<T>> look)
    {
        try
        {
            return await Lend(look).ConfigureAwait(false);
        }
        catch (StorageOutageException)
        {
            return await Lend(look).ConfigureAwait(false);
        }
    }

    /// <summary>Reads, as long as the database takes.</summary>
    private T Look<T>(Func<ConfigurationSession, T> look) => Look(session => Task.FromResult(look(session))).GetAwaiter().GetResult(); // completed: nothing in it waits

    /// <summary>Lends a session; one that saw an exception is not lent again.</summary>
    private async Task<T> Lend<T>(Func<ConfigurationSession, Task<T>> look)
    {
        if (!idle.TryTake(out var session)) session = new(database);
        var whole = false;
        try
        {
            var result = await look(session).ConfigureAwait(false);
            whole = true;
            return result;
        }
        catch (Exception fault) when (IsGone(fault))
        {
            Empty();
            throw new StorageOutageException($"the configuration cannot be reached: {fault.GetBaseException().Message}", fault);
        }
        finally
        {
            if (whole) idle.Add(session);
            else session.Dispose();
        }
    }

    private void Empty()
    {
        while (idle.TryTake(out var session)) session.Dispose();
    }

    /// <summary>The entity framework wraps what the driver says.</summary>
    private static bool IsGone(Exception? fault) => fault switch
    {
        null or StorageOutageException => false,
        DbException { IsTransient: true } => true,
        _ => IsGone(fault.InnerException),
    };

    public void Dispose()
    {
        ((IAsyncResult)notices.Idle()).AsyncWaitHandle.WaitOne(); // at the end of the program: a few milliseconds
        Empty();
        writing.Dispose();
    }
}
