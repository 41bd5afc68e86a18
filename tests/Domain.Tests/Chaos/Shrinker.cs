namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Makes a failing plan smaller while it still fails: fewer steps, agents, queues, calls, kinds of trouble.</summary>
internal static class Shrinker
{
    /// <summary>A change of a plan changes what chance brings, so that a few seeds are tried for each.</summary>
    private const int SeedsEach = 10;

    /// <summary>How a plan fails; null = it does not.</summary>
    public static string? Failure(WorldPlan plan, Coverage coverage, out int turns)
    {
        var world = new World(plan, coverage);
        try
        {
            world.Run();
            return null;
        }
        catch (RuleBroken e)
        {
            return e.Message;
        }
        finally
        {
            turns = world.Turns;
        }
    }

    public static (WorldPlan Plan, string Failure) Smallest(WorldPlan failing, string failure)
    {
        while (Smaller(failing) is { } next) (failing, failure) = next;
        return (failing, failure);
    }

    private static (WorldPlan, string)? Smaller(WorldPlan failing)
    {
        foreach (var candidate in Candidates(failing))
            for (var i = 0; i < SeedsEach; i++)
                if (Failure(candidate with { Seed = failing.Seed + i }, new(), out var turns) is { } failure)
                    return (candidate with { Seed = failing.Seed + i, Steps = Math.Min(candidate.Steps, turns) }, failure); // what came after its end played no part
        return null;
    }

    private static IEnumerable<WorldPlan> Candidates(WorldPlan plan)
    {
        if (plan.Strays) yield return plan with { Strays = false };
        if (plan.ClockJumps) yield return plan with { ClockJumps = false };
        if (plan.Crashes) yield return plan with { Crashes = false };
        if (plan.Losses) yield return plan with { Losses = false };
        if (plan.Steps > 50) yield return plan with { Steps = plan.Steps / 2 };
        if (plan.Agents > 1) yield return plan with { Agents = plan.Agents - 1 };
        if (plan.Queues > 1) yield return plan with { Queues = plan.Queues - 1 };
        if (plan.Calls > 1) yield return plan with { Calls = plan.Calls - 1 };
        if (plan.Steps > 50) yield return plan with { Steps = plan.Steps * 9 / 10 };
    }
}
