using CallCenter.Contracts.Teams;
using CallCenter.Contracts.Voicemails;

namespace CallCenter.Contracts;

/// <summary>Grain keys: owner first, then the name, so that a call filter can compare tenants.</summary>
public static class GrainKeys
{
    public static ICallGrain Call(this IGrainFactory grains, TenantId tenant, CallId call) => grains.GetGrain<ICallGrain>(Key(tenant, call.Value));
    public static IAgentGrain Agent(this IGrainFactory grains, AgentRef agent) => grains.GetGrain<IAgentGrain>(Key(agent.Owner, agent.Agent.Value));
    public static IQueueGrain Queue(this IGrainFactory grains, QueueRef queue) => grains.GetGrain<IQueueGrain>(Key(queue.Tenant, queue.Queue.Value));
    public static ITenantGrain Tenant(this IGrainFactory grains, TenantId tenant) => grains.GetGrain<ITenantGrain>($"{tenant}/tenant");
    public static IRoutingGrain Routing(this IGrainFactory grains, TenantId owner, PoolId pool) => grains.GetGrain<IRoutingGrain>(Key(owner, pool.Value));
    public static INumberGrain Number(this IGrainFactory grains, string canonical) => grains.GetGrain<INumberGrain>(Key(TenantId.Operator, canonical));
    public static ITrunkGrain Trunk(this IGrainFactory grains, string trunk) => grains.GetGrain<ITrunkGrain>(Key(TenantId.Operator, trunk));
    public static IStationGrain Station(this IGrainFactory grains, TenantId tenant, string extension) => grains.GetGrain<IStationGrain>(Key(tenant, extension));
    public static IEdgeGrain Edge(this IGrainFactory grains, EdgeId edge) => grains.GetGrain<IEdgeGrain>(Key(TenantId.Operator, edge.Value));

    public static IVoicemailGrain Voicemail(this IGrainFactory grains, TenantId tenant, string voicemail) => grains.GetGrain<IVoicemailGrain>(Key(tenant, voicemail));

    public static ITeamGrain Team(this IGrainFactory grains, TenantId tenant, string team) => grains.GetGrain<ITeamGrain>(Key(tenant, team));
    public static IWebDoorGrain WebDoor(this IGrainFactory grains, TenantId tenant) => grains.GetGrain<IWebDoorGrain>($"{tenant}/web");

    public static IDirectoryGrain Directory(this IGrainFactory grains) => grains.GetGrain<IDirectoryGrain>(directory);

    private static readonly string directory = Key(TenantId.Operator, "directory");

    private static string Key(TenantId owner, string name) => string.Concat(owner.Value, "/", name);

    /// <summary>Name of the request context's value that says for which tenant a call is made; a grain of another owner refuses it.</summary>
    public const string TenantContext = "tenant";

    /// <summary>The owner in a key.</summary>
    public static TenantId Owner(string key) => new(key[..key.IndexOf('/')]);

    /// <summary>What follows the owner in a key.</summary>
    public static string Name(string key) => key[(key.IndexOf('/') + 1)..];
}
