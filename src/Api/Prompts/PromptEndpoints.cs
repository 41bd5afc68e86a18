using Microsoft.Net.Http.Headers;

namespace CallCenter.Api.Prompts;

/// <summary>Prompts of the tenant's own: uploaded or spoken, for flows and for music while waiting.</summary>
internal static class PromptEndpoints
{
    private const string Wav = "audio/wav";

    public static void MapPrompts(this IEndpointRouteBuilder api)
    {
        var prompts = api.Resource("/prompts", "Prompts");
        prompts.MapGet("", List).Demands(Resource.Prompts, Rights.Read).WithSummary("The tenant's own prompts, and where each is used");
        prompts.MapGet("/{prompt:id}", Get).Demands(Resource.Prompts, Rights.Read).WithSummary("One prompt");
        prompts.MapPut("/{prompt:id}", Put).Demands(Resource.Prompts, Rights.Write).ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithSummary("Rename a prompt, or have a text spoken as its sound");
        prompts.MapPut("/{prompt:id}/audio", Upload).Demands(Resource.Prompts, Rights.Write).WithSummary("Upload a WAV file as the sound of a new prompt or of one that is there: at most 10 MB and 10 minutes");
        prompts.MapMethods("/{prompt:id}/audio", [HttpMethods.Get, HttpMethods.Head], Audio).Demands(Resource.Prompts, Rights.Read)
            .Produces(StatusCodes.Status200OK, contentType: Wav).Produces(StatusCodes.Status206PartialContent, contentType: Wav).WithSummary("Its sound as WAV, also in ranges");
        prompts.MapDelete("/{prompt:id}", Delete).Demands(Resource.Prompts, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove a prompt that no flow and no queue uses");
        var shipped = api.Resource("/shippedprompts", "Prompts");
        shipped.MapGet("", Shipped).Demands(Resource.Prompts, Rights.Read).WithSummary("The prompts that come with the product; an own prompt of the same id takes its place in flows");
        api.Resource("/voices", "Prompts").MapGet("", Voices).Demands(Resource.Prompts, Rights.Read).WithSummary("The languages in which texts can be spoken; none where no engine is installed");
    }

    private static async Task<Ok<Listed<PromptAnswer>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop)
    {
        var uses = await store.Uses(caller.Tenant, stop);
        return TypedResults.Ok(await store.Page<PromptSettings, PromptAnswer>(caller.Tenant, paging, prompt => PromptAnswer.Of(prompt, uses), stop));
    }

    private static async Task<Results<Tagged<PromptAnswer>, ProblemHttpResult>> Get(Caller caller, string prompt, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.Find<PromptSettings>(caller.Tenant, prompt, stop) is not { } found) return Problems.NotFound("prompt");
        return new Tagged<PromptAnswer>(PromptAnswer.Of(found, await store.Uses(caller.Tenant, stop)), found.Version);
    }

    private static async Task<Results<Tagged<PromptAnswer>, ProblemHttpResult>> Put(
        Caller caller, string prompt, Form<PromptForm> form, [AsParameters] Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        var now = await store.Find<PromptSettings>(caller.Tenant, prompt, stop);
        if (form.Value.Text is null && now is null) return Problems.Invalid("text", "is missing: a new prompt needs a text, or a file uploaded first");
        var tenant = await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop);
        var wanted = new PromptSettings(caller.Tenant, prompt, form.Value.Name ?? now?.Name ?? prompt, form.Value.Language ?? now?.Language ?? tenant?.Language ?? "en", form.Value.Text ?? now?.Text, now?.File ?? Unmade, now?.DurationMs ?? 1);
        var faults = wanted.Check();
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        var speaksAnew = wanted.Text is not null && (now is null || wanted.Text != now.Text || wanted.Language != now.Language);
        return speaksAnew ? await Speak(wanted, now, caller, condition, store, studio, stop) : await Save(wanted, now, caller, condition, store, studio, stop);
    }

    private static async Task<Results<Tagged<PromptAnswer>, ProblemHttpResult>> Speak(
        PromptSettings wanted, PromptSettings? now, Caller caller, Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        if (studio.Languages.IsEmpty) return Problems.Of(StatusCodes.Status503ServiceUnavailable, "speechMissing", "Text to speech is not installed on this server (espeak-ng); upload a file instead");
        if (!studio.Languages.Any(spoken => Subtag(spoken).Equals(Subtag(wanted.Language), StringComparison.OrdinalIgnoreCase)))
            return Problems.Invalid("language", $"is not spoken here: only {string.Join(", ", studio.Languages)}");
        var take = await studio.Speak(wanted.Text!, wanted.Language, stop);
        if (take.Fault is { } why) return Problems.Invalid("text", why);
        return await Save(await Kept(wanted, take, studio, stop), now, caller, condition, store, studio, stop);
    }

    private static async Task<Results<Tagged<PromptAnswer>, ProblemHttpResult>> Upload(
        Caller caller, string prompt, [FromQuery] string? name, SoundBody body, [AsParameters] Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        var now = await store.Find<PromptSettings>(caller.Tenant, prompt, stop);
        var tenant = await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop);
        var wanted = new PromptSettings(caller.Tenant, prompt, name ?? now?.Name ?? prompt, now?.Language ?? tenant?.Language ?? "en", Text: null, Unmade, DurationMs: 1);
        var faults = wanted.Check();
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        var take = await studio.Convert(body.File, stop);
        if (take.Fault is { } why) return Problems.Invalid("file", why);
        return await Save(await Kept(wanted, take, studio, stop), now, caller, condition, store, studio, stop);
    }

    /// <summary>The name of a file that is not made yet; it is never stored.</summary>
    private const string Unmade = "unmade";

    /// <summary>en of en-US.</summary>
    private static string Subtag(string language) => language.Split('-')[0];

    private static async Task<PromptSettings> Kept(PromptSettings wanted, PromptTake take, IPromptStudio studio, CancellationToken stop) =>
        wanted with { File = await studio.Keep(wanted.Owner, wanted.Id, take.Sound, stop), DurationMs = take.DurationMs };

    /// <summary>The sound is stored before the setting that names it: a crash between leaves a file that nobody names, which goes with the prompt.</summary>
    private static async Task<Results<Tagged<PromptAnswer>, ProblemHttpResult>> Save(
        PromptSettings wanted, PromptSettings? now, Caller caller, Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        var uses = await store.Uses(caller.Tenant, stop);
        var saved = await store.Save(wanted, [], caller, condition, prompt => PromptAnswer.Of(prompt, uses), stop);
        if (now is not null && now.File != wanted.File && saved.Result is Tagged<PromptAnswer>) await Tidy(now, store, studio, stop);
        return saved;
    }

    /// <summary>Calls under way may play the sound that has just been replaced; the one before it goes.</summary>
    private static async Task Tidy(PromptSettings replaced, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        for (var version = replaced.Version - 1; version > 0; version--)
        {
            if (await store.FindVersion<PromptSettings>(replaced.Owner, replaced.Id, version, stop) is not { } older) return; // it was removed then, with its files
            if (older.File == replaced.File) continue;
            await studio.Delete(replaced.Owner, replaced.Id, older.File, stop);
            return;
        }
    }

    private static async Task<IResult> Audio(HttpContext http, Caller caller, string prompt, IConfigurationStore store, IPromptStudio studio)
    {
        var stop = http.RequestAborted;
        var own = await store.Find<PromptSettings>(caller.Tenant, prompt, stop);
        var language = (await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop))?.Language ?? "en";
        var sound = own is null ? await studio.OpenShipped(prompt, language, stop) : await studio.Open(caller.Tenant, prompt, own.File, stop);
        if (sound is not { } bytes) return Problems.NotFound("prompt");
        http.Response.Headers.CacheControl = "private, no-cache"; // kept, but asked for anew each time
        return TypedResults.Bytes(bytes, Wav, prompt + ".wav", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{own?.File ?? "shipped"}\""));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string prompt, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        if (await store.Find<PromptSettings>(caller.Tenant, prompt, stop) is null) return Problems.NotFound("prompt");
        var uses = studio.Shipped.Contains(prompt) ? [] : (await store.Uses(caller.Tenant, stop))[prompt].ToItems(); // the shipped one plays again then
        if (!uses.IsEmpty) return Problems.Of(RefusalCode.Conflict, $"In use by {string.Join(", ", uses.Select(use => $"the {Names.Of(use.Kind)} {use.Id}"))}");
        if (await store.Delete<PromptSettings>(caller.Tenant, prompt, caller.Author, stop) is { } refusal) return refusal.ToProblem();
        await studio.Delete(caller.Tenant, prompt, file: null, stop);
        return TypedResults.NoContent();
    }

    private static Ok<Listed<ShippedPrompt>> Shipped(IPromptStudio studio) => TypedResults.Ok(new Listed<ShippedPrompt>(studio.Shipped.Select(id => new ShippedPrompt(id)).ToItems(), null));

    private static Ok<Listed<Voice>> Voices(IPromptStudio studio) => TypedResults.Ok(new Listed<Voice>(studio.Languages.Select(language => new Voice(language)).ToItems(), null));
}

/// <param name="Language">BCP 47, one of the voices; the tenant's if left out.</param>
/// <param name="Text">What is spoken, 1–1000 characters; it takes the place of an uploaded sound.</param>
internal sealed record PromptForm(string? Name, string? Language, string? Text);

/// <param name="Text">What was spoken; null = it was uploaded.</param>
/// <param name="Sound">Changes with the sound.</param>
internal sealed record PromptAnswer(string Id, string Name, string Language, string? Text, int DurationMs, string Sound, Items<PromptUse> UsedBy)
{
    public static PromptAnswer Of(PromptSettings p, ILookup<string, PromptUse> uses) => new(p.Id, p.Name, p.Language, p.Text, p.DurationMs, p.File, uses[p.Id].ToItems());
}

internal sealed record ShippedPrompt(string Id);

internal sealed record Voice(string Language);
