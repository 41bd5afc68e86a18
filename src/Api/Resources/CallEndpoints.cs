using System.Globalization;

namespace CallCenter.Api.Resources;

/// <summary>Call records, and the timeline behind each.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder api)
    {
        var calls = api.Resource("/calls", "Calls");
        calls.MapGet("", List).Demands(Resource.Calls, Rights.Read).WithSummary("Calls, newest first");
        calls.MapGet("/{call:id}", Get).Demands(Resource.Calls, Rights.Read).WithSummary("One call record");
        calls.MapGet("/{call:id}/facts", Facts).Demands(Resource.Calls, Rights.Read).WithSummary("What happened in a call, in order");
    }

    private static async Task<Ok<Listed<CallRecord>>> List(Caller caller, [AsParameters] CallQuery query, [AsParameters] Paging paging, IReports reports, CancellationToken stop) =>
        TypedResults.Ok((await reports.Calls(caller.Tenant, query.Filter, paging.After, paging.Count, stop)).Seen(call => call.SeenBy(caller)));

    private static async Task<Results<Ok<CallRecord>, ProblemHttpResult>> Get(Caller caller, CallId call, IReports reports, CancellationToken stop) =>
        await reports.Call(caller.Tenant, call, stop) is { } found ? TypedResults.Ok(found.SeenBy(caller)) : Problems.NotFound("call");

    private static async Task<Results<Ok<Listed<Fact>>, ProblemHttpResult>> Facts(Caller caller, CallId call, IReports reports, CancellationToken stop) =>
        await reports.Facts(caller.Tenant, call, stop) is { } facts ? TypedResults.Ok(new Listed<Fact>(facts, null)) : Problems.NotFound("call");
}

/// <summary>Which calls are wanted; all texts here, so that every wrong one is named in the answer.</summary>
/// <param name="From">Started at or after (ISO 8601).</param>
/// <param name="To">Started before.</param>
/// <param name="Number">The caller's or the called number.</param>
internal readonly record struct CallQuery([FromQuery] string? From, [FromQuery] string? To, [FromQuery] string? Number, [FromQuery] string? Queue, [FromQuery] string? Agent) : IChecked
{
    private const int LongestNumber = 64;

    public CallFilter Filter => new(
        TryInstant(From, out var from) ? from : null, TryInstant(To, out var to) ? to : null, string.IsNullOrEmpty(Number) ? null : Number,
        QueueId.TryParse(Queue, null, out var queue) ? queue : null, AgentId.TryParse(Agent, null, out var agent) ? agent : null);

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (!string.IsNullOrEmpty(From) && !TryInstant(From, out _)) faults.Add(new("from", "is not an instant such as 2026-01-31T08:00:00Z"));
            if (!string.IsNullOrEmpty(To) && !TryInstant(To, out _)) faults.Add(new("to", "is not an instant such as 2026-01-31T08:00:00Z"));
            if (Number is { Length: > LongestNumber }) faults.Add(new("number", "is too long"));
            if (!string.IsNullOrEmpty(Queue) && !QueueId.TryParse(Queue, null, out _)) faults.Add(new("queue", "is not a queue id"));
            if (!string.IsNullOrEmpty(Agent) && !AgentId.TryParse(Agent, null, out _)) faults.Add(new("agent", "is not an agent id"));
            return faults.ToItems();
        }
    }

    private static bool TryInstant(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
