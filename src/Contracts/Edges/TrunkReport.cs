namespace CallCenter.Contracts.Edges;

/// <summary>How a trunk is, as one edge sees it.</summary>
/// <param name="AnsweredAt">When it last answered; null if it never did.</param>
/// <param name="RoundTripMs">Of its last answer.</param>
/// <param name="Status">What it said; 408 where it said nothing.</param>
/// <param name="Calls">Legs that go over it at this edge.</param>
/// <param name="Failures">Calls out that reached nobody, within the last ten minutes.</param>
[GenerateSerializer, Immutable, Alias("TrunkReport")]
public sealed record TrunkReport(
    [property: Id(0)] string Trunk, [property: Id(1)] TrunkState State, [property: Id(2)] DateTimeOffset? AnsweredAt, [property: Id(3)] int RoundTripMs, [property: Id(4)] int Status, [property: Id(5)] int Calls,
    [property: Id(6)] Items<TrunkFailure> Failures);

/// <summary>Whether a trunk answers.</summary>
public enum TrunkState
{
    /// <summary>It is not asked, or was not yet.</summary>
    Unasked,
    Up,
    Down,
}

/// <param name="Status">What the trunk said.</param>
[GenerateSerializer, Immutable, Alias("TrunkFailure")]
public sealed record TrunkFailure([property: Id(0)] LegFailure Why, [property: Id(1)] int Status, [property: Id(2)] int Count);

/// <summary>A trunk that wants to be asked now and then if it is there.</summary>
/// <param name="Target">host:port.</param>
[GenerateSerializer, Immutable, Alias("TrunkProbe")]
public sealed record TrunkProbe([property: Id(0)] string Trunk, [property: Id(1)] string Target);
