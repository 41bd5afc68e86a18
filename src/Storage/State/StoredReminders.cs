using Orleans;
using Orleans.Runtime;

namespace CallCenter.Storage.State;

/// <summary>Durable reminders.</summary>
internal sealed class StoredReminders(IStateStore store) : IReminderTable
{
    public Task Init() => Task.CompletedTask;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => Table(await store.Reminders(grainId.ToString()).ConfigureAwait(false));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => Table(await store.Reminders(begin, end).ConfigureAwait(false));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Array.Find(await store.Reminders(grainId.ToString()).ConfigureAwait(false), r => r.Name == reminderName) is { } row ? Entry(row) : null;

    public async Task<string> UpsertRow(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString("n");
        await store.Upsert(new(entry.GrainId.ToString(), entry.ReminderName, entry.GrainId.GetUniformHashCode(), entry.StartAt.Ticks, entry.Period.Ticks, etag)).ConfigureAwait(false);
        return etag;
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => store.Remove(grainId.ToString(), reminderName, eTag);

    public Task TestOnlyClearTable() => store.RemoveAllReminders();

    private static ReminderTableData Table(ReminderRow[] rows) => new(rows.Select(Entry));

    private static ReminderEntry Entry(ReminderRow row) => new()
    {
        GrainId = GrainId.Parse(row.Grain), ReminderName = row.Name, StartAt = new DateTime(row.StartAt, DateTimeKind.Utc), Period = TimeSpan.FromTicks(row.Period), ETag = row.ETag,
    };
}
