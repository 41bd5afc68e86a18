namespace CallCenter.Domain.Calls.Quality;

/// <summary>What one leg said while it was recorded.</summary>
/// <param name="Speech">ms.</param>
/// <param name="LongestSilence">ms.</param>
/// <param name="LeftOver">How long the left side talked while the right one was talking already, as the end of this track made known; ms.</param>
/// <param name="RightOver">The other way round.</param>
[GenerateSerializer, Immutable, Alias("TrackSpeech")]
public sealed record TrackSpeech([property: Id(0)] long Speech, [property: Id(1)] long LongestSilence, [property: Id(2)] long LeftOver, [property: Id(3)] long RightOver);
