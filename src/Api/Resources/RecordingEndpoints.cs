using Microsoft.Net.Http.Headers;

using CallCenter.Api.Playback;

namespace CallCenter.Api.Resources;

/// <summary>Recordings: stereo, left the caller, right the other side.</summary>
internal static class RecordingEndpoints
{
    private const string Wav = "audio/wav";

    public static void MapRecordings(this IEndpointRouteBuilder api)
    {
        var recordings = api.Resource("/recordings", "Recordings");
        recordings.MapGet("", List).Demands(Resource.Recordings, Rights.Read).WithSummary("Recordings, newest first");
        recordings.MapMethods("/{recording:id}", [HttpMethods.Get, HttpMethods.Head], Get).Demands(Resource.Recordings, Rights.Read)
            .Produces(StatusCodes.Status200OK, contentType: Wav).Produces(StatusCodes.Status206PartialContent, contentType: Wav)
            .WithSummary("One recording as WAV, also in ranges; what is known of it if only application/json is accepted");
        recordings.MapGet("/{recording:id}/waveform", Waveform.Get).Demands(Resource.Recordings, Rights.Read).WithSummary("How loud both sides of a recording are, to be drawn");
        recordings.MapGet("/{recording:id}/check", Check).Demands(Resource.Recordings, Rights.Read).WithSummary("Whether each track of a recording is what was recorded, to the last byte");
    }

    private static async Task<Ok<Listed<RecordingRecord>>> List(Caller caller, [AsParameters] Paging paging, IReports reports, CancellationToken stop) =>
        TypedResults.Ok((await reports.Recordings(caller.Tenant, caller.Led?.Scope, paging.After, paging.Count, stop)).Seen(recording => recording));

    /// <summary>The recording, unless its call is not the caller's to see.</summary>
    public static async Task<RecordingRecord?> Recording(this IReports reports, Caller caller, string recording, CancellationToken stop)
    {
        if (await reports.Recording(caller.Tenant, recording, stop) is not { } found) return null;
        return caller.Led is not { } led || (await reports.Call(caller.Tenant, found.Call, stop) is { } call && led.Has(call)) ? found : null;
    }

    private static async Task<Results<Ok<Listed<CheckedTrack>>, ProblemHttpResult>> Check(Caller caller, string recording, IReports reports, IRecordingReader reader, CancellationToken stop) =>
        await reports.Recording(caller, recording, stop) is { } record ? TypedResults.Ok(new Listed<CheckedTrack>(await reader.Check(caller.Tenant, record, stop), null)) : Problems.NotFound("recording");

    private static async Task<IResult> Get(HttpContext http, Caller caller, string recording, IReports reports, IRecordingReader reader, PlaybackLog playback)
    {
        if (await reports.Recording(caller, recording, http.RequestAborted) is not { } record) return Problems.NotFound("recording");
        if (http.Request.GetTypedHeaders().Accept is [{ MediaType.Value: "application/json" }]) return TypedResults.Ok(record);
        if (await reader.Open(caller.Tenant, record, http.RequestAborted) is not { } audio) return Problems.NotFound("recording");
        await playback.Add(caller, record.Id, http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(audio, Wav, record.Id + ".wav", record.StoppedAt, TagOf(record, audio), enableRangeProcessing: true);
    }

    /// <summary>While it grows, each length is another version.</summary>
    private static EntityTagHeaderValue TagOf(RecordingRecord record, Stream audio) => new($"\"{record.Id}-{audio.Length}\"");
}
