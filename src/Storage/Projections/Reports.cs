using System.Text;
using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;

namespace CallCenter.Storage.Projections;

/// <summary>Reads the views; what concerns people is joined from the personal store at each reading.</summary>
internal sealed class Reports(IViewStore views, IEntryLog journal, TenantCipher cipher) : IReports
{
    /// <summary>So many calls of one caller are searched, the newest.</summary>
    private const int MostOfOneCaller = 10_000;

    /// <summary>Among so many of the newest calls somebody has talked with a customer, or it was long ago.</summary>
    private const int LatestCalls = 10;

    public Task<Page<CallRecord>> Calls(TenantId owner, CallFilter filter, string? cursor, int limit, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var rows = views.Calls(owner, Resolve(owner, filter), ViewCursor.Of(cursor), limit + 1);
        return Task.FromResult(PageOf(rows, limit, c => new(c.StartedAt.ToUnixTimeMilliseconds(), c.Id.Value), c => WithNumbers(owner, c)));
    }

    public Task<CallRecord?> Call(TenantId owner, CallId call, CancellationToken stop = default) =>
        Task.FromResult(views.Call(owner, call) is { } row ? WithNumbers(owner, row) : null);

    public Task<Items<QueueSpell>> Spells(TenantId owner, DateTimeOffset since, CancellationToken stop = default) => Task.FromResult(views.Spells(owner, since).ToItems());

    public Task<Items<Fact>?> Facts(TenantId owner, CallId call, CancellationToken stop = default)
    {
        var entries = journal.Read(Subject.Call(owner, call));
        return Task.FromResult<Items<Fact>?>(entries.Length == 0 ? null : entries.SelectMany(e => EntryJson.Facts(e.Row.Facts)).ToItems());
    }

    public Task<Page<RecordingRecord>> Recordings(TenantId owner, CallScope? scope, string? cursor, int limit, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var rows = views.Recordings(owner, scope, ViewCursor.Of(cursor), limit + 1);
        return Task.FromResult(PageOf(rows, limit, r => new(r.StartedAt.ToUnixTimeMilliseconds(), r.Id), r => r));
    }

    public Task<RecordingRecord?> Recording(TenantId owner, string recording, CancellationToken stop = default) =>
        Task.FromResult(views.Recording(owner, recording));

    public Task<Page<VoicemailRecord>> Voicemails(TenantId owner, VoicemailFilter filter, string? cursor, int limit, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var rows = views.Voicemails(owner, filter, null, ViewCursor.Of(cursor), limit + 1);
        return Task.FromResult(PageOf(rows, limit, v => new(v.StartedAt.ToUnixTimeMilliseconds(), v.Id), v => v with { From = CallerOf(owner, v.Call) }));
    }

    public Task<VoicemailRecord?> Voicemail(TenantId owner, string voicemail, CancellationToken stop = default) =>
        Task.FromResult(views.Voicemails(owner, new(null, null), voicemail, null, 1) is [var row] ? row with { From = CallerOf(owner, row.Call) } : null);

    private CallQuery Resolve(TenantId owner, CallFilter filter)
    {
        var (customers, number) = (filter.Customers, filter.Number is null ? null : SearchedNumber.Forms(filter.Number));
        if (customers.IsEmpty && number is null) return new(filter, null, null);
        var ids = (number ?? []).Concat(customers.SelectMany(SearchedNumber.Forms)).Distinct().SelectMany(form => CallsOf(owner, form));
        return new(filter, number ?? [], [.. ids]);
    }

    private IEnumerable<string> CallsOf(TenantId owner, string form) =>
        PersonalFields.Searched.AsEnumerable().SelectMany(field => journal.FindByPersonal(cipher.Lookup(owner, field, form), MostOfOneCaller)).Where(s => s.Kind == SubjectKind.Call && s.Owner == owner).Select(s => s.Name);

    public async Task<Contacts> Contacts(TenantId owner, Items<string> numbers, CancellationToken stop = default)
    {
        var calls = numbers.SelectMany(SearchedNumber.Forms).Distinct().SelectMany(form => CallsOf(owner, form)).Distinct().Count();
        if (calls == 0) return new(0, null, null);
        var newest = await Calls(owner, new(null, null, null, null, null) { Customers = numbers }, null, LatestCalls, stop).ConfigureAwait(false);
        var last = newest.Items.FirstOrDefault(call => call.EndedAt is not null);
        return new(calls, last?.StartedAt, newest.Items.FirstOrDefault(call => call is { EndedAt: not null, Agents.IsEmpty: false })?.Agents[^1]);
    }

    private CallRecord WithNumbers(TenantId owner, CallRecord record)
    {
        var wanted = record.To is null ? PersonalFields.Dial(LegId.Called) : PersonalFields.CallerNumber;
        foreach (var value in journal.Personal(Subject.Call(owner, record.Id)))
            if (value.Field == wanted && cipher.TryDecrypt(owner, value.Value, out var plain) && plain.Length > 0)
                return record.To is null ? record with { To = Encoding.UTF8.GetString(plain) } : record with { From = Encoding.UTF8.GetString(plain) };
        return record;
    }

    private string? CallerOf(TenantId owner, CallId call)
    {
        foreach (var value in journal.Personal(Subject.Call(owner, call)))
            if (value.Field == PersonalFields.CallerNumber && cipher.TryDecrypt(owner, value.Value, out var plain)) return plain.Length == 0 ? null : Encoding.UTF8.GetString(plain);
        return null;
    }

    private static Page<T> PageOf<T>(T[] rows, int limit, Func<T, ViewCursor> cursor, Func<T, T> whole)
    {
        var page = rows.Take(limit).Select(whole).ToItems();
        return new(page, rows.Length > limit ? cursor(page[^1]).ToString() : null);
    }
}
