using CallCenter.Api.Playback;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Api.Resources;

/// <summary>Voicemails. An agent sees those in the boxes of its queues, a team leader those of the queues that the own teams serve; who leads the firm or the day sees all.</summary>
internal static class VoicemailEndpoints
{
    private const string Wav = "audio/wav";

    public static void MapVoicemails(this IEndpointRouteBuilder api)
    {
        var voicemails = api.Resource("/voicemails", "Voicemails");
        voicemails.MapGet("", List).Demands(Resource.Voicemails, Rights.ReadOwn).WithSummary("Voicemails, newest first");
        voicemails.MapGet("/{voicemail:id}", Get).Demands(Resource.Voicemails, Rights.ReadOwn).WithSummary("One voicemail");
        voicemails.MapMethods("/{voicemail:id}/audio", [HttpMethods.Get, HttpMethods.Head], Audio).Demands(Resource.Voicemails, Rights.ReadOwn)
            .Produces(StatusCodes.Status200OK, contentType: Wav).Produces(StatusCodes.Status206PartialContent, contentType: Wav).WithSummary("Its sound as WAV, also in ranges");
        voicemails.MapPut("/{voicemail:id}", Put).Demands(Resource.Voicemails, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Say that it is heard, or who takes it");
        voicemails.MapDelete("/{voicemail:id}", Delete).Demands(Resource.Voicemails, Rights.WriteOwn).WithSummary("Delete it with its sound");
    }

    private static async Task<Ok<Listed<VoicemailRecord>>> List(Caller caller, [AsParameters] VoicemailQuery query, [AsParameters] Paging paging, IReports reports, IConfigurationStore store, CancellationToken stop)
    {
        var boxes = await Boxes(caller, store, stop);
        Items<string>? wanted = query.Box is { Length: > 0 } box ? boxes is { } own && !own.Contains(box) ? [] : [box] : boxes;
        return TypedResults.Ok((await reports.Voicemails(caller.Tenant, new(wanted, query.Wanted), paging.After, paging.Count, stop)).Seen(voicemail => voicemail.SeenBy(caller)));
    }

    private static async Task<Results<Ok<VoicemailRecord>, ProblemHttpResult>> Get(Caller caller, string voicemail, IReports reports, IConfigurationStore store, CancellationToken stop) =>
        await Find(caller, voicemail, reports, store, stop) is { } found ? TypedResults.Ok(found.SeenBy(caller)) : Problems.NotFound("voicemail");

    private static async Task<IResult> Audio(HttpContext http, Caller caller, string voicemail, IReports reports, IConfigurationStore store, IRecordingReader reader, PlaybackLog playback)
    {
        if (await Find(caller, voicemail, reports, store, http.RequestAborted) is not { } found) return Problems.NotFound("voicemail");
        if (await reader.Open(caller.Tenant, found.Recording, http.RequestAborted) is not { } audio) return Problems.NotFound("voicemail");
        await playback.Add(caller, found.Id, http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(audio, Wav, found.Id + ".wav", found.Recording.StoppedAt, enableRangeProcessing: true);
    }

    private static async Task<Results<Ok<VoicemailRecord>, ProblemHttpResult>> Put(Caller caller, string voicemail, Form<VoicemailForm> form, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await Find(caller, voicemail, reports, store, stop) is not { } found) return Problems.NotFound("voicemail");
        if (form.Value.State is not { } state) return Problems.Invalid("state", "is missing");
        var self = await store.AgentOf(caller, stop);
        var agent = state == VoicemailState.Taken ? form.Value.Agent ?? self?.Agent : null;
        if (form.Value.Agent is not null && state != VoicemailState.Taken) return Problems.Invalid("agent", "goes with taken only");
        if (state == VoicemailState.Taken && agent is null) return Problems.Invalid("agent", "is missing: who takes it?");
        if (agent is { } taker)
        {
            if (RightsTable.OnlyOwn(caller.Role, Resource.Voicemails) && taker != self?.Agent) return Problems.Of(RefusalCode.Forbidden, "An agent takes a voicemail for itself only");
            if (caller.Led?.Has(taker) == false) return Led.NotYours.ToProblem();
            if (await store.Find<AgentSettings>(caller.Tenant, taker.Value, stop) is null) return Problems.Invalid("agent", "There is no such agent");
        }
        var refusal = await grains.Voicemail(caller.Tenant, found.Id).Mark(state, agent, caller.User);
        return refusal is null ? TypedResults.Ok((found with { State = state, Agent = agent }).SeenBy(caller)) : refusal.ToProblem();
    }

    /// <summary>First the sound, then the fact: a crash between leaves a voicemail that is silent and can be deleted again, never a sound that nobody lists.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string voicemail, IReports reports, IConfigurationStore store, IRecordingReader reader, IGrainFactory grains, CancellationToken stop)
    {
        if (await Find(caller, voicemail, reports, store, stop) is not { } found) return Problems.NotFound("voicemail");
        await reader.Delete(caller.Tenant, found.Recording, stop);
        return await grains.Voicemail(caller.Tenant, found.Id).Delete(caller.User) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    public static async Task<VoicemailRecord?> Find(Caller caller, string voicemail, IReports reports, IConfigurationStore store, CancellationToken stop)
    {
        if (await reports.Voicemail(caller.Tenant, voicemail, stop) is not { } found) return null;
        return await Boxes(caller, store, stop) is { } own && !own.Contains(found.Box) ? null : found;
    }

    /// <summary>Those that the caller may see; null = all.</summary>
    private static async Task<Items<string>?> Boxes(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        if (caller.Led is { } led) return led.Scope.Queues.Select(queue => queue.Value).ToItems();
        if (!RightsTable.OnlyOwn(caller.Role, Resource.Voicemails)) return null;
        var self = await store.AgentOf(caller, stop);
        return self is null ? [] : self.Queues.Where(queue => queue.Tenant == caller.Tenant).Select(queue => queue.Queue.Value).ToItems();
    }
}

/// <param name="State">new, heard or taken.</param>
internal readonly record struct VoicemailQuery([FromQuery] string? Box, [FromQuery] string? State) : IChecked
{
    public VoicemailState? Wanted => Enum.TryParse<VoicemailState>(State, ignoreCase: true, out var state) && Names.Of(state) == State ? state : null;

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (!string.IsNullOrEmpty(Box) && !QueueId.TryParse(Box, null, out _)) faults.Add(new("box", "is not the name of a box"));
            if (!string.IsNullOrEmpty(State) && Wanted is null) faults.Add(new("state", "must be new, heard or taken"));
            return faults.ToItems();
        }
    }
}

/// <param name="Agent">Who takes it; the caller itself if left out.</param>
internal sealed record VoicemailForm(VoicemailState? State, AgentId? Agent);
