using CallCenter.Domain.Teams;

namespace CallCenter.Api.Tables;

/// <summary>Into which teams a table puts its agents. A table without the column moves nobody; an empty cell means none.</summary>
internal sealed class TeamRows(IReadOnlyList<TeamSettings> teams)
{
    private readonly TeamMap map = new(teams);
    private readonly Dictionary<AgentId, string> wanted = [];

    /// <summary>Agents who are of another team than before.</summary>
    public HashSet<AgentId> Moved => [.. wanted.Where(one => (map.Of(one.Key)?.Id ?? "") != one.Value).Select(one => one.Key)];

    /// <summary>Teams whose roll is another one than before.</summary>
    public IEnumerable<TeamSettings> Changed
    {
        get
        {
            var moved = Moved;
            foreach (var team in teams)
            {
                var roll = team.Agents.Without(moved.Contains).AddRange(moved.Where(agent => wanted[agent] == team.Id).OrderBy(agent => agent.Value, StringComparer.Ordinal).ToItems());
                if (roll != team.Agents) yield return team with { Agents = roll };
            }
        }
    }

    /// <summary>False: there is no such team.</summary>
    public bool Take(AgentId agent, string team)
    {
        if (team.Length > 0 && !teams.Any(one => one.Id == team)) return false;
        wanted[agent] = team;
        return true;
    }
}
