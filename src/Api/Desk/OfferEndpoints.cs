using CallCenter.Api.Resources;

namespace CallCenter.Api.Desk;

/// <summary>What an agent says to an offer where its station cannot say so by itself.</summary>
internal static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder api)
    {
        var offers = api.Resource("/me/offers/{call:id}/{epoch:long}", "Desk");
        Map(offers, "/shown", "The offer stands on the screen: it rings", (at, by, epoch) => new ShowOffer(at, by, null, epoch));
        Map(offers, "/answer", "Take the call", (at, by, epoch) => new AnswerOffer(at, by, null, epoch));
        Map(offers, "/reject", "Let another have it", (at, by, epoch) => new RejectOffer(at, by, null, epoch));
    }

    private static void Map(RouteGroupBuilder offers, string path, string summary, Func<DateTimeOffset, Asker, long, OfferCommand> make) =>
        offers.MapPost(path, (Caller caller, CallId call, long epoch, IConfigurationStore store, IGrainFactory grains, TimeProvider clock, CancellationToken stop) =>
            Tell(caller, call, agent => make(clock.GetUtcNow(), new(agent, Leads: false), epoch), store, grains, stop))
            .Demands(Resource.Station, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary(summary);

    private static async Task<Results<NoContent, ProblemHttpResult>> Tell(Caller caller, CallId call, Func<AgentId, OfferCommand> make, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await store.SelfOf(caller, stop) is not { } own) return Problems.Of(RefusalCode.NotFound, "Nobody who signs in as this user is an agent");
        return await grains.Call(caller.Tenant, call).Ask(make(own)) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }
}
