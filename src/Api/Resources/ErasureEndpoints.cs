using CallCenter.Domain.Customers;

namespace CallCenter.Api.Resources;

/// <summary>Erasing people: what a person may demand of the tenant.</summary>
internal static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder api)
    {
        var erasures = api.Resource("/erasures", "Erasures");
        erasures.MapPost("", Erase).Demands(Resource.Erasures, Rights.Write)
            .WithSummary("Erase a person for good: a customer or a number with all its calls, or one call, with their recordings and summaries; records and reports keep their counts. Calls under goingOn are not over yet: ask again then");
    }

    private static async Task<Results<Ok<Erased>, ProblemHttpResult>> Erase(Caller caller, Form<ErasureForm> form, IErasure erasure, CancellationToken stop)
    {
        var input = form.Value;
        if (Check(input) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (input.Number is { } number) return TypedResults.Ok(await erasure.Number(caller.Tenant, number, caller.Author, stop));
        if (input.Customer is { } customer) return await erasure.Customer(caller.Tenant, customer, caller.Author, stop) is { } person ? TypedResults.Ok(person) : Problems.NotFound("customer");
        return CallId.TryParse(input.Call, null, out var call) && await erasure.Call(caller.Tenant, call, caller.Author, stop) is { } erased
            ? TypedResults.Ok(erased)
            : Problems.NotFound("call");
    }

    private static Items<Fault> Check(ErasureForm input)
    {
        var named = (input.Number is null ? 0 : 1) + (input.Customer is null ? 0 : 1) + (input.Call is null ? 0 : 1);
        if (named != 1) return [new Fault("number", "one of number, customer and call must be given")];
        return input.Number is { Length: 0 or > 64 } ? [new Fault("number", "must have 1–64 characters")] : [];
    }
}

/// <param name="Number">Canonical or as dialled: everybody's calls from and to it; if it is a customer's, that customer.</param>
/// <param name="Call">One call's id.</param>
/// <param name="Customer">A customer with its record, and all calls of its numbers.</param>
internal sealed record ErasureForm(string? Number, string? Call, CustomerId? Customer);
