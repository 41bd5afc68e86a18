using CallCenter.Contracts.Teams;
using CallCenter.Domain.Breaks;
using CallCenter.Domain.Teams;

namespace CallCenter.Api.Teams;

/// <summary>The way into a break: by the reason's allowance and the team's quota. Who leads lets go whoever they will.</summary>
internal sealed class BreakDoor(IConfigurationStore store, IGrainFactory grains, TimeProvider time)
{
    /// <summary>What holds for the break, and its place in the line; null = it may begin.</summary>
    public async Task<(BreakTerms Terms, int? Place)> Enter(Caller caller, AgentId agent, PresenceReason? reason, CancellationToken stop)
    {
        var tenant = await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop);
        var team = new TeamMap(await store.TeamsOf(caller.Tenant, stop).ToListAsync(stop)).Of(agent);
        var terms = new BreakTerms(team is { BreakQuota: not null } ? team.Id : null, reason?.AllowanceMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, BreakTerms.DayOf(tenant?.TimeZone, time.GetUtcNow()));
        if (terms.Team is not { } bounded) return (terms, null);
        var leads = !RightsTable.OnlyOwn(caller.Role, Resource.Presence);
        return (terms, await grains.Team(caller.Tenant, bounded).Claim(agent, always: leads));
    }
}
