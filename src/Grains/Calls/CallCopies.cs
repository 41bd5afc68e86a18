using CallCenter.Domain.Hours;
using CallCenter.Grains.Flows;

namespace CallCenter.Grains.Calls;

/// <summary>What a call's decisions rest on, read once when it arrives; the settings of the queue it waits in are kept fresh.</summary>
sealed class CallCopies
{
    /// <summary>For a call of which nothing is known yet.</summary>
    public static readonly CallRules None = new(FlowPlan.Missing, "en", static _ => null);

    readonly Dictionary<QueueId, QueueSettings> queues = [];
    readonly Dictionary<string, HoursSettings> hours = [];

    CallCopies(FlowPlan flow, string language) => Rules = new(flow, language, id => queues.GetValueOrDefault(id)) { Hours = id => hours.GetValueOrDefault(id) };

    public CallRules Rules { get; }
    public DateTimeOffset ReadAt { get; private set; }

    public static async Task<CallCopies> Read(IGrainFactory grains, FlowBook flows, TenantId tenant, FlowVersion version, DateTimeOffset now)
    {
        var flow = await flows.Find(tenant, version);
        var settings = await grains.Tenant(tenant).Settings();
        var copies = new CallCopies(flow.Plan, settings?.Language ?? "en") { ReadAt = now };
        foreach (var queue in flow.Queues.AsEnumerable()) copies.Keep(queue, await grains.Queue(new(tenant, queue)).Settings());
        await copies.ReadHours(grains, tenant, flow.Plan);
        return copies;
    }

    /// <summary>Opening hours as they are now. A call in its flow reads them with each word of its edge: a change bites for who comes there later.</summary>
    public async Task RenewHours(IGrainFactory grains, TenantId tenant, FlowPlan flow, ILogger log)
    {
        try
        {
            await ReadHours(grains, tenant, flow);
        }
        catch (Exception fault) // the old ones do
        {
            log.HoursNotRenewed(tenant.Value, fault.GetType().Name);
        }
    }

    async Task ReadHours(IGrainFactory grains, TenantId tenant, FlowPlan flow)
    {
        foreach (var id in flow.Hours.AsEnumerable())
            if (await grains.Tenant(tenant).Hours(id) is { } found) hours[id] = found;
            else hours.Remove(id);
    }

    public async Task Renew(IGrainFactory grains, TenantId tenant, QueueId queue, DateTimeOffset now, ILogger log)
    {
        ReadAt = now;
        try
        {
            Keep(queue, await grains.Queue(new(tenant, queue)).Settings());
        }
        catch (Exception fault) // the old settings do; the caller must not lose its place over this
        {
            log.RulesNotRenewed(tenant.Value, queue.Value, fault.GetType().Name);
        }
    }

    void Keep(QueueId queue, QueueSettings? settings)
    {
        if (settings is not null) queues[queue] = settings;
        else queues.Remove(queue);
    }
}
