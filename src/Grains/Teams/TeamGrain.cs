using CallCenter.Contracts.Teams;
using CallCenter.Domain.Breaks;
using CallCenter.Domain.Teams;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Teams;

/// <summary>One team: who of it is on a break, and who waits. A new activation asks the team's agents first, so that nobody goes beyond the quota because it forgot.</summary>
sealed class TeamGrain(IConfigurationStore store, TimeProvider clock, Epochs epochs, ILogger<TeamGrain> log) : SpeakingGrain(SenderKind.Team, clock, epochs, log), ITeamGrain
{
    readonly BreakDesk desk = new();

    string Team => GrainKeys.Name(Key);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        var team = await Read(cancellationToken);
        if (team is null) return;
        foreach (var view in await Task.WhenAll(team.Agents.Select(Look)))
            if (view?.Break is { } known && known.Team == Team)
            {
                if (known.State == BreakProgress.Waits) desk.Wait(view.Agent, known.Since, Now(), known.First);
                else desk.Hold(view.Agent, Now());
            }
        EndTurn();
    }

    async Task<AgentView?> Look(AgentId agent)
    {
        try
        {
            return await GrainFactory.Agent(new(Owner, agent)).Look();
        }
        catch (Exception fault) // it says so by itself within seconds
        {
            Log.NotReached(Key, agent.Value, fault.GetType().Name);
            return null;
        }
    }

    public Task<int?> Claim(AgentId agent, bool always)
    {
        int? place = null;
        if (always) desk.Hold(agent, Now());
        else place = desk.Claim(agent, Now(), Now());
        EndTurn();
        return Task.FromResult(place);
    }

    public Task Tell(Letter<TeamEvent> letter)
    {
        foreach (var (_, body) in letter.Messages)
            switch (body)
            {
                case BreakWanted e: Answer(e.Agent, desk.Claim(e.Agent, e.Since, Now(), e.First)); break;
                case BreakHeld e: desk.Hold(e.Agent, Now()); break;
                case BreakOver e: desk.End(e.Agent); break;
            }
        EndTurn();
        return Task.CompletedTask;
    }

    public async Task Refresh()
    {
        await Read(CancellationToken.None);
        EndTurn();
    }

    /// <summary>A team that is no more has no quota: who waits may go.</summary>
    async Task<TeamSettings?> Read(CancellationToken stop)
    {
        var team = await store.Find<TeamSettings>(Owner, Team, stop);
        desk.Quota = team?.BreakQuota;
        return team;
    }

    void EndTurn()
    {
        foreach (var (agent, place) in desk.Settle(Now())) Answer(agent, place);
        Outbox.Flush();
        if (desk.Deadline is { } due) WakeBy(due);
    }

    protected override Task Rung()
    {
        EndTurn();
        return Task.CompletedTask;
    }

    void Answer(AgentId agent, int? place) => ToAgent(agent).Put(place is { } at ? new BreakPlaceIs(Now(), at) : new BreakAllowed(Now()));

    Messages.Lane<AgentEvent> ToAgent(AgentId agent) => Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, agent.Value, GrainFactory, grains => grains.Agent(new(Owner, agent)).Tell);
}
