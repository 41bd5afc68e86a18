namespace CallCenter.Domain.Teams;

/// <summary>
/// All teams of a tenant. An agent is of one team: should two writes of the same instant have put it into two, the first by id counts, for everybody alike.
/// </summary>
public sealed class TeamMap
{
    private readonly Dictionary<AgentId, TeamSettings> teams = [];

    /// <param name="all">By id.</param>
    public TeamMap(IEnumerable<TeamSettings> all)
    {
        foreach (var team in all)
        {
            IsEmpty = false;
            foreach (var agent in team.Agents) teams.TryAdd(agent, team);
        }
    }

    /// <summary>There is no team: then nobody is led by teams.</summary>
    public bool IsEmpty { get; } = true;

    /// <summary>The team of an agent; null if it is of none.</summary>
    public TeamSettings? Of(AgentId agent) => teams.GetValueOrDefault(agent);

    /// <summary>The agents of all teams that a user leads.</summary>
    public IEnumerable<AgentId> LedBy(string user)
    {
        foreach (var (agent, team) in teams)
            if (team.Leaders.Contains(user)) yield return agent;
    }
}
