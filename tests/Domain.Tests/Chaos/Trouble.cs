namespace CallCenter.Domain.Tests.Chaos;

/// <summary>What befalls a world: new calls, people's whims, crashes, pauses, jumps of the clock, and words that come again long after.</summary>
internal static class Trouble
{
    public static void Plan(World world)
    {
        Every(world, 0.2, 2.5, () => { if (world.Calls.Live.Count < world.Plan.Calls) world.Edges[world.Chance.Next(2)].NewCall(); });
        Every(world, 1, 6, () => { if (world.Calls.Live.Count <= world.Plan.Calls) world.Edges[world.Chance.Next(2)].NewDialled(); });
        if (world.Plan.Strays) Every(world, 0.03, 0.4, () => StrayOrders.Send(world));
        Every(world, 1, 10, () => Whim(world));
        if (world.Plan.Strays) Every(world, 0.03, 0.4, () => Strays.Send(world));
        if (world.Plan.Crashes) Every(world, 1, 15, () => Crash(world));
        if (world.Plan.Losses) Every(world, 2, 20, () => CutOff(world));
        if (world.Plan.ClockJumps) Every(world, 60, 300, () => Jump(world));
        Refresh(world);
    }

    private static void Every(World world, double from, double to, Action act) => world.After(world.Between(from, to), () =>
    {
        if (!world.Chaos) return;
        act();
        Every(world, from, to, act);
    });

    /// <summary>Phones register again and again, in calm too.</summary>
    private static void Refresh(World world) => world.After(TimeSpan.FromSeconds(60), () =>
    {
        foreach (var agent in world.Agents) if (agent.State.Presence != Presence.SignedOut) agent.ComeUp();
        Refresh(world);
    });

    private static void Whim(World world)
    {
        var agent = world.Agents[world.Chance.Next(world.Agents.Count)];
        if (world.Happens(0.3))
        {
            agent.AskBreak(always: world.Happens(0.2));
            return;
        }
        agent.Happen(world.Chance.Next(8) switch
        {
            0 => new StationDown(agent.Now, agent.Station),
            1 => new ChoosePresence(agent.Now, Presence.Break, "tea", new(null, TimeSpan.FromSeconds(20), "2026-03-02")),
            2 => new ChoosePresence(agent.Now, Presence.SignedOut, null),
            3 or 4 => new StationUp(agent.Now, agent.Station),
            _ => new ChoosePresence(agent.Now, Presence.Available, null),
        });
    }

    private static void Crash(World world)
    {
        var lose = world.Happens(0.5);
        switch (world.Chance.Next(9))
        {
            case 8: world.Team.Crash(lose); break;
            case 0: world.Routing.Crash(lose); break;
            case 1: world.Tenant.Crash(lose); break;
            case 2 when world.Happens(0.2): world.Edges[world.Chance.Next(2)].Crash(lose); break;
            case 3 or 4: world.Agents[world.Chance.Next(world.Agents.Count)].Crash(lose); break;
            default: world.Calls.Any()?.Crash(lose); break;
        }
    }

    private static void CutOff(World world)
    {
        var length = world.Between(0.5, 10);
        switch (world.Chance.Next(7))
        {
            case 6: world.Team.CutOff(length); break;
            case 0: world.Routing.CutOff(length); break;
            case 1: world.Edges[world.Chance.Next(2)].CutOff(length); break;
            case 2 or 3: world.Agents[world.Chance.Next(world.Agents.Count)].CutOff(length); break;
            default: world.Calls.Any()?.CutOff(length); break;
        }
    }

    private static void Jump(World world)
    {
        if (world.Happens(0.5)) world.Pause(world.Between(1, 40));
        else world.Restart(world.Between(-3600, 3600));
    }
}
