namespace CallCenter.Storage.State;

/// <summary>A database's side of grain state and reminders. A write's task completes at the durable commit; a read holds no thread where the database is another machine.</summary>
internal interface IStateStore : IDisposable
{
    /// <summary>Etag 0: never written. Body null: cleared, or never written.</summary>
    ValueTask<(long ETag, string? Body)> Read(string grain, string name);

    /// <summary>Writes if the stored etag is the expected one. The new etag; or null and nothing written.</summary>
    Task<long?> Write(string grain, string name, long expected, string? body);

    ValueTask<ReminderRow[]> Reminders(string grain);

    /// <summary>Rows by their grain's hash in (begin, end]; begin ≥ end means around the ring.</summary>
    ValueTask<ReminderRow[]> Reminders(uint begin, uint end);

    Task Upsert(ReminderRow row);

    /// <summary>False if there is no such row with this etag.</summary>
    Task<bool> Remove(string grain, string name, string etag);

    Task RemoveAllReminders();
}

/// <param name="Hash">The grain's place on the reminder ring.</param>
/// <param name="StartAt">UTC ticks.</param>
/// <param name="Period">Ticks.</param>
internal sealed record ReminderRow(string Grain, string Name, uint Hash, long StartAt, long Period, string ETag);
