using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Reminders that last as long as the process, for tests and demonstrations.</summary>
sealed class InMemoryReminderTable : IReminderTable
{
    readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> rows = [];
    int version;

    public Task Init() => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(new ReminderTableData(rows.Values.Where(r => r.GrainId == grainId)));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(rows.Values.Where(r =>
    {
        uint hash = r.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    })));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(rows.GetValueOrDefault((grainId, reminderName)));

    public Task<string> UpsertRow(ReminderEntry entry)
    {
        string etag = Interlocked.Increment(ref version).ToString(CultureInfo.InvariantCulture);
        rows[(entry.GrainId, entry.ReminderName)] = new() { GrainId = entry.GrainId, ReminderName = entry.ReminderName, StartAt = entry.StartAt, Period = entry.Period, ETag = etag };
        return Task.FromResult(etag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Task.FromResult(
        rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag && rows.TryRemove(new((grainId, reminderName), row)));

    public Task TestOnlyClearTable()
    {
        rows.Clear();
        return Task.CompletedTask;
    }
}
