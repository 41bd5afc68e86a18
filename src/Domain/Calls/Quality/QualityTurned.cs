namespace CallCenter.Domain.Calls.Quality;

/// <summary>From its edge: a leg began to sound badly, or well again.</summary>
/// <param name="Mos">Of the last 10 s, as the following.</param>
/// <param name="Loss">%.</param>
/// <param name="Jitter">ms.</param>
/// <param name="RoundTrip">ms.</param>
[GenerateSerializer, Immutable, Alias("SoundTurned")]
public sealed record SoundTurned([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] bool Poor, [property: Id(3)] double Mos, [property: Id(4)] double Loss, [property: Id(5)] double Jitter, [property: Id(6)] double? RoundTrip) : CallEvent;

/// <summary>A leg began to sound badly, or well again; told a few times a leg at most, the whole course stands in its <see cref="LegEnded"/>.</summary>
/// <param name="Mos">Of the 10 s before, as the following.</param>
/// <param name="Loss">%.</param>
/// <param name="Jitter">ms.</param>
/// <param name="RoundTrip">ms; null if unknown.</param>
[GenerateSerializer, Immutable, Alias("QualityTurned")]
public sealed record QualityTurned([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] bool Poor, [property: Id(3)] double Mos, [property: Id(4)] double Loss, [property: Id(5)] double Jitter, [property: Id(6)] double? RoundTrip) : Fact;
