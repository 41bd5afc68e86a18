using System.Globalization;
using CallCenter.Api.Summaries;
using CallCenter.Contracts.Access;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;

namespace CallCenter.Api.Customers;

/// <summary>All that is kept about a person, for the person.</summary>
/// <param name="Calls">Newest first.</param>
internal sealed record PersonDocument(DateTimeOffset At, CustomerAnswer Customer, Items<PersonCall> Calls)
{
    public static async Task<Results<Ok<PersonDocument>, ProblemHttpResult>> Export(
        HttpContext http, Caller caller, CustomerId customer, ICustomerBook book, ISummaryBook summaries, IReports reports, IConfigurationStore store, IAuditLog audit, TimeProvider time, CancellationToken stop)
    {
        if (await book.Find(caller.Tenant, customer, stop) is not { } found) return Problems.NotFound("customer");
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.Exported, customer.Value, "person"), stop);
        var calls = new List<PersonCall>();
        string? cursor = null;
        do
        {
            if (found.Numbers.IsEmpty) break;
            var page = await reports.Calls(caller.Tenant, CustomerEndpoints.CallsOf(found), cursor, Paging.Most, stop);
            for (var i = 0; i < page.Items.Count; i++) calls.Add(new(page.Items[i].SeenBy(caller), await SummaryAnswers.Of(await summaries.Of(caller.Tenant, page.Items[i].Id, stop), store, stop)));
            cursor = page.Next;
        }
        while (cursor is not null);
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"person-{customer}.json\"");
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(new PersonDocument(time.GetUtcNow(), CustomerAnswer.Of(found, caller), calls.ToItems()));
    }
}

internal sealed record PersonCall(CallRecord Call, Items<SummaryAnswer> Summaries);
