using CallCenter.Api.Customers;
using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Summaries;

/// <summary>Script cards: what agents may say, step by step.</summary>
internal static class ScriptEndpoints
{
    public static void MapScripts(this IEndpointRouteBuilder api)
    {
        var scripts = api.Resource("/scripts", "Summaries");
        scripts.MapGet("", List).Demands(Resource.CallTypes, Rights.Read).WithSummary("The script cards: one for each queue that has its own, and the default");
        scripts.MapGet("/{script:id}", Get).Demands(Resource.CallTypes, Rights.Read).WithSummary("One of them");
        scripts.MapPut("/{script:id}", Put).Demands(Resource.CallTypes, Rights.Write).WithSummary("Make or change the card of a queue, or default");
        scripts.MapDelete("/{script:id}", Delete).Demands(Resource.CallTypes, Rights.Write).WithSummary("Remove a card; its queue has the default then");
        api.Resource("/calls/{call:id}/script", "Summaries").MapGet("", OfCall).Demands(Resource.CallTypes, Rights.Read).WithSummary("The card for a call: its queue's, or the default");
    }

    private static async Task<Ok<Listed<ScriptAnswer>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<ScriptCard, ScriptAnswer>(caller.Tenant, paging, ScriptAnswer.Of, stop));

    private static async Task<Results<Tagged<ScriptAnswer>, ProblemHttpResult>> Get(Caller caller, string script, IConfigurationStore store, CancellationToken stop) =>
        await store.Show<ScriptCard, ScriptAnswer>(caller.Tenant, script, "script card", ScriptAnswer.Of, stop);

    private static async Task<Results<Tagged<ScriptAnswer>, ProblemHttpResult>> Put(Caller caller, string script, Form<ScriptForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.Find<ScriptCard>(caller.Tenant, script, stop) ?? new ScriptCard(caller.Tenant, script, []);
        Items<Fault> faults = script == ScriptCard.Default || await store.Find<QueueSettings>(caller.Tenant, script, stop) is not null ? [] : [new("script", "must be default or a queue")];
        return await store.Save(now with { Steps = form.Value.Steps ?? now.Steps }, faults, caller, condition, ScriptAnswer.Of, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string script, IConfigurationStore store, CancellationToken stop) => await store.Remove<ScriptCard>(caller.Tenant, script, caller, stop);

    private static async Task<Results<Ok<ScriptAnswer>, ProblemHttpResult>> OfCall(Caller caller, CallId call, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is not { } record) return Problems.NotFound("call");
        var card = record.Queue is { } queue ? await store.Find<ScriptCard>(caller.Tenant, queue.Value, stop) : null;
        card ??= await store.Find<ScriptCard>(caller.Tenant, ScriptCard.Default, stop);
        return TypedResults.Ok(ScriptAnswer.Of(card ?? new(caller.Tenant, ScriptCard.Default, [])));
    }
}

internal sealed record ScriptForm(Items<ScriptText>? Steps);

/// <param name="Id">A queue's, or default.</param>
internal sealed record ScriptAnswer(string Id, Items<ScriptText> Steps)
{
    public static ScriptAnswer Of(ScriptCard card) => new(card.Id, card.Steps.OrderBy(step => step.Step).ToItems());
}
