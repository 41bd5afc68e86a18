namespace CallCenter.Domain.Calls;

/// <summary>One party's connection to the platform.</summary>
/// <param name="Station">The extension whose outside number is called; null of every other leg.</param>
[GenerateSerializer, Immutable, Alias("Leg")]
public sealed record Leg([property: Id(0)] LegId Id, [property: Id(1)] LegRole Role, [property: Id(2)] LegPhase Phase, [property: Id(3)] AgentId? Agent, [property: Id(4)] DateTimeOffset? AnsweredAt, [property: Id(5)] string? Station = null)
{
    public bool Lives => Phase != LegPhase.Ended;

    /// <summary>It goes over a trunk and takes a channel, which is cleared and leased.</summary>
    public bool TakesChannel => Role == LegRole.Number || Station is not null;
}

/// <summary>How far the call of an outside number that is an agent's station has come.</summary>
public enum OutsideStage
{
    /// <summary>It is asked whether the number may be called.</summary>
    Asks,
    /// <summary>The order to ring was given.</summary>
    Rings,
    /// <summary>Somebody picked up, and is asked for a key.</summary>
    Prompts,
}

/// <summary>An agent's lease as the call sees it.</summary>
/// <param name="Until">When the call gives up ringing (or waiting for the agent's word).</param>
/// <param name="Answered">The station answered, the agent's word is awaited.</param>
/// <param name="Alerted">The station said that it rings.</param>
/// <param name="Since">When it was made.</param>
/// <param name="StaffNumber">The agent's in the call's tenant; null if it has none.</param>
/// <param name="Outside">Of a station that is an outside number; null of every other.</param>
/// <param name="AskedAt">When the clearance of that number was last asked for, or its channel renewed.</param>
[GenerateSerializer, Immutable, Alias("Offer")]
public sealed record Offer([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] LegId Leg, [property: Id(3)] DateTimeOffset Until, [property: Id(4)] bool Answered, [property: Id(5)] bool Recording, [property: Id(6)] bool Alerted, [property: Id(7)] DateTimeOffset Since, [property: Id(8)] string? StaffNumber = null, [property: Id(9)] OutsideStage? Outside = null, [property: Id(10)] DateTimeOffset AskedAt = default)
{
    /// <summary>How long after <see cref="Until"/> the agent's word may still come, once the station answered.</summary>
    public static readonly TimeSpan WordGrace = TimeSpan.FromSeconds(5);

    /// <summary>When the call gives it up.</summary>
    public DateTimeOffset Deadline => Answered ? Until + WordGrace : Until;

    /// <summary>When something must be done about it by the clock.</summary>
    public DateTimeOffset Due => Outside == OutsideStage.Asks && AskedAt + CallLimits.ReachAgain is var again && again < Deadline ? again : Deadline;
}

/// <summary>A voicemail that is being recorded.</summary>
public sealed record Voicemail(string Box, string Recording, DateTimeOffset Since);

/// <summary>A leg that turned out to be a fax machine.</summary>
[GenerateSerializer, Immutable, Alias("FaxSign")]
public readonly record struct FaxSign([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] FaxTone Tone);

/// <summary>Who answered a call that we made, by how the answer sounded.</summary>
/// <param name="Confidence">0–1; 0 where it is unknown.</param>
/// <param name="AfterMs">From the answer to this judgement, ms.</param>
[GenerateSerializer, Immutable, Alias("AnswerSign")]
public sealed record AnswerSign([property: Id(0)] AnswerKind Kind, [property: Id(1)] double Confidence, [property: Id(2)] long AfterMs);

/// <summary>A track of this call.</summary>
[GenerateSerializer, Immutable, Alias("TrackKey")]
public readonly record struct TrackKey([property: Id(0)] string Recording, [property: Id(1)] string Track);

/// <summary>The newest lease that this call knows of an agent: what has a lower epoch, or the same once it is over, is too late.</summary>
[GenerateSerializer, Immutable, Alias("KnownEpoch")]
public readonly record struct KnownEpoch([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch);
