using System.Globalization;
using System.Runtime.CompilerServices;
using CallCenter.Api.Tables;
using CallCenter.Contracts.Access;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;

namespace CallCenter.Api.Customers;

/// <summary>Many customers at once. A table is taken whole or refused whole, with every fault by row and column.</summary>
internal static class CustomerImport
{
    public const string Id = "id", Name = "name", Level = "level", Numbers = "numbers", Note = "note";

    /// <summary>Before the name of a field of the firm's own.</summary>
    public const string OwnField = "field.";

    private static readonly ImportTable Table = new([Name, Numbers], [Id, Level, Note]);

    public static void MapCustomerImport(this IEndpointRouteBuilder customers) =>
        customers.MapPost("/import", Import).Demands(Resource.CustomerTables, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Make or change customers by a CSV table with the columns name and numbers (with ; between), and perhaps id, level (normal, silver, gold, diamond), note, and field.X for fields of the firm's own. Without an id a row means who has one of its numbers, else somebody new");

    public static void MapCustomerTables(this IEndpointRouteBuilder api)
    {
        api.Resource("/exports/customers", "Tables").MapGet("", Export).Demands(Resource.CustomerTables, Rights.Read).Produces(StatusCodes.Status200OK, contentType: CsvAnswer.MediaType)
            .WithSummary("All customers as a CSV table that can be imported again");
        api.Resource("/templates/customers", "Tables").MapGet("", Template).Demands(Resource.CustomerTables, Rights.Write).Produces(StatusCodes.Status200OK, contentType: CsvAnswer.MediaType)
            .WithSummary("The table of customers to fill in, with an example");
    }

    private static async Task<Results<Ok<Imported>, ProblemHttpResult>> Import(Caller caller, [AsParameters] ImportMode mode, CsvBody table, ICustomerBook book, TimeProvider time, CancellationToken stop)
    {
        var own = table.Columns.Where(column => column.StartsWith(OwnField, StringComparison.Ordinal) && column.Length > OwnField.Length).ToItems();
        var faults = (Table with { Allowed = Table.Allowed.AddRange(own) }).Faults(table, out var readable);
        var known = new List<Customer>();
        await foreach (var customer in book.All(caller.Tenant, stop)) known.Add(customer);
        var rows = new CustomerRows(caller.Tenant, known, own, time, faults);
        if (readable) rows.Take(table.Lines);
        if (faults.Count > 0) return Problems.Invalid(faults.ToItems());
        if (!mode.ChecksOnly && rows.Changed is { Count: > 0 } changed && await book.PutMany(caller.Tenant, changed, caller.Author, stop) is { } refusal) return refusal.ToProblem();
        return TypedResults.Ok(rows.Outcome);
    }

    private static async Task<IResult> Export(Caller caller, ICustomerBook book, IAuditLog audit, TimeProvider time, CancellationToken stop)
    {
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.Exported, "customers"), stop);
        var own = new SortedSet<string>(StringComparer.Ordinal); // a first look tells which columns there are
        await foreach (var customer in book.All(caller.Tenant, stop)) own.UnionWith(customer.Fields.Select(field => field.Name));
        return new CsvAnswer(string.Create(CultureInfo.InvariantCulture, $"customers-{time.GetUtcNow():yyyy-MM-dd}.csv"), [Id, Name, Level, Numbers, Note, .. own.Select(name => OwnField + name)], Rows(caller, own, book, stop));
    }

    private static async IAsyncEnumerable<string[]> Rows(Caller caller, SortedSet<string> own, ICustomerBook book, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var customer in book.All(caller.Tenant, stop))
        {
            var shown = CustomerAnswer.Of(customer, caller);
            yield return [shown.Id.Value, shown.Name, Names.Of(shown.Level), string.Join(CustomerRows.Between, shown.Numbers), shown.Note, .. own.Select(name => shown.Fields.FirstOrDefault(field => field.Name == name).Value ?? "")];
        }
    }

    private static CsvAnswer Template() =>
        new("customers.csv", [.. Table.Columns, OwnField + "城市"], new[] { new[] { "李雷", "13800138000;010-12345678", "c-1001", "gold", "喜欢下午来电", "上海" } }.ToAsyncEnumerable());
}
