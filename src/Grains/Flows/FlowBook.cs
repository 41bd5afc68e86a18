using System.Collections.Concurrent;

namespace CallCenter.Grains.Flows;

/// <summary>A flow ready to run, the queues it may lead to, and the prompts it names by id.</summary>
sealed record BookedFlow(FlowPlan Plan, Items<QueueId> Queues, Items<string> Prompts);

/// <summary>Flows in their versions, ready to run. A version never changes, so that what was read once is right for good.</summary>
sealed class FlowBook(IConfigurationStore store, ILogger<FlowBook> log)
{
    /// <summary>Beyond this all are forgotten and read anew when used.</summary>
    const int Most = 10_000;

    readonly ConcurrentDictionary<(TenantId, FlowVersion), BookedFlow> flows = new();

    /// <summary>The flow; <see cref="FlowPlan.Missing"/> if there is none or it cannot be read.</summary>
    public ValueTask<BookedFlow> Find(TenantId tenant, FlowVersion version) =>
        flows.TryGetValue((tenant, version), out var known) ? new(known) : new(Read(tenant, version));

    async Task<BookedFlow> Read(TenantId tenant, FlowVersion version)
    {
        var settings = await store.FindVersion<FlowSettings>(tenant, version.Flow.Value, version.Version);
        if (settings is null || !FlowJson.TryRead(settings.Json, out var flow, out _))
        {
            log.FlowUnreadable(tenant.Value, version.Flow.Value, version.Version);
            return new(FlowPlan.Missing, [], []);
        }
        if (flows.Count >= Most) flows.Clear();
        return flows[(tenant, version)] = new(new(flow), FlowQueues.Of(flow), FlowPrompts.Of(flow));
    }
}

static partial class FlowLog
{
    [LoggerMessage(2151, LogLevel.Error, "Flow {Tenant}/{Flow} version {Version} does not exist or cannot be read; its calls end")]
    public static partial void FlowUnreadable(this ILogger log, string tenant, string flow, int version);
}
