using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept. A durable one is bound by registering it as a service.</summary>
public interface IReminderTable
{
    Task Init();

    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>All rows whose grain's uniform hash is in (begin, end]; begin ≥ end means around the ring, so that (0, 0] is all.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Writes the row and gives its new etag.</summary>
    Task<string> UpsertRow(ReminderEntry entry);

    /// <summary>False where there is no such row with this etag.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    Task TestOnlyClearTable();
}

[GenerateSerializer]
public sealed class ReminderTableData
{
    public ReminderTableData() => Reminders = [];

    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

    [Id(0)] public IList<ReminderEntry> Reminders { get; private set; }
}

[GenerateSerializer]
public sealed class ReminderEntry
{
    [Id(1)] public GrainId GrainId { get; set; }
    [Id(2)] public string ReminderName { get; set; } = "";

    /// <summary>The first tick's time, UTC.</summary>
    [Id(3)] public DateTime StartAt { get; set; }

    [Id(4)] public TimeSpan Period { get; set; }
    [Id(5)] public string ETag { get; set; } = "";

    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
}
