using CallCenter.Api.Resources;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;

namespace CallCenter.Api.Customers;

/// <summary>The customer of a call: who has a part in it sees and makes the record without seeing the number.</summary>
internal static class CallCustomerEndpoints
{
    public static void MapCallCustomers(this IEndpointRouteBuilder api)
    {
        var calls = api.Resource("/calls/{call:id}/customer", "Customers");
        calls.MapGet("", Get).Demands(Resource.Customers, Rights.Read).WithSummary("Who calls, or was called, and what they had to do with the firm so far");
        calls.MapPost("", Post).Demands(Resource.Customers, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Make a customer that has the number of this call");
        calls.MapPut("", Put).Demands(Resource.Customers, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Give the number of this call to a customer who is there already");
    }

    private static async Task<Results<Ok<CallCustomer>, ProblemHttpResult>> Get(Caller caller, CallId call, ICustomerBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is not { } record) return Problems.NotFound("call");
        if (record.Customer() is not { } number) return TypedResults.Ok(new CallCustomer(null, null, 0, null, null));
        var customer = await book.Find(caller.Tenant, number, stop);
        var past = await reports.Contacts(caller.Tenant, customer?.Numbers ?? [number], stop);
        return TypedResults.Ok(new CallCustomer(customer is null ? null : CustomerAnswer.Of(customer, caller), caller.SeesNumbers ? number : NumberMask.Of(number), past.Calls, past.Last, past.LastAgent));
    }

    private static async Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Post(Caller caller, CallId call, Form<CustomerForm> form, ICustomerBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, TimeProvider time, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is not { } record) return Problems.NotFound("call");
        if (record.Customer() is not { } number) return NoNumber();
        return await book.Save(form.Value.Over(Customer.New(caller.Tenant, CustomerId.New(time.GetUtcNow()))) with { Numbers = [number] }, 0, caller, stop);
    }

    private static async Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Put(Caller caller, CallId call, Form<CallCustomerForm> form, ICustomerBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is not { } record) return Problems.NotFound("call");
        if (form.Value.Customer is not { } id || await book.Find(caller.Tenant, id, stop) is not { } customer) return Problems.Invalid("customer", "There is no such customer");
        if (record.Customer() is not { } number) return NoNumber();
        return await book.Save(customer with { Numbers = customer.Numbers.Add(number) }, customer.Version, caller, stop);
    }

    private static ProblemHttpResult NoNumber() => Problems.Of(RefusalCode.Conflict, "The number of this call is withheld or erased");

    /// <summary>The call, if the caller sees it: who sees the own ones only has a part in it, had one, or is rung for it.</summary>
    public static async Task<CallRecord?> SeenCall(this IReports reports, Caller caller, CallId call, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await reports.Call(caller.Tenant, call, stop) is not { } record || caller.Led?.Has(record) == false) return null;
        if (!RightsTable.OnlyOwn(caller.Role, Resource.Calls)) return record;
        if (await store.SelfOf(caller, stop) is not { } self) return null;
        if (record.Agents.Contains(self)) return record;
        return await grains.Call(caller.Tenant, call).Look() is { } live && live.Legs.Any(leg => leg.Agent == self) ? record : null;
    }
}

internal sealed record CallCustomerForm(CustomerId? Customer);

/// <param name="Customer">Null: the number is nobody's yet.</param>
/// <param name="Number">Null if it is withheld or erased.</param>
/// <param name="Calls">How many there are with all its numbers, this one included.</param>
/// <param name="Last">When the last call that is over began.</param>
/// <param name="LastAgent">Who talked with it last.</param>
internal sealed record CallCustomer(CustomerAnswer? Customer, string? Number, int Calls, DateTimeOffset? Last, AgentId? LastAgent);
