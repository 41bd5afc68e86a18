namespace CallCenter.Domain.Calls;

/// <summary>The flow asked whether it is open.</summary>
/// <param name="Version">Of the opening hours; 0 = there are none any more, which counts as open.</param>
[GenerateSerializer, Immutable, Alias("HoursAsked")]
public sealed record HoursAsked([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] string Hours, [property: Id(3)] long Version, [property: Id(4)] OpenState State) : Fact;

/// <summary>The caller gave a row of digits; they themselves stand in no fact.</summary>
/// <param name="Masked">They are kept nowhere; otherwise in the personal store under <c>collected-</c> and the node.</param>
[GenerateSerializer, Immutable, Alias("DigitsCollected")]
public sealed record DigitsCollected([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] int Count, [property: Id(3)] bool Masked) : Fact;

/// <summary>After the beep: what the caller says is recorded.</summary>
/// <param name="Box">Where it will be found.</param>
/// <param name="Recording">Its id inside the call, never used twice.</param>
[GenerateSerializer, Immutable, Alias("VoicemailStarted")]
public sealed record VoicemailStarted([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] string Box, [property: Id(3)] string Recording, [property: Id(4)] string Track, [property: Id(5)] LegId Leg) : Fact;

/// <summary>The caller has left a voicemail.</summary>
/// <param name="Length">In ms.</param>
[GenerateSerializer, Immutable, Alias("VoicemailLeft")]
public sealed record VoicemailLeft([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Box, [property: Id(2)] string Recording, [property: Id(3)] long Length) : Fact;

/// <summary>The caller said nothing, or was through before <see cref="CallLimits.ShortestVoicemail"/>: no sound of it is kept.</summary>
/// <param name="Length">In ms.</param>
[GenerateSerializer, Immutable, Alias("VoicemailDropped")]
public sealed record VoicemailDropped([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] long Length) : Fact;
