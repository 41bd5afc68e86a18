using CallCenter.Contracts.Calls;
using CallCenter.Contracts.Edges;
using CallCenter.Contracts.Numbers;
using CallCenter.Contracts.Tenants;
using CallCenter.Contracts.Voicemails;
using CallCenter.Contracts.WebCalls;
using CallCenter.Domain.Hours;
using CallCenter.Domain.Voicemails;
using Orleans;
using Orleans.Runtime;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>The grains that the API asks, without a silo; it remembers the keys it was asked for.</summary>
internal sealed class ScriptedGrains : IGrainFactory
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, AgentOnStage> agents = [];

    public List<string> Asked { get; } = [];

    public EdgesOnStage Edges { get; } = new();

    /// <summary>What calls were asked.</summary>
    public List<CallCommand> Commands { get; } = [];

    /// <summary>What was asked of browsers' paths, and how the edge answers.</summary>
    public EdgeOnStage Paths => Edges.Observer;

    private readonly Dictionary<string, StationOnStage> stations = [];

    /// <summary>The station of an extension: <c>tenant/extension</c>.</summary>
    public StationOnStage Station(string key)
    {
        lock (turn) return stations.TryGetValue(key, out var known) ? known : stations[key] = new(Paths);
    }

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey
    {
        lock (turn)
        {
            Asked.Add($"{typeof(T).Name} {primaryKey} for {RequestContext.Get("tenant")}");
            if (typeof(T) == typeof(IRoutingGrain)) return (T)(object)Routing(GrainKeys.Owner(primaryKey));
            if (typeof(T) == typeof(ITenantGrain)) return (T)(object)new TenantOnStage();
            if (typeof(T) == typeof(ICallGrain)) return (T)(object)new CallOnStage(primaryKey, Commands);
            if (typeof(T) == typeof(IVoicemailGrain)) return (T)(object)Mail;
            if (typeof(T) == typeof(IWebDoorGrain)) return (T)(object)WebDoor(GrainKeys.Owner(primaryKey));
            if (typeof(T) == typeof(INumberGrain)) return (T)(object)new NumberOnStage(GrainKeys.Name(primaryKey));
            if (typeof(T) == typeof(IDirectoryGrain) || typeof(T) == typeof(IEdgeGrain)) return (T)(object)Edges;
            if (typeof(T) == typeof(CallCenter.Contracts.Teams.ITeamGrain)) return (T)(object)Team;
            if (typeof(T) == typeof(IStationGrain)) return (T)(object)Station(primaryKey);
            if (typeof(T) != typeof(IAgentGrain)) throw new ArgumentException($"no {typeof(T).Name} on stage", nameof(primaryKey));
            if (!agents.TryGetValue(primaryKey, out var agent)) agents[primaryKey] = agent = new(new(GrainKeys.Name(primaryKey)));
            return (T)(object)agent;
        }
    }

    /// <summary>What an agent has to do with a call now, and which one it left.</summary>
    public void Turns(AgentRef agent, AgentWork work, Contact? contact, LeftContact? left = null)
    {
        GetGrain<IAgentGrain>($"{agent.Owner}/{agent.Agent}");
        lock (turn) agents[$"{agent.Owner}/{agent.Agent}"].Turns(work, contact, left);
    }

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithGuidKey => throw new NotSupportedException();
    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithIntegerKey => throw new NotSupportedException();
    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithGuidCompoundKey => throw new NotSupportedException();
    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithIntegerCompoundKey => throw new NotSupportedException();
    public T GetGrain<T>(GrainId grainId) where T : IAddressable => throw new NotSupportedException();
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();
    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver => (T)obj;
    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver { }

    private readonly Dictionary<TenantId, RoutingOnStage> routing = [];
    private readonly Dictionary<TenantId, WebDoorOnStage> doors = [];

    /// <summary>By which visitors come in to a tenant.</summary>
    public WebDoorOnStage WebDoor(TenantId tenant)
    {
        lock (turn) return doors.TryGetValue(tenant, out var known) ? known : doors[tenant] = new();
    }

    /// <summary>The routing of a tenant, which tells its watchers what a test says.</summary>
    public RoutingOnStage Routing(TenantId tenant)
    {
        lock (turn) return routing.TryGetValue(tenant, out var known) ? known : routing[tenant] = new();
    }

    private sealed class AgentOnStage(AgentId agent) : IAgentGrain
    {
        private AgentView view = new(agent, Presence.SignedOut, null, AgentWork.Idle, false, A.Noon, null);

        public Task<Refusal?> Choose(Presence presence, string? reason)
        {
            if (reason == "refuse-me") return Task.FromResult<Refusal?>(new(RefusalCode.NotSignedIn, "The agent has no station"));
            view = view with { Presence = presence, Reason = reason };
            return Task.FromResult<Refusal?>(null);
        }

        public Task<Refusal?> ChooseBreak(string? reason, CallCenter.Domain.Breaks.BreakTerms terms, int? place) => place is null ? Choose(Presence.Break, reason) : Wish(reason!, terms, place.Value);

        private Task<Refusal?> Wish(string reason, CallCenter.Domain.Breaks.BreakTerms terms, int place)
        {
            view = view with { Break = new(BreakProgress.Waits, reason, A.Noon, place, null, Overrun: false, terms.Team) };
            return Task.FromResult<Refusal?>(null);
        }

        public Task<Refusal?> PutFirst()
        {
            if (view.Break is not { State: BreakProgress.Waits } wish) return Task.FromResult<Refusal?>(new(RefusalCode.Conflict, "This agent does not wait for a break"));
            view = view with { Break = wish with { First = A.Noon } };
            return Task.FromResult<Refusal?>(null);
        }

        public Task<Refusal?> AskHelp(CallId? call)
        {
            if (call is { Value: "another" }) return Task.FromResult<Refusal?>(new(RefusalCode.Conflict, "You are not in this call"));
            view = view with { HelpSince = call is null ? null : A.Noon };
            return Task.FromResult<Refusal?>(null);
        }

        public Task<AgentView> Look() => Task.FromResult(view);

        public void Turns(AgentWork work, Contact? contact, LeftContact? left) => view = view with { Presence = Presence.Available, Work = work, Contact = contact, Call = contact?.Call, LastContact = left };

        public Task EndAfterCall(CallId call)
        {
            view = view with { Reason = $"done with {call}" };
            return Task.CompletedTask;
        }

        public Task Tell(Letter<AgentEvent> letter) => throw new NotSupportedException();
        public Task Acknowledge(Ack ack) => throw new NotSupportedException();
        public Task Refresh() => throw new NotSupportedException();
    }

    /// <summary>Each tenant has one call, in which agent1001 talks; a new one can be begun.</summary>
    private sealed class CallOnStage(string key, List<CallCommand> commands) : ICallGrain
    {
        private readonly bool exists = key == $"{GrainKeys.Owner(key)}/{A.CallOf(GrainKeys.Owner(key))}";

        public Task<Refusal?> Ask(CallCommand command)
        {
            if (!exists && command is not DialOut) return Task.FromResult<Refusal?>(new(RefusalCode.NotFound, "There is no such call."));
            lock (commands) commands.Add(command);
            return Task.FromResult<Refusal?>(null);
        }

        public Task<CallLive?> Look() => Task.FromResult(exists
            ? new CallLive(new(GrainKeys.Name(key)), "inbound", CallPhase.Talking, new("caller"), A.Sales, false, null, new(true, false, null), [new(new("agent"), LegRole.Agent, LegPhase.Answered, new("agent1001"), A.Noon)], [], [])
            : null);

        public Task Tell(Letter<CallEvent> letter) => throw new NotSupportedException();
        public Task TellFromEdge(Letter<CallEvent> letter, CallCenter.Contracts.Edges.IEdgeObserver edge) => throw new NotSupportedException();
        public Task Acknowledge(Ack ack) => throw new NotSupportedException();
        public Task DoubtEdge() => throw new NotSupportedException();
        public Task Wake() => throw new NotSupportedException();
    }

    private sealed class TenantOnStage : ITenantGrain
    {
        public Task<DialFigures> Dialling() => Task.FromResult(new DialFigures("2026-03-01", 12.34m, "CNY", 2));
        public Task<Items<PromptFile>> Prompts(Items<string> ids) => throw new NotSupportedException();
        public Task<HoursSettings?> Hours(string id) => throw new NotSupportedException();
        /// <summary>A fault by its name; every other text is a number.</summary>
        public Task<StationNumberAnswer> CheckStation(string dialled) =>
            Task.FromResult(Enum.TryParse<StationNumberFault>(dialled, out var fault) && !char.IsAsciiDigit(dialled[0]) ? new StationNumberAnswer(fault, "") : new(StationNumberFault.None, $"+86{dialled}"));

        public Task<EmergencyWay?> EmergencyWay(string dialled) => throw new NotSupportedException();
        public Task<TenantSettings?> Settings() => throw new NotSupportedException();
        public Task Tell(Letter<TenantEvent> letter) => throw new NotSupportedException();
        public Task Refresh() => throw new NotSupportedException();
    }

    public TeamOnStage Team { get; } = new();

    /// <summary>Lets one go, and has all others wait.</summary>
    internal sealed class TeamOnStage : CallCenter.Contracts.Teams.ITeamGrain
    {
        private readonly List<AgentId> line = [];

        public Task<int?> Claim(AgentId agent, bool always)
        {
            if (!always && !line.Contains(agent)) line.Add(agent);
            return Task.FromResult<int?>(always || line[0] == agent ? null : line.IndexOf(agent));
        }

        public Task Tell(Letter<CallCenter.Domain.Breaks.TeamEvent> letter) => throw new NotSupportedException();
        public Task Refresh() => throw new NotSupportedException();
    }

    public VoicemailOnStage Mail { get; } = new();

    internal sealed class VoicemailOnStage : IVoicemailGrain
    {
        public List<string> Heard { get; } = [];

        public Task<Refusal?> Mark(VoicemailState state, AgentId? agent, string by)
        {
            Heard.Add($"{state} {agent} by {by}");
            return Task.FromResult<Refusal?>(null);
        }

        public Task<Refusal?> Delete(string by)
        {
            Heard.Add($"deleted by {by}");
            return Task.FromResult<Refusal?>(null);
        }
    }

    internal sealed class RoutingOnStage : IRoutingGrain
    {
        private readonly Dictionary<string, IQueueWatcher> watchers = [];

        public Task<QueueLive> Live(QueueRef queue) => Task.FromResult(new QueueLive(3, A.Noon, 5, 2));

        public Task<Items<QueueTold>> Watch(string id, IQueueWatcher watcher)
        {
            lock (watchers) watchers[id] = watcher;
            return Task.FromResult<Items<QueueTold>>([]);
        }

        public async Task Changes(QueueRef queue, int waiting)
        {
            IQueueWatcher[] all;
            lock (watchers) all = [.. watchers.Values];
            foreach (var watcher in all) await watcher.Tell([new(queue, new(waiting, null, 5, 2))]);
        }

        public Task Tell(Letter<RoutingEvent> letter) => throw new NotSupportedException();
    }
}
