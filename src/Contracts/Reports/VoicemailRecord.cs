using System.Text.Json.Serialization;
using CallCenter.Domain.Kpi;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Contracts.Reports;

/// <param name="Boxes">Any of these; null = all.</param>
[GenerateSerializer, Immutable, Alias("VoicemailFilter")]
public sealed record VoicemailFilter([property: Id(0)] Items<string>? Boxes, [property: Id(1)] VoicemailState? State);

/// <summary>A voicemail as the API tells it.</summary>
/// <param name="Id">The call's id and the recording's name inside it, joined by "-".</param>
/// <param name="From">The caller's number; null if withheld or erased.</param>
/// <param name="StartedAt">The beep.</param>
/// <param name="Length">In ms.</param>
/// <param name="Agent">Who has taken it.</param>
/// <param name="ChangedAt">When its state was last changed; null = never.</param>
[GenerateSerializer, Immutable, Alias("VoicemailRecord")]
public sealed record VoicemailRecord(
    [property: Id(0)] string Id, [property: Id(1)] CallId Call, [property: Id(2)] string Box, [property: Id(3)] string? From, [property: Id(4)] DateTimeOffset StartedAt, [property: Id(5)] long Length,
    [property: Id(6)] VoicemailState State, [property: Id(7)] AgentId? Agent, [property: Id(8)] DateTimeOffset? ChangedAt, [property: Id(9)] LegId Leg)
{
    /// <summary>Its sound: one track, on the left.</summary>
    [JsonIgnore]
    public RecordingRecord Recording
    {
        get
        {
            var end = StartedAt.AddMilliseconds(Length);
            return new(Id, Call, Leg, Leg, StartedAt, end) { Tracks = [new TrackSpan(CallMachine.VoicemailTrack, Leg, Channel.Left, StartedAt, end)] };
        }
    }
}
