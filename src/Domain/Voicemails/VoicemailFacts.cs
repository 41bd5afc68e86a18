using System.Text.Json.Serialization;

namespace CallCenter.Domain.Voicemails;

/// <summary>What became of a voicemail. The number is stored; never reuse one.</summary>
[JsonConverter(typeof(EnumText<VoicemailState>))]
public enum VoicemailState
{
    New = 0, Heard = 1,
    /// <summary>Somebody sees to it.</summary>
    Taken = 2,
}

/// <summary>Somebody heard a voicemail, took it, or gave it back.</summary>
/// <param name="Agent">Who takes it; null unless it is taken.</param>
/// <param name="By">The user who said so.</param>
[GenerateSerializer, Immutable, Alias("VoicemailMarked")]
public sealed record VoicemailMarked([property: Id(0)] DateTimeOffset At, [property: Id(1)] VoicemailState State, [property: Id(2)] AgentId? Agent, [property: Id(3)] string By) : Fact;

/// <summary>A voicemail was deleted, and its sound with it.</summary>
[GenerateSerializer, Immutable, Alias("VoicemailDeleted")]
public sealed record VoicemailDeleted([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By) : Fact;
