using System.Text.Json;
using CallCenter.Api.Prompts;
using CallCenter.Domain.Hours;

namespace CallCenter.Api.Resources;

/// <summary>Flows: what a caller hears, and where each key leads.</summary>
internal static class FlowEndpoints
{
    public static void MapFlows(this IEndpointRouteBuilder api)
    {
        var flows = api.Resource("/flows", "Flows");
        flows.MapGet("", List).Demands(Resource.Flows, Rights.Read).WithSummary("The flows, in their published versions");
        flows.MapGet("/{flow:id}", Get).Demands(Resource.Flows, Rights.Read).WithSummary("One flow with its definition");
        flows.MapPut("/{flow:id}", Put).Demands(Resource.Flows, Rights.Write).WithSummary("Publish a version; refused whole, with every fault, if anything in it is wrong");
        flows.MapDelete("/{flow:id}", Delete).Demands(Resource.Flows, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove a flow that serves no number");
    }

    private static async Task<Ok<Listed<FlowSummary>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<FlowSettings, FlowSummary>(caller.Tenant, paging, flow => new(flow.Flow, flow.Name, flow.Version), stop));

    private static Task<Results<Tagged<FlowAnswer>, ProblemHttpResult>> Get(Caller caller, FlowId flow, IConfigurationStore store, CancellationToken stop) =>
        store.Show<FlowSettings, FlowAnswer>(caller.Tenant, flow.Value, "flow", FlowAnswer.Of, stop);

    private static async Task<Results<Tagged<FlowAnswer>, ProblemHttpResult>> Put(Caller caller, FlowId flow, Form<FlowForm> form, [AsParameters] Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        var now = await store.Find<FlowSettings>(caller.Tenant, flow.Value, stop);
        var json = form.Value.Definition is { } definition ? definition.GetRawText() : now?.Json;
        if (json is null) return Problems.Invalid("definition", "is missing");
        var wanted = new FlowSettings(caller.Tenant, flow, form.Value.Name ?? now?.Name ?? flow.Value, json);
        return await store.Save(wanted, await Missing(caller.Tenant, json, store, studio, stop), caller, condition, FlowAnswer.Of, stop);
    }

    private static async Task<Items<Fault>> Missing(TenantId tenant, string json, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        if (!FlowJson.TryRead(json, out var definition, out _)) return []; // its own check tells the faults
        var missing = new List<Fault>();
        foreach (var (path, queue) in FlowQueues.Named(definition))
            if (await store.Find<QueueSettings>(tenant, queue.Value, stop) is null) missing.Add(new($"definition.{path}", "There is no such queue"));
        foreach (var node in definition.Nodes.OfType<HoursNode>())
            if (await store.Find<HoursSettings>(tenant, node.Hours, stop) is null) missing.Add(new($"definition.nodes.{node.Id}.hours", "There are no such opening hours"));
        foreach (var (path, prompt) in FlowPrompts.Named(definition))
            if (!await store.HasPrompt(tenant, prompt, studio, stop)) missing.Add(new($"definition.{path}", "There is no such prompt"));
        foreach (var node in definition.Nodes.OfType<TransferNode>())
            if (await WhyNot(tenant, node, store, stop) is { } fault) missing.Add(fault);
        return missing.ToItems();
    }

    /// <summary>Whether a number may be called is said when it is; here only what is not there.</summary>
    private static async Task<Fault?> WhyNot(TenantId tenant, TransferNode node, IConfigurationStore store, CancellationToken stop)
    {
        var path = $"definition.nodes.{node.Id}";
        if (node.To.Agent is { } agent && await store.Find<AgentSettings>(tenant, agent.Value, stop) is null) return new($"{path}.to.agent", "There is no such agent");
        if (node.To.Extension is { } extension && await store.Find<ExtensionSettings>(tenant, extension, stop) is null) return new($"{path}.to.extension", "There is no such extension");
        if (node.Shown is not { } shown) return null;
        return await store.FindNumber(shown, stop) is { } own && own.Tenant == tenant && own.MayCallOut ? null : new($"{path}.shown", "is not a number of yours that is marked as allowed to call out");
    }

    /// <summary>A published flow of the tenant that leads to the queue; null if there is none.</summary>
    public static Task<FlowId?> FirstWith(TenantId tenant, QueueId queue, IConfigurationStore store, CancellationToken stop) =>
        First(tenant, flow => FlowQueues.Of(flow).Contains(queue), store, stop);

    /// <summary>The first published flow of the tenant that is such a one; null if there is none.</summary>
    public static async Task<FlowId?> First(TenantId tenant, Func<FlowDefinition, bool> which, IConfigurationStore store, CancellationToken stop)
    {
        await foreach (var flow in store.All<FlowSettings>(tenant, stop))
            if (FlowJson.TryRead(flow.Json, out var definition, out _) && which(definition)) return flow.Flow;
        return null;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, FlowId flow, IConfigurationStore store, CancellationToken stop)
    {
        await foreach (var number in store.AllNumbersOf(caller.Tenant, stop))
            if (number.Flow == flow) return Problems.Of(RefusalCode.Conflict, "This flow serves a number");
        return await store.Remove<FlowSettings>(caller.Tenant, flow.Value, caller, stop);
    }
}

/// <param name="Definition">Start node and nodes, with the version of the form.</param>
internal sealed record FlowForm(string? Name, JsonElement? Definition);

internal sealed record FlowSummary(FlowId Id, string Name, long Version);

/// <param name="Version">A call keeps the version it began with.</param>
internal sealed record FlowAnswer(FlowId Id, string Name, long Version, JsonElement Definition)
{
    public static FlowAnswer Of(FlowSettings flow)
    {
        using var document = JsonDocument.Parse(flow.Json);
        return new(flow.Flow, flow.Name, flow.Version, document.RootElement.Clone());
    }
}
