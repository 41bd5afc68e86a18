namespace CallCenter.Api.Tests.Fakes;

/// <summary>Call records and recordings in memory.</summary>
internal sealed class MemoryReports : IReports, IErasure
{
    public List<(TenantId Owner, CallRecord Call)> Records { get; } = [];
    public List<(TenantId Owner, RecordingRecord Recording)> Stored { get; } = [];
    public CallFilter? LastFilter { get; private set; }

    /// <summary>What happened in calls, in place of what always happens.</summary>
    public Dictionary<(TenantId Owner, CallId Call), Items<Fact>> Told { get; } = [];

    public Task<Page<CallRecord>> Calls(TenantId owner, CallFilter filter, string? cursor, int limit, CancellationToken stop = default)
    {
        LastFilter = filter;
        return Task.FromResult(Cut(Records.Where(one => one.Owner == owner && Has(filter.Scope, one.Call)).Select(one => one.Call), call => call.Id.Value, cursor, limit));
    }

    public Task<Contacts> Contacts(TenantId owner, Items<string> numbers, CancellationToken stop = default)
    {
        var calls = Records.Where(one => one.Owner == owner).Select(one => one.Call).ToList();
        return Task.FromResult(new Contacts(calls.Count, calls.LastOrDefault()?.StartedAt, calls.LastOrDefault()?.Agents.FirstOrDefault()));
    }

    public Task<CallRecord?> Call(TenantId owner, CallId call, CancellationToken stop = default) =>
        Task.FromResult(Records.FirstOrDefault(one => one.Owner == owner && one.Call.Id == call).Call)!;

    /// <summary>Who was put into queues.</summary>
    public List<(TenantId Owner, Domain.Kpi.QueueSpell Spell)> Waited { get; } = [];

    public Task<Items<Domain.Kpi.QueueSpell>> Spells(TenantId owner, DateTimeOffset since, CancellationToken stop = default) =>
        Task.FromResult(Waited.Where(one => one.Owner == owner && one.Spell.From >= since).Select(one => one.Spell).ToItems());

    public Task<Items<Fact>?> Facts(TenantId owner, CallId call, CancellationToken stop = default) =>
        Task.FromResult<Items<Fact>?>(Told.TryGetValue((owner, call), out var told) ? told : Records.Any(one => one.Owner == owner && one.Call.Id == call) ? [new Enqueued(A.Noon, A.Sales, 5), new CallEnded(A.Noon, EndedBy.Caller, EndReason.HangUp, Blame.Nobody)] : null);

    public Task<Page<RecordingRecord>> Recordings(TenantId owner, CallScope? scope, string? cursor, int limit, CancellationToken stop = default) =>
        Task.FromResult(Cut(Stored.Where(one => one.Owner == owner && Has(scope, Records.FirstOrDefault(call => call.Owner == owner && call.Call.Id == one.Recording.Call).Call)).Select(one => one.Recording), recording => recording.Id, cursor, limit));

    public Task<RecordingRecord?> Recording(TenantId owner, string recording, CancellationToken stop = default) =>
        Task.FromResult(Stored.FirstOrDefault(one => one.Owner == owner && one.Recording.Id == recording).Recording)!;

    /// <summary>What was asked to be erased: owner, number or call, user.</summary>
    public List<(TenantId Owner, string What, string By)> Erasures { get; } = [];

    public Task<Erased> Number(TenantId owner, string number, Author by, CancellationToken stop = default)
    {
        Erasures.Add((owner, number, by.User));
        return Task.FromResult(new Erased([], [], 0));
    }

    public Task<Erased?> Customer(TenantId owner, CallCenter.Domain.Customers.CustomerId customer, Author by, CancellationToken stop = default)
    {
        if (customer.Value.EndsWith("nobody", StringComparison.Ordinal)) return Task.FromResult<Erased?>(null);
        Erasures.Add((owner, customer.Value, by.User));
        return Task.FromResult<Erased?>(new([], [], 0, 1));
    }

    async Task<Erased?> IErasure.Call(TenantId owner, CallId call, Author by, CancellationToken stop)
    {
        if (await Call(owner, call, stop) is null) return null;
        Erasures.Add((owner, call.Value, by.User));
        return new Erased([call], [], 2);
    }

    public List<(TenantId Owner, VoicemailRecord Voicemail)> Left { get; } = [];

    public Task<Page<VoicemailRecord>> Voicemails(TenantId owner, VoicemailFilter filter, string? cursor, int limit, CancellationToken stop = default) => Task.FromResult(Cut(
        Left.Where(one => one.Owner == owner && filter.Boxes?.Contains(one.Voicemail.Box) != false && (filter.State ?? one.Voicemail.State) == one.Voicemail.State).Select(one => one.Voicemail), voicemail => voicemail.Id, cursor, limit));

    public Task<VoicemailRecord?> Voicemail(TenantId owner, string voicemail, CancellationToken stop = default) =>
        Task.FromResult(Left.FirstOrDefault(one => one.Owner == owner && one.Voicemail.Id == voicemail).Voicemail)!;

    private static bool Has(CallScope? scope, CallRecord? call) =>
        scope is null || (call is not null && (call.Agents.Any(scope.Agents.Contains) || (call.Agents.IsEmpty && call.Queue is { } queue && scope.Queues.Contains(queue))));

    private static Page<T> Cut<T>(IEnumerable<T> all, Func<T, string> id, string? cursor, int limit)
    {
        var found = all.OrderBy(id, StringComparer.Ordinal).Where(one => cursor is null || string.CompareOrdinal(id(one), cursor) > 0).Take(limit + 1).ToList();
        return new(found.Take(limit).ToItems(), found.Count > limit ? id(found[limit - 1]) : null);
    }
}

/// <summary>Each recording is 10,000 bytes that count up.</summary>
internal sealed class MemoryRecordings : IRecordingReader
{
    public static byte[] Audio { get; } = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    public Task<Stream?> Open(TenantId owner, RecordingRecord recording, CancellationToken stop = default) => Task.FromResult<Stream?>(Deleted.Contains(recording.Id) ? null : new MemoryStream(Audio));

    public Task<Items<CheckedTrack>> Check(TenantId owner, RecordingRecord recording, CancellationToken stop = default) =>
        Task.FromResult<Items<CheckedTrack>>([new("caller-1", null, null, 3, Sealed: true), new("agent-1", "altered", 1, 1, Sealed: true)]);

    public List<string> Deleted { get; } = [];

    public Task Delete(TenantId owner, RecordingRecord recording, CancellationToken stop = default)
    {
        Deleted.Add(recording.Id);
        return Task.CompletedTask;
    }
}
