using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Operator;

/// <summary>How the operator's trunks are, as each edge sees them.</summary>
internal static class TrunkHealthEndpoints
{
    public static void MapTrunkHealth(this IEndpointRouteBuilder api) =>
        api.Resource("/operator/trunk-health", "Operator: trunks").MapGet("", List).Demands(Resource.Trunks, Rights.Read).WithSummary("How each trunk is, by edge: whether it answers, how fast, what goes over it, and what failed in the last ten minutes");

    private static async Task<Ok<Listed<TrunkHealthAnswer>>> List(IGrainFactory grains, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var seen = (await grains.Directory().Edges()).Where(edge => now - edge.At < EdgeAnswer.Silence);
        return TypedResults.Ok(new Listed<TrunkHealthAnswer>(seen.SelectMany(edge => edge.Trunks.Select(trunk => TrunkHealthAnswer.Of(edge.Id, trunk))).OrderBy(one => (one.Trunk, one.Edge)).ToItems(), null));
    }
}

/// <param name="State">unasked, up or down.</param>
/// <param name="AnsweredAt">When it last answered.</param>
/// <param name="RoundTripMs">Of its last answer; null if it never answered.</param>
/// <param name="Status">What it last said; 408 where it said nothing; null if it was not asked.</param>
/// <param name="Calls">Legs that go over it at this edge.</param>
/// <param name="Failures">Calls out that reached nobody, within the last ten minutes, by cause.</param>
internal sealed record TrunkHealthAnswer(string Trunk, string Edge, TrunkState State, DateTimeOffset? AnsweredAt, int? RoundTripMs, int? Status, int Calls, Items<TrunkFailureAnswer> Failures)
{
    public static TrunkHealthAnswer Of(EdgeId edge, TrunkReport trunk) => new(
        trunk.Trunk, edge.Value, trunk.State, trunk.AnsweredAt, trunk.AnsweredAt is null ? null : trunk.RoundTripMs, trunk.State == TrunkState.Unasked ? null : trunk.Status, trunk.Calls,
        trunk.Failures.Select(failure => new TrunkFailureAnswer(failure.Why, failure.Status, failure.Count)).ToItems());
}

internal sealed record TrunkFailureAnswer(LegFailure Why, int Status, int Count);
