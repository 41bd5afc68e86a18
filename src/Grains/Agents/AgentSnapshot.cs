using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Agents;

/// <summary>
/// The fold of an agent's entries up to one of them, taken while it rested: idle, everything committed, nothing owed. It only
/// saves reading; without it, or with an older one, the fold is the same.
/// </summary>
[GenerateSerializer, Immutable, Alias("AgentSnapshot")]
public sealed record AgentSnapshot([property: Id(0)] long Entry, [property: Id(1)] AgentState State, [property: Id(2)] long LastDebt, [property: Id(3)] Items<Heard> Heard)
{
    /// <summary>Entries between two snapshots: some two days of a busy agent are never read again.</summary>
    public const int Every = 200;

    public AgentSnapshot() : this(0, AgentState.Empty, 0, []) { }

    internal Folded<AgentState> ToFolded() => new(State, Entry, LastDebt, LastDebt, [], Heard, Closed: false);
}
