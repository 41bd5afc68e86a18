using System.Globalization;
using CallCenter.Domain.Calls.Quality;

namespace CallCenter.Api.Resources;

/// <summary>Call records, and the timeline behind each.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder api)
    {
        var calls = api.Resource("/calls", "Calls");
        calls.MapGet("", List).Demands(Resource.Calls, Rights.ReadOwn).WithSummary("Calls, newest first; an agent sees those it had a part in");
        calls.MapGet("/{call:id}", Get).Demands(Resource.Calls, Rights.ReadOwn).WithSummary("One call record");
        calls.MapGet("/{call:id}/facts", Facts).Demands(Resource.Calls, Rights.Read).WithSummary("What happened in a call, in order");
        calls.MapGet("/{call:id}/signalling", Signalling).Demands(Resource.Calls, Rights.Read).WithSummary("The SIP messages of each leg of a call that is over, without headers and bodies; nothing where the edge keeps none");
    }

    private static async Task<Ok<Listed<CallRecord>>> List(Caller caller, [AsParameters] CallQuery query, [AsParameters] Paging paging, IReports reports, IConfigurationStore store, CancellationToken stop)
    {
        var filter = query.Filter with { Scope = caller.Led?.Scope };
        if (RightsTable.OnlyOwn(caller.Role, Resource.Calls))
        {
            var own = await store.SelfOf(caller, stop);
            if (own is null || (filter.Agent is { } asked && asked != own)) return TypedResults.Ok(new Listed<CallRecord>([], null));
            filter = filter with { Agent = own };
        }
        return TypedResults.Ok((await reports.Calls(caller.Tenant, filter, paging.After, paging.Count, stop)).Seen(call => call.SeenBy(caller)));
    }

    private static async Task<Results<Ok<CallRecord>, ProblemHttpResult>> Get(Caller caller, CallId call, IReports reports, IConfigurationStore store, CancellationToken stop) =>
        await reports.Find(caller, call, store, stop) is { } found ? TypedResults.Ok(found.SeenBy(caller)) : Problems.NotFound("call");

    /// <summary>The call, if there is one that the caller may see: all, those of the own teams, or those in which it had a part.</summary>
    public static async Task<CallRecord?> Find(this IReports reports, Caller caller, CallId call, IConfigurationStore store, CancellationToken stop)
    {
        if (await reports.Call(caller.Tenant, call, stop) is not { } found || caller.Led?.Has(found) == false) return null;
        return !RightsTable.OnlyOwn(caller.Role, Resource.Calls) || (await store.SelfOf(caller, stop) is { } self && found.Agents.Contains(self)) ? found : null;
    }

    private static async Task<Results<Ok<Listed<Fact>>, ProblemHttpResult>> Facts(Caller caller, CallId call, IReports reports, IConfigurationStore store, CancellationToken stop) =>
        await Timeline(caller, call, reports, store, stop) is { } facts ? TypedResults.Ok(new Listed<Fact>(facts, null)) : Problems.NotFound("call");

    /// <summary>A team leader's call must be looked at first; its record may be a moment younger than its facts.</summary>
    private static async Task<Items<Fact>?> Timeline(Caller caller, CallId call, IReports reports, IConfigurationStore store, CancellationToken stop) =>
        caller.Led is null || await reports.Find(caller, call, store, stop) is not null ? await reports.Facts(caller.Tenant, call, stop) : null;

    private static async Task<Results<Ok<Listed<SignalledLeg>>, ProblemHttpResult>> Signalling(Caller caller, CallId call, IReports reports, IConfigurationStore store, CancellationToken stop)
    {
        if (await Timeline(caller, call, reports, store, stop) is not { } facts) return Problems.NotFound("call");
        var legs = facts.OfType<LegEnded>().Where(ended => ended.Signalling is not null).Select(ended => SignalledLeg.Of(ended.Leg, ended.Signalling!)).OrderBy(leg => leg.Since).ToItems();
        return TypedResults.Ok(new Listed<SignalledLeg>(legs, null));
    }
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

/// <summary>The SIP messages of a leg.</summary>
/// <param name="Peer">Transport and masked address.</param>
/// <param name="More">Messages that were too many to be kept.</param>
internal sealed record SignalledLeg(LegId Leg, string Peer, DateTimeOffset Since, Items<SignallingStep> Steps, int More)
{
    public static SignalledLeg Of(LegId leg, LegSignalling kept) => new(leg, kept.Peer, kept.Since, kept.Read(), kept.More);
}
