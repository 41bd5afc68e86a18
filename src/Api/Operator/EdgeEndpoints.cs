using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Operator;

/// <summary>The operator's edges: how each is, and whether it takes new calls.</summary>
internal static class EdgeEndpoints
{
    public static void MapOperatorEdges(this IEndpointRouteBuilder api)
    {
        var edges = api.Resource("/operator/edges", "Operator: edges");
        edges.MapGet("", List).Demands(Resource.Edges, Rights.Read).WithSummary("The edges that are known, with what they last said of themselves");
        edges.MapPost("/{edge:id}/drain", Drain).Demands(Resource.Edges, Rights.Write).WithSummary("Have an edge take no new calls, or take them again; live calls go on");
    }

    private static async Task<Ok<Listed<EdgeAnswer>>> List([AsParameters] Paging paging, IGrainFactory grains, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var known = (await grains.Directory().Edges()).Where(edge => paging.After is null || string.CompareOrdinal(edge.Id.Value, paging.After) > 0).OrderBy(edge => edge.Id.Value, StringComparer.Ordinal).Select(edge => EdgeAnswer.Of(edge, now)).ToList();
        return TypedResults.Ok(new Listed<EdgeAnswer>(known.Take(paging.Count).ToItems(), known.Count > paging.Count ? known[paging.Count - 1].Id : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Drain(string edge, Form<DrainForm> form, IGrainFactory grains)
    {
        if (form.Value.Draining is not { } draining) return Problems.Invalid("draining", "is missing");
        return EdgeId.TryParse(edge, null, out var id) && await grains.Edge(id).Drain(draining) ? TypedResults.NoContent() : Problems.NotFound("edge that answers");
    }
}

/// <param name="Draining">False: it takes new calls again.</param>
internal sealed record DrainForm(bool? Draining);

/// <param name="Sip">Where it is reached.</param>
/// <param name="Calls">With a live leg there.</param>
/// <param name="Legs">Open media legs.</param>
/// <param name="SeenAt">When it said so; it speaks every 10 s.</param>
/// <param name="Alive">It was heard of lately.</param>
internal sealed record EdgeAnswer(string Id, string Sip, DateTimeOffset StartedAt, int Calls, int Legs, bool Draining, DateTimeOffset SeenAt, bool Alive)
{
    /// <summary>Three of its words and a little.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    public static EdgeAnswer Of(EdgeReport edge, DateTimeOffset now) => new(edge.Id.Value, edge.Sip, edge.StartedAt, edge.Calls, edge.Legs, edge.Draining, edge.At, now - edge.At < Silence);
}
