using CallCenter.Domain.Hours;
using CallCenter.Grains.Flows;

namespace CallCenter.Grains.Calls;

/// <summary>Whence a call's copies come.</summary>
sealed record CallSources(IGrainFactory Grains, FlowBook Flows, IConfigurationStore Store);

/// <summary>
/// What a call's decisions rest on: read when it begins, and whatever else an event names (a queue, a flow, a dialled text) before that
/// event is taken in. The settings of the queue it waits in are kept fresh.
/// </summary>
sealed class CallCopies
{
    /// <summary>For a call of which nothing is known yet.</summary>
    public static readonly CallRules None = new(FlowPlan.Missing, "en", static _ => null);

    readonly CallSources sources;
    readonly TenantId tenant;
    readonly string firm;
    readonly Dictionary<QueueId, QueueSettings> queues = [];
    readonly Dictionary<string, CallTarget> dialled = new(StringComparer.Ordinal);
    readonly Dictionary<string, HoursSettings> hours = [];
    readonly Dictionary<string, string?> prompts = [];

    CallCopies(CallSources sources, TenantId tenant, FlowPlan flow, TenantSettings? settings)
    {
        (this.sources, this.tenant, firm) = (sources, tenant, settings?.Name ?? tenant.Value);
        Rules = new(flow, settings?.Language ?? "en", id => queues.GetValueOrDefault(id))
        {
            Dialled = text => dialled.GetValueOrDefault(text) ?? new(Number: text),
            Hours = id => hours.GetValueOrDefault(id),
            PromptFile = id => prompts.GetValueOrDefault(id),
        };
    }

    public CallRules Rules { get; private set; }
    public DateTimeOffset ReadAt { get; private set; }

    /// <param name="version">The flow that serves the call; null if an agent or a phone makes it.</param>
    public static async Task<CallCopies> Read(CallSources sources, TenantId tenant, FlowVersion? version, DateTimeOffset now)
    {
        var flow = version is { } named ? await sources.Flows.Find(tenant, named) : null;
        var settings = await sources.Grains.Tenant(tenant).Settings();
        var copies = new CallCopies(sources, tenant, flow?.Plan ?? FlowPlan.Missing, settings) { ReadAt = now };
        if (flow is not null)
        {
            await copies.KeepAll(flow.Queues);
            await copies.ReadHours(flow.Plan);
            await copies.Find([.. flow.Plan.Extensions.AsEnumerable()]);
            await copies.ReadPrompts(flow);
        }
        else if (await sources.Store.Find<DialSettings>(tenant, DialSettings.TheId) is { } dialling)
            copies.Rules = copies.Rules with { RecordsOutbound = dialling.Recording, ClassifiesAnswers = dialling.AnswerDetection };
        return copies;
    }

    /// <summary>After a restart: a call may stand in a queue or a flow that its own flow does not name.</summary>
    public async Task Resume(CallState call)
    {
        if (call.Place is { } place) await KeepWithMusic(place.Queue);
        if (call.Trip is { } trip) await ReadTrip(trip.Flow);
    }

    /// <summary>What must be known before an event is taken in. The flow in which the customer stands is left alone by whoever asks for another.</summary>
    public Task Learn(CallEvent happened, CallState call, ILogger log) => happened switch
    {
        HungUp { By: LegEndedBy.Network } e when call.PartyAt(e.Leg) is { Agent: not null } => ReadStationRules(log),
        Transfer e => Find(e.To),
        Consult e => Find(e.To),
        DialOut e => Prepare(e),
        SendToFlow e when call.Trip is null => ReadTrip(e.Flow),
        Referred { Replaces: null } e => Find(e.Dialled),
        PhoneDialled e => Find(e.Extension, e.Dialled),
        _ => Task.CompletedTask,
    };

    /// <summary>As they are now: few agents are lost.</summary>
    async Task ReadStationRules(ILogger log)
    {
        try
        {
            var rules = await sources.Store.Find<StationRules>(tenant, StationRules.OnlyId) ?? StationRules.Default(tenant);
            Rules = Rules with { WhenAgentIsLost = rules.WhenAgentIsLost };
        }
        catch (Exception fault) // a leg that is over must be heard of, whatever cannot be read
        {
            log.StationRulesNotRead(tenant.Value, fault.GetType().Name);
        }
    }

    /// <summary>Opening hours as they are now. A call in its flow reads them with each word of its edge: a change bites for who comes there later.</summary>
    public async Task RenewHours(FlowPlan flow, ILogger log)
    {
        try
        {
            await ReadHours(flow);
        }
        catch (Exception fault) // the old ones do
        {
            log.HoursNotRenewed(tenant.Value, fault.GetType().Name);
        }
    }

    async Task ReadHours(FlowPlan flow)
    {
        foreach (var id in flow.Hours.AsEnumerable())
            if (await sources.Grains.Tenant(tenant).Hours(id) is { } found) hours[id] = found;
            else hours.Remove(id);
    }

    public async Task Renew(QueueId queue, DateTimeOffset now, ILogger log)
    {
        ReadAt = now;
        try
        {
            await KeepWithMusic(queue);
        }
        catch (Exception fault) // the old settings do; the caller must not lose its place over this
        {
            log.RulesNotRenewed(tenant.Value, queue.Value, fault.GetType().Name);
        }
    }

    async Task Keep(QueueId queue)
    {
        var settings = await sources.Grains.Queue(new(tenant, queue)).Settings();
        if (settings is null) queues.Remove(queue);
        else queues[queue] = settings;
        if (settings is { Whisper: QueueWhisper.Name } && Rules.Firm.Length == 0) Rules = Rules with { Firm = (await sources.Store.Find<Branding>(tenant, Branding.OnlyId))?.Name ?? firm };
    }

    async Task KeepWithMusic(QueueId queue)
    {
        await Keep(queue);
        if (queues.TryGetValue(queue, out var settings)) await ReadPrompts(Of(settings));
    }

    Task ReadPrompts(BookedFlow flow) => ReadPrompts(flow.Prompts.Concat(queues.Values.SelectMany(Of)).Append(CallRules.DefaultMusic).Append(CallRules.TakeCall));

    static List<string> Of(QueueSettings queue)
    {
        List<string> named = [queue.Music];
        if (queue is { Whisper: QueueWhisper.Prompt, WhisperPrompt: { } whisper }) named.Add(whisper);
        if (queue.AnnouncesStaffNumber) named.AddRange(CallRules.StaffNumberPrompts);
        return named;
    }

    /// <summary>Once for each id: a call goes on with the sounds that it began with.</summary>
    async Task ReadPrompts(IEnumerable<string> ids)
    {
        var unknown = ids.Where(id => prompts.TryAdd(id, null)).ToItems();
        if (unknown.IsEmpty) return;
        foreach (var found in (await sources.Grains.Tenant(tenant).Prompts(unknown)).AsEnumerable()) prompts[found.Prompt] = found.File;
    }

    async Task KeepAll(Items<QueueId> named)
    {
        for (var i = 0; i < named.Count; i++) await Keep(named[i]);
    }

    async Task ReadTrip(FlowVersion version)
    {
        var flow = await sources.Flows.Find(tenant, version);
        await KeepAll(flow.Queues);
        await ReadHours(flow.Plan);
        await Find([.. flow.Plan.Extensions.AsEnumerable()]);
        await ReadPrompts(flow);
        Rules = Rules with { Trip = flow.Plan };
    }

    Task Find(CallTarget to) =>
        to.Extension is { Length: > 0 } extension ? Find(extension) : to.Queue is { } queue ? KeepWithMusic(queue) : Task.CompletedTask;

    async Task Find(params string[] texts)
    {
        foreach (var text in texts) dialled[text] = await Whose(text);
    }

    /// <summary>An agent's station, a station without agent, a queue; or else a number.</summary>
    async Task<CallTarget> Whose(string text)
    {
        if (Extension.IsValid(text) && await sources.Store.Find<ExtensionSettings>(tenant, text) is { } station)
            return station.Agent is { } agent ? new(Agent: agent) : new(Extension: text);
        if (!QueueId.TryParse(text, null, out var queue) || await sources.Store.Find<QueueSettings>(tenant, text) is not { } settings) return new(Number: text);
        queues[queue] = settings;
        return new(Queue: queue);
    }

    async Task Prepare(DialOut command)
    {
        await Find(command.To);
        if ((command.For ?? command.By.Agent) is { } agent) Rules = Rules with { Anchor = await AnchorOf(agent) };
    }

    /// <summary>The edge where the agent's phone registered last, of an outside number any; null without a phone, or if that edge is gone.</summary>
    async Task<(EdgeId, long)?> AnchorOf(AgentId known)
    {
        var agent = AgentRef.Of(tenant, known);
        if (await sources.Store.Find<AgentSettings>(agent.Owner, agent.Agent.Value) is not { } settings) return null;
        var registered = await sources.Grains.Station(agent.Owner, settings.Extension).Registrations();
        if (registered.Kind == StationKind.Number) return await AnyEdge();
        if (registered.Kind == StationKind.Browser) return registered.Browser is { } browser ? await Standing(browser.Edge, browser.EdgeEpoch) : null;
        Binding? last = null;
        foreach (var binding in registered.Bindings)
            if (last is null || binding.Expires > last.Expires) last = binding;
        return last is null ? null : await Standing(last.Edge);
    }

    /// <summary>Where there is least to do.</summary>
    async Task<(EdgeId, long)?> AnyEdge()
    {
        foreach (var report in (await sources.Grains.Directory().Edges()).OrderBy(e => e.Draining).ThenBy(e => e.Legs))
            if (await Standing(report.Id) is { } standing) return standing;
        return null;
    }

    /// <param name="epoch">Only if it is still that start of it.</param>
    async Task<(EdgeId, long)?> Standing(EdgeId edge, long? epoch = null) =>
        await sources.Grains.Edge(edge).Present() is { Gone: false } present && (epoch is null || present.Epoch == epoch) ? (edge, present.Epoch) : null;
}
