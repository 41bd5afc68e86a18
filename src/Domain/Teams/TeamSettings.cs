using System.Globalization;

namespace CallCenter.Domain.Teams;

/// <summary>A team (班组): agents, and the team leaders who lead them.</summary>
/// <param name="Id">1–64 of a–z, 0–9 and "-".</param>
/// <param name="Leaders">Users. Who has the role of a team leader leads the agents of the teams in which it stands here, and no others.</param>
/// <param name="Agents">An agent is of one team at most; see <see cref="TeamMap"/>.</param>
/// <param name="BreakQuota">So many of them may be on a break at once, 0–1000; null = all who wish.</param>
[GenerateSerializer, Immutable, Alias("TeamSettings")]
public sealed record TeamSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Name, [property: Id(3)] Items<string> Leaders, [property: Id(4)] Items<AgentId> Agents, [property: Id(5)] long Version = 0, [property: Id(6)] int? BreakQuota = null) : ISetting
{
    /// <summary>Most leaders, and most agents, of one team.</summary>
    public const int MostLeaders = 100, MostAgents = 1000;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name").Limit(BreakQuota, 0, 1000, "breakQuota")
            .When(Leaders.Count > MostLeaders, "leaders", $"has more than {MostLeaders} entries").When(Leaders.Distinct().Count() < Leaders.Count, "leaders", "names a user twice")
            .When(Agents.Count > MostAgents, "agents", $"has more than {MostAgents} entries").When(Agents.Distinct().Count() < Agents.Count, "agents", "names an agent twice");
        for (var i = 0; i < Leaders.Count; i++) faults.Id(Leaders[i], At("leaders", i));
        for (var i = 0; i < Agents.Count; i++) faults.Id(Agents[i].Value, At("agents", i));
        return faults.Done();
    }

    /// <summary>The name of an entry of a list in a fault.</summary>
    public static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
