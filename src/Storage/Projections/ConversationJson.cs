using System.Text.Json;
using CallCenter.Domain.Kpi;

namespace CallCenter.Storage.Projections;

/// <summary>What a conversation adds to a row of the views, in one column of JSON.</summary>
internal static class ConversationJson
{
    private sealed record Added(long TConsult, int Transfers, Items<AgentSpell> Spells, CallDialler? Dialler = null, string? From = null, Items<FaxSign> Faxes = default, Items<LegSound> Sounds = default, CallSpeech? Speech = null, AnswerSign? Answer = null, CameBy? Web = null);

    public static string Of(CallSummary call) =>
        JsonSerializer.Serialize(new Added(call.Times.TConsult, call.Transfers, AgentSpell.Of(call), call.Dialler, call.From, call.Faxes, call.Sounds, CallSpeech.Of(call), call.Answer, call.Web));

    /// <param name="json">Null in a row of a program before.</param>
    public static CallRecord With(CallRecord call, string? json) =>
        json is not null && JsonSerializer.Deserialize<Added>(json) is { } added
            ? call with { From = added.From, TConsult = added.TConsult, Transfers = added.Transfers, Spells = added.Spells, DialledBy = added.Dialler, Faxes = added.Faxes, Quality = added.Sounds, Speech = added.Speech, Answer = added.Answer, Web = added.Web }
            : call;

    public static string Of(Items<TrackSpan> tracks) => JsonSerializer.Serialize(tracks);

    /// <param name="json">Null in a row of a program before.</param>
    public static Items<TrackSpan> Tracks(string? json) => json is null ? [] : JsonSerializer.Deserialize<Items<TrackSpan>>(json);
}
