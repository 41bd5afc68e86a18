using CallCenter.Api.Live;
using CallCenter.Api.Resources;
using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Desk;

/// <summary>Finds an agent's station, and the edge where its browser has its media.</summary>
internal sealed class StationDesk(IGrainFactory grains, IConfigurationStore store, ITenantCipher cipher, LiveFeeds feeds)
{
    private static readonly PathAnswer Gone = new(PathRefusal.Gone);

    /// <summary>The agent who signs in as the caller; null if none does.</summary>
    public Task<AgentSettings?> Own(Caller caller, CancellationToken stop) => store.AgentOf(caller, stop);

    private IStationGrain Station(AgentSettings agent) => grains.Station(agent.Owner, agent.Extension);

    public async Task<StationAnswer> Look(AgentSettings agent)
    {
        var station = await Station(agent).Look();
        return new(station.Kind, agent.Extension, station.Connected, station.Browser?.Connection, station.Browser?.Client, station.Since, Plain(agent, station), await AllowsNumbers(agent));
    }

    private string? Plain(AgentSettings agent, StationView station) => station.Number is { } whole ? cipher.Open(agent.Owner, whole)?.Value : null;

    /// <summary>Whether the firm lets its agents be called at outside numbers.</summary>
    private async Task<bool> AllowsNumbers(AgentSettings agent) => await store.Find<StationRules>(agent.Owner, StationRules.OnlyId) is { OutsideNumbers: true };

    /// <param name="number">As the agent wrote it; of an outside number only.</param>
    public async Task<Refusal?> Choose(AgentSettings agent, StationKind kind, string? number)
    {
        if (kind == StationKind.Number) return await ChooseNumber(agent, number ?? "");
        var now = await Station(agent).Look();
        return now.Kind == kind ? null : await Turn(agent, now, station => station.Choose(kind));
    }

    private async Task<Refusal?> ChooseNumber(AgentSettings agent, string number)
    {
        if (!await AllowsNumbers(agent)) return new(RefusalCode.Forbidden, "Your firm does not let agents be called at outside numbers");
        var judged = await grains.Tenant(agent.Owner).CheckStation(number);
        if (Wrong(judged.Fault) is { } why) return Refusal.Invalid([new("number", why)]);
        var now = await Station(agent).Look();
        return Plain(agent, now) == judged.Number ? null : await Turn(agent, now, station => station.ChooseNumber(cipher.Seal(agent.Owner, judged.Number)));
    }

    private async Task<Refusal?> Turn(AgentSettings agent, StationView now, Func<IStationGrain, Task<Refusal?>> choose)
    {
        if ((await grains.Agent(new(agent.Owner, agent.Agent)).Look()).Work is AgentWork.Offered or AgentWork.Talking) return new(RefusalCode.Conflict, "The station is in a call");
        var edge = now.Browser is null ? null : await Station(agent).Edge();
        if (await choose(Station(agent)) is { } refusal) return refusal;
        if (edge is not null) await edge.ClosePath(Name(agent, now.Browser!.Connection));
        feeds.StationTurned(agent.Owner, agent.Agent, "chosen");
        return null;
    }

    private static string? Wrong(StationNumberFault fault) => fault switch
    {
        StationNumberFault.None => null,
        StationNumberFault.Emergency => "is an emergency number",
        StationNumberFault.NotPersonal => "is a short number or one of 400 and 800: no agent is reached there",
        StationNumberFault.Extension => "is an extension: register a phone there instead",
        StationNumberFault.LeadsBack => "is a number of this platform: a call there would come back",
        StationNumberFault.PrefixBlocked => "is blocked by the dial plan",
        StationNumberFault.NoWay => "cannot be called: the firm has no trunk, no number to show, or no price for it",
        _ => "must be a number as it is dialled",
    };

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
