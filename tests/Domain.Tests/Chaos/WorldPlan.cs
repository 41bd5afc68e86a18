namespace CallCenter.Domain.Tests.Chaos;

/// <summary>What is taken out of the product from the outside, to show that it is needed.</summary>
public enum Sabotage
{
    None,
    /// <summary>Every Take counts for the agent's present lease: as if nobody compared epochs.</summary>
    NoEpochCheck,
    /// <summary>The agents' clock never tells that time is up.</summary>
    NoLeaseExpiry,
    /// <summary>An owed effect is sent once and never again.</summary>
    NoRetry,
}

/// <summary>One run: everything follows from this value. A failing one is shrunk member by member.</summary>
/// <param name="Steps">Machine turns under chaos; then everything calms down and must come to its end.</param>
public sealed record WorldPlan(int Seed, int Steps, int Agents, int Queues, int Calls, bool Crashes = true, bool Losses = true, bool Strays = true, bool ClockJumps = true, Sabotage Sabotage = Sabotage.None);

/// <summary>A rule was broken.</summary>
public sealed class RuleBroken(string rule) : Exception(rule);
