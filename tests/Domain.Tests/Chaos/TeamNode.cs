using CallCenter.Domain.Breaks;

namespace CallCenter.Domain.Tests.Chaos;

/// <summary>The shell of a team that lets one agent rest at a time: nothing is stored; after a crash its agents are asked.</summary>
internal sealed class TeamNode(World world) : Node(world, TeamId)
{
    public const string TeamId = "day";

    private BreakDesk desk = new() { Quota = 1 };

    /// <summary>As the API asks for an agent.</summary>
    public int? Claim(AgentNode agent, bool always)
    {
        Activate();
        int? place = null;
        if (always) desk.Hold(agent.Ref.Agent, Now);
        else place = desk.Claim(agent.Ref.Agent, Now, Now);
        EndTurn();
        return place;
    }

    protected override void Take(Node from, object body)
    {
        var agent = ((AgentNode)from).Ref.Agent;
        switch (body)
        {
            case TellBreakWanted e: Answer(agent, desk.Claim(agent, e.Since, Now, e.First)); break;
            case TellBreakHeld: desk.Hold(agent, Now); break;
            case TellBreakOver: desk.End(agent); break;
        }
        EndTurn();
    }

    private void Answer(AgentId agent, int? place) => Post(AgentNode.Of(World, agent), place is { } at ? new BreakPlaceIs(Now, at) : new BreakAllowed(Now), false, false);

    private void EndTurn()
    {
        foreach (var (agent, place) in desk.Settle(Now)) Answer(agent, place);
        Arm(desk.Deadline);
        TurnOver(false);
    }

    protected override void TimeUp() => EndTurn();

    protected override void Wake()
    {
        foreach (var agent in World.Agents)
        {
            if (World.Chaos && World.Happens(0.1)) continue; // not reached
            agent.Activate();
            if (agent.State.TeamHeld is null) continue;
            if (agent.State.Wish is { } wish) desk.Wait(agent.Ref.Agent, wish.Since, Now, wish.First);
            else desk.Hold(agent.Ref.Agent, Now);
        }
        EndTurn();
    }

    protected override void Stored() { }
    protected override void Lost() => desk = new() { Quota = 1 };
}
