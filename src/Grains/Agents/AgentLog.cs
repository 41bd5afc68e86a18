namespace CallCenter.Grains.Agents;

static partial class AgentLog
{
    [LoggerMessage(2201, LogLevel.Warning, "Agent {Agent}: the snapshot at entry {Entry} could not be written ({Why}); the next one will")]
    public static partial void SnapshotFailed(this ILogger log, string agent, long entry, string why);
}
