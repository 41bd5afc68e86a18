using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;

namespace CallCenter.Api.Customers;

/// <summary>The firm's customers: found by name or number, with what they had to do with the firm so far.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.Resource("/customers", "Customers");
        customers.MapGet("", List).Demands(Resource.Customers, Rights.Read).WithSummary("The customers; search finds those whose name holds it, or whose whole number it is");
        customers.MapPost("", Post).Demands(Resource.Customers, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Make a customer with an id of ours");
        customers.MapGet("/{customer:id}", Get).Demands(Resource.Customers, Rights.Read).WithSummary("One customer");
        customers.MapPut("/{customer:id}", Put).Demands(Resource.Customers, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Make or change a customer; a member left out keeps its value, and a number sent as it is masked stays");
        customers.MapDelete("/{customer:id}", Delete).Demands(Resource.CustomerTables, Rights.Write).WithSummary("Remove a customer's record; calls stay. To erase a person with its calls, see erasures");
        customers.MapGet("/{customer:id}/history", History).Demands(Resource.Customers, Rights.Read).WithSummary("A customer's calls by all its numbers, newest first");
        customers.MapGet("/{customer:id}/person", PersonDocument.Export).Demands(Resource.Erasures, Rights.Read).WithSummary("All that is kept about a person, as one document: record, calls, summaries, names of recordings");
        customers.MapCustomerImport();
    }

    private static async Task<Ok<Listed<CustomerAnswer>>> List(Caller caller, [AsParameters] Paging paging, [AsParameters] Sought sought, ICustomerBook book, CancellationToken stop) =>
        TypedResults.Ok((await book.List(caller.Tenant, sought.Text, paging.After, paging.Count, stop)).Seen(customer => CustomerAnswer.Of(customer, caller)));

    private static async Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Get(Caller caller, CustomerId customer, ICustomerBook book, CancellationToken stop) =>
        await book.Find(caller.Tenant, customer, stop) is { } found ? new Tagged<CustomerAnswer>(CustomerAnswer.Of(found, caller), found.Version) : Problems.NotFound("customer");

    private static Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Post(Caller caller, Form<CustomerForm> form, ICustomerBook book, TimeProvider time, CancellationToken stop) =>
        book.Save(form.Value.Over(Customer.New(caller.Tenant, CustomerId.New(time.GetUtcNow()))), 0, caller, stop);

    private static async Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Put(Caller caller, CustomerId customer, Form<CustomerForm> form, [AsParameters] Precondition condition, ICustomerBook book, CancellationToken stop)
    {
        var now = await book.Find(caller.Tenant, customer, stop) ?? Customer.New(caller.Tenant, customer);
        return await book.Save(form.Value.Over(now), condition.Expected, caller, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, CustomerId customer, ICustomerBook book, CancellationToken stop) =>
        await book.Delete(caller.Tenant, customer, caller.Author, stop) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<Results<Ok<Listed<CallRecord>>, ProblemHttpResult>> History(Caller caller, CustomerId customer, [AsParameters] Paging paging, ICustomerBook book, IReports reports, CancellationToken stop)
    {
        if (await book.Find(caller.Tenant, customer, stop) is not { } found) return Problems.NotFound("customer");
        if (found.Numbers.IsEmpty) return TypedResults.Ok(new Listed<CallRecord>([], null));
        return TypedResults.Ok((await reports.Calls(caller.Tenant, CallsOf(found) with { Scope = caller.Led?.Scope }, paging.After, paging.Count, stop)).Seen(call => call.SeenBy(caller)));
    }

    public static CallFilter CallsOf(Customer customer) => new(null, null, null, null, null) { Customers = customer.Numbers };

    /// <summary>Checks a customer and writes it.</summary>
    public static async Task<Results<Tagged<CustomerAnswer>, ProblemHttpResult>> Save(this ICustomerBook book, Customer customer, long? expected, Caller caller, CancellationToken stop)
    {
        if (customer.Check() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var written = await book.Put(customer, caller.Author, expected, stop);
        return written.Setting is { } stored ? new Tagged<CustomerAnswer>(CustomerAnswer.Of(stored, caller), stored.Version, isNew: stored.Version == 1) : SettingAnswers.Refused(written.Refusal);
    }
}

/// <param name="Numbers">As people write them; one that is sent as it was shown masked stays what it is.</param>
internal sealed record CustomerForm(string? Name, CustomerLevel? Level, Items<string>? Numbers, string? Note, Items<CustomerField>? Fields)
{
    public Customer Over(Customer now) => now with
    {
        Name = Name ?? now.Name,
        Level = Level ?? now.Level,
        Numbers = Numbers is { } given ? Unmasked(given, now.Numbers) : now.Numbers,
        Note = Note ?? now.Note,
        Fields = Fields ?? now.Fields,
    };

    /// <summary>What stands behind the masks. Two numbers with one mask keep their order.</summary>
    public static Items<string> Unmasked(Items<string> given, Items<string> now)
    {
        var left = now.ToList();
        return given.Select(number =>
        {
            var meant = number is null ? -1 : left.FindIndex(known => NumberMask.Of(known) == number);
            if (meant < 0) return number!;
            var plain = left[meant];
            left.RemoveAt(meant);
            return plain;
        }).ToItems();
    }
}

internal sealed record CustomerAnswer(CustomerId Id, string Name, CustomerLevel Level, Items<string> Numbers, string Note, Items<CustomerField> Fields)
{
    public static CustomerAnswer Of(Customer customer, Caller caller) =>
        new(customer.Id, customer.Name, customer.Level, caller.SeesNumbers ? customer.Numbers : customer.Numbers.Select(number => NumberMask.Of(number)!).ToItems(), customer.Note, customer.Fields);
}
