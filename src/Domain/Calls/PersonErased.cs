namespace CallCenter.Domain.Calls;

/// <summary>
/// What stood in the personal store about the call's people was deleted, and its recordings with it. Nothing that a record or report
/// counts changes: times, queue, agents and the home area (a region's statistics, nobody's address) stay.
/// </summary>
/// <param name="By">The user, or the API key's id, that asked for it.</param>
/// <param name="Whence">The network address of the request, if there was one.</param>
[GenerateSerializer, Immutable, Alias("PersonErased")]
public sealed record PersonErased([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By, [property: Id(2)] string? Whence) : Fact;
