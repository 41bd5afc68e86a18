namespace CallCenter.Contracts.Edges;

/// <summary>How an edge is, as it says itself every 10 s.</summary>
/// <param name="Sip">Where it is reached: address and port.</param>
/// <param name="Calls">With a live leg there.</param>
/// <param name="Legs">Open media legs.</param>
/// <param name="Draining">It takes no new calls; live ones go on. Until it is told otherwise, or starts anew.</param>
/// <param name="At">When it said so.</param>
/// <param name="Trunks">How it sees them.</param>
[GenerateSerializer, Immutable, Alias("EdgeReport")]
public sealed record EdgeReport([property: Id(0)] EdgeId Id, [property: Id(1)] string Sip, [property: Id(2)] DateTimeOffset StartedAt, [property: Id(3)] int Calls, [property: Id(4)] int Legs, [property: Id(5)] bool Draining, [property: Id(6)] DateTimeOffset At, [property: Id(7)] Items<TrunkReport> Trunks = default);
