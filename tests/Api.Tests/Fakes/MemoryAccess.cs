using CallCenter.Contracts.Access;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>The audit log, and the records of signing in, in memory.</summary>
internal sealed class MemoryAccess(TimeProvider time) : IAuditLog, IAccessRecords
{
    private readonly Lock turn = new();
    private readonly Dictionary<(TenantId, AccessKind, string), AccessRecord> records = [];
    private readonly List<(TenantId Owner, AuditRecord Entry)> log = [];

    /// <summary>What was done in an owner's log, oldest first: action, by whom, to what, detail.</summary>
    public string[] Done(TenantId owner)
    {
        lock (turn) return [.. log.Where(one => one.Owner == owner).Select(one => $"{one.Entry.Action} {one.Entry.By.User} {one.Entry.Subject} {one.Entry.Detail}".TrimEnd())];
    }

    /// <summary>All records of an owner as one text, to see whether anything changed or a secret stands in it.</summary>
    public string Snapshot(TenantId owner)
    {
        lock (turn) return string.Join('\n', records.Values.Where(record => record.Owner == owner).OrderBy(record => (record.Kind, record.Id)));
    }

    public Task Add(AuditEntry entry, CancellationToken stop = default)
    {
        lock (turn) log.Add((entry.Owner, new(log.Count + 1, time.GetUtcNow(), entry.By, entry.Action.ToString(), null, entry.Subject, null, entry.Detail)));
        return Task.CompletedTask;
    }

    /// <summary>A setting was written, or removed.</summary>
    public void Wrote(string kind, TenantId owner, string id)
    {
        lock (turn) log.Add((owner, new(log.Count + 1, time.GetUtcNow(), Author.Product, nameof(AuditAction.Changed), kind, id, null, null)));
    }

    public Task<Page<AuditRecord>> Read(TenantId owner, AuditFilter filter, string? cursor, int limit, CancellationToken stop = default)
    {
        lock (turn)
        {
            var found = log.Where(one => one.Owner == owner).Select(one => one.Entry).Where(entry => (cursor is null || entry.Number < long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture))
                && (filter.Action ?? entry.Action) == entry.Action && (filter.User ?? entry.By.User) == entry.By.User).Reverse().Take(limit + 1).ToList();
            return Task.FromResult(new Page<AuditRecord>(found.Take(limit).ToItems(), found.Count > limit ? found[limit - 1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
        }
    }

    public Task<AuditRecord?> Find(TenantId owner, long number, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(log.FirstOrDefault(one => one.Owner == owner && one.Entry.Number == number).Entry)!;
    }

    /// <summary>What the log says of itself, and which part of whose it was asked about.</summary>
    public AuditVerification Verified { get; set; } = new(0, null, null);

    public (TenantId Owner, long? From, long? To)? Asked { get; private set; }

    public Task<AuditVerification> Verify(TenantId owner, long? from = null, long? to = null, CancellationToken stop = default)
    {
        Asked = (owner, from, to);
        return Task.FromResult(Verified);
    }

    private bool Lives(AccessRecord record) => record.Expires is null || record.Expires > time.GetUtcNow();

    public Task<AccessRecord?> Find(TenantId owner, AccessKind kind, string id, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(records.TryGetValue((owner, kind, id), out var record) && Lives(record) ? record : null);
    }

    public Task<Items<AccessRecord>> Of(TenantId owner, AccessKind kind, string user, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(records.Values.Where(record => record.Owner == owner && record.Kind == kind && record.User == user && Lives(record)).OrderBy(record => record.Id, StringComparer.Ordinal).ToItems());
    }

    public Task<bool> Put(AccessRecord record, CancellationToken stop = default)
    {
        lock (turn)
        {
            var key = (record.Owner, record.Kind, record.Id);
            if ((records.TryGetValue(key, out var now) && Lives(now) ? now.Version : 0) != record.Version) return Task.FromResult(false);
            records[key] = record with { Version = record.Version + 1 };
            return Task.FromResult(true);
        }
    }

    public Task<bool> Delete(TenantId owner, AccessKind kind, string id, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(records.Remove((owner, kind, id), out var record) && Lives(record));
    }

    public Task<int> DeleteOf(TenantId owner, AccessKind kind, string user, string? except = null, CancellationToken stop = default)
    {
        lock (turn)
        {
            var gone = records.Values.Where(record => record.Owner == owner && record.Kind == kind && record.User == user && record.Id != except).ToList();
            foreach (var record in gone) records.Remove((record.Owner, record.Kind, record.Id));
            return Task.FromResult(gone.Count);
        }
    }
}

/// <summary>Mails that were sent.</summary>
internal sealed class Mailbox : IMailer
{
    private readonly System.Threading.Channels.Channel<Mail> sent = System.Threading.Channels.Channel.CreateUnbounded<Mail>();

    public Task Send(Mail mail, CancellationToken stop = default) => sent.Writer.WriteAsync(mail, stop).AsTask();

    /// <summary>The next one; it is sent beside the request.</summary>
    public Task<Mail> Next() => sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public bool IsEmpty => sent.Reader.Count == 0;
}
