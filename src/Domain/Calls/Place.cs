namespace CallCenter.Domain.Calls;

/// <summary>A call's place in a queue; kept through failed offers.</summary>
/// <param name="Since">When the waiting began.</param>
/// <param name="Priority">1 (first) … 10, 5 by default.</param>
[GenerateSerializer, Immutable, Alias("Place")]
public sealed record Place([property: Id(0)] QueueId Queue, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] int Priority);
