using CallCenter.Api.Live;
using CallCenter.Api.Resources;
using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Desk;

/// <summary>Finds an agent's station, and the edge where its browser has its media.</summary>
internal sealed class StationDesk(IGrainFactory grains, IConfigurationStore store, LiveFeeds feeds)
{
    private static readonly PathAnswer Gone = new(PathRefusal.Gone);

    /// <summary>The agent who signs in as the caller; null if none does.</summary>
    public Task<AgentSettings?> Own(Caller caller, CancellationToken stop) => store.AgentOf(caller, stop);

    private IStationGrain Station(AgentSettings agent) => grains.Station(agent.Owner, agent.Extension);

    public async Task<StationAnswer> Look(AgentSettings agent)
    {
        var station = await Station(agent).Look();
        return new(station.Kind, agent.Extension, station.Connected, station.Browser?.Connection, station.Browser?.Client, station.Since);
    }

    public async Task<Refusal?> Choose(AgentSettings agent, StationKind kind)
    {
        var now = await Station(agent).Look();
        if (now.Kind == kind) return null;
        if ((await grains.Agent(new(agent.Owner, agent.Agent)).Look()).Work is AgentWork.Offered or AgentWork.Talking) return new(RefusalCode.Conflict, "The station is in a call");
        var edge = now.Browser is null ? null : await Station(agent).Edge();
        if (await Station(agent).Choose(kind) is { } refusal) return refusal;
        if (edge is not null) await edge.ClosePath(Name(agent, now.Browser!.Connection));
        feeds.StationTurned(agent.Owner, agent.Agent, "chosen");
        return null;
    }

    public async Task<PathAnswer> Connect(AgentSettings agent, string client, string sdp, bool take)
    {
        var now = await Station(agent).Look();
        if (await Station(agent).Edge() is not { } edge) return new(PathRefusal.NoMedia);
        var answer = await edge.OpenPath(new(agent.Owner, agent.Extension, client, sdp, take));
        if (answer.Refusal == PathRefusal.None) feeds.StationTurned(agent.Owner, agent.Agent, now.Browser is { } other && other.Client != client ? "taken" : "connects");
        return answer;
    }

    public async Task<PathAnswer> Restart(AgentSettings agent, string connection, string sdp) =>
        await Of(agent, connection) is { } edge ? await edge.RestartPath(Name(agent, connection), sdp) : Gone;

    public async Task<PathRefusal> Echo(AgentSettings agent, string connection, bool on) =>
        await Of(agent, connection) is { } edge ? await edge.EchoPath(Name(agent, connection), on) : PathRefusal.Gone;

    public async Task<PathRefusal> Close(AgentSettings agent, string connection)
    {
        if (await Of(agent, connection) is not { } edge) return PathRefusal.Gone;
        var refusal = await edge.ClosePath(Name(agent, connection));
        if (refusal == PathRefusal.None) feeds.StationTurned(agent.Owner, agent.Agent, "closed");
        return refusal;
    }

    private static PathName Name(AgentSettings agent, string connection) => new(agent.Owner, agent.Extension, connection);

    /// <summary>The edge of a connection that is the agent's own; null if it is not, or not any more.</summary>
    private async Task<IEdgeObserver?> Of(AgentSettings agent, string connection) =>
        (await Station(agent).Look()).Browser?.Connection == connection ? await Station(agent).Edge() : null;
}
