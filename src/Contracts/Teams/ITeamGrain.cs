using CallCenter.Domain.Breaks;

namespace CallCenter.Contracts.Teams;

/// <summary>One team's breaks. Key: tenant/team. Soft state: agents say anew that they are on a break or wait for one.</summary>
[Alias("ITeamGrain")]
public interface ITeamGrain : IGrainWithStringKey
{
    /// <summary>An agent asks for a break. Null: it may go, and its place is kept for half a minute; else its place in the line.</summary>
    /// <param name="always">It goes whatever the quota says: who leads wants it so.</param>
    [Alias("Claim")] Task<int?> Claim(AgentId agent, bool always);

    [Alias("Tell")] Task Tell(Letter<TeamEvent> letter);

    /// <summary>The team's settings changed: read them anew.</summary>
    [Alias("Refresh")] Task Refresh();
}
