using System.Text.Json.Serialization;

namespace CallCenter.Domain.Summaries;

/// <summary>What an agent says of a caller at the press of a button. The number is stored; never reuse one.</summary>
[JsonConverter(typeof(EnumText<CallMark>))]
public enum CallMark
{
    /// <summary>骚扰</summary>
    Nuisance = 1,
    /// <summary>恐吓: a leader listens in, silently.</summary>
    Threat = 2,
}

/// <summary>An agent marked a call.</summary>
[GenerateSerializer, Immutable, Alias("CallMarked")]
public sealed record CallMarked([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] AgentId Agent, [property: Id(3)] CallMark Mark) : Fact;
