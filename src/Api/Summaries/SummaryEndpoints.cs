using CallCenter.Api.Customers;
using CallCenter.Api.Resources;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Summaries;

/// <summary>What agents write down of calls: a draft is saved as it grows, so that nothing is lost with a page, a machine or this program.</summary>
internal static class SummaryEndpoints
{
    private const int MissingDays = 7;

    public static void MapSummaries(this IEndpointRouteBuilder api)
    {
        var calls = api.Resource("/calls/{call:id}", "Summaries");
        calls.MapGet("/summary", Get).Demands(Resource.Summaries, Rights.ReadOwn).WithSummary("The own summary of a call; as long as there is none, what another agent of the call has written so far");
        calls.MapPut("/summary", Put).Demands(Resource.Summaries, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Save the own summary; a member left out keeps its value. A final one must have what its call type demands, and ends the after-call work of this call");
        calls.MapGet("/summaries", List).Demands(Resource.Summaries, Rights.ReadOwn).WithSummary("What every agent of a call has written, the newest first");
        api.Resource("/me/summaries/missing", "Summaries").MapGet("", Missing).Demands(Resource.Summaries, Rights.ReadOwn).WithSummary($"Own calls of the last {MissingDays} days of which nobody has made a final summary yet");
    }

    private static async Task<Results<Ok<SummaryAnswer>, ProblemHttpResult>> Get(Caller caller, CallId call, ISummaryBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is null) return Problems.NotFound("call");
        var all = await book.Of(caller.Tenant, call, stop);
        var self = await store.SelfOf(caller, stop);
        var found = all.FirstOrDefault(summary => summary.Agent == self) ?? all.FirstOrDefault(summary => summary.Final) ?? all.FirstOrDefault();
        if (found is null) return TypedResults.Ok(SummaryAnswer.Nothing(call, self, (await store.CallTypesOf(caller.Tenant, stop)).Version));
        var answer = await SummaryAnswers.Of(found, store, stop);
        return TypedResults.Ok(self is null || found.Agent == self ? answer : answer with { Agent = self, From = found.Agent, Final = false });
    }

    private static async Task<Results<Ok<Listed<SummaryAnswer>>, ProblemHttpResult>> List(Caller caller, CallId call, ISummaryBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop) =>
        await reports.SeenCall(caller, call, store, grains, stop) is null
            ? Problems.NotFound("call")
            : TypedResults.Ok(new Listed<SummaryAnswer>(await SummaryAnswers.Of(await book.Of(caller.Tenant, call, stop), store, stop), null));

    private static async Task<Results<Ok<SummaryAnswer>, ProblemHttpResult>> Put(Caller caller, CallId call, Form<SummaryForm> form, ISummaryBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, TimeProvider time, CancellationToken stop)
    {
        if (await reports.SeenCall(caller, call, store, grains, stop) is null) return Problems.NotFound("call");
        if (await store.SelfOf(caller, stop) is not { } self) return Problems.Of(RefusalCode.Conflict, "Nobody who signs in as this user is an agent");
        var now = (await book.Of(caller.Tenant, call, stop)).FirstOrDefault(summary => summary.Agent == self) ?? Summary.New(caller.Tenant, call, self);
        var present = await store.CallTypesOf(caller.Tenant, stop);
        var wanted = form.Value.Over(now, form) with { At = time.GetUtcNow() };
        if (!form.Has("typesVersion")) wanted = wanted with { TypesVersion = now.Version == 0 ? present.Version : now.TypesVersion };
        if (await store.CallTypesOf(present, wanted.TypesVersion, stop) is not { } types) return Problems.Invalid("typesVersion", "There is no such version of the call types");
        if (wanted.Check(types) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var written = await book.Put(wanted, stop);
        if (written.Setting is not { } stored) return SettingAnswers.Refused(written.Refusal);
        if (stored.Final) await grains.Agent(AgentRef.Of(caller.Tenant, self)).EndAfterCall(call);
        return TypedResults.Ok(SummaryAnswer.Of(stored, types));
    }

    private static async Task<Ok<MissingSummaries>> Missing(Caller caller, ISummaryBook book, IReports reports, IConfigurationStore store, TimeProvider time, CancellationToken stop)
    {
        if (await store.SelfOf(caller, stop) is not { } self || (await store.CallTypesOf(caller.Tenant, stop)).Types.IsEmpty) return TypedResults.Ok(new MissingSummaries(0, []));
        var filter = new CallFilter(time.GetUtcNow().AddDays(-MissingDays), null, null, null, self);
        var calls = (await reports.Calls(caller.Tenant, filter, null, Paging.Most, stop)).Items.Without(call => call.EndedAt is null || call.Direction == "internal");
        var done = (await book.Summarized(caller.Tenant, calls.Select(call => call.Id).ToItems(), stop)).ToHashSet();
        var missing = calls.Without(call => done.Contains(call.Id));
        return TypedResults.Ok(new MissingSummaries(missing.Count, missing.Select(call => call.SeenBy(caller)).ToItems()));
    }
}

/// <param name="TypesVersion">The version of the call types that the page showed; left out = the one in force, or that of the draft.</param>
/// <param name="Final">True: this is the summary; false or left out: a draft.</param>
internal sealed record SummaryForm(string? CallType, string? Result, string? Note, Items<SummaryEntry>? Fields, long? TypesVersion, bool? Final)
{
    public Summary Over(Summary now, Form<SummaryForm> form) => now with
    {
        CallType = form.Has("callType") ? Text(CallType) : now.CallType,
        Result = form.Has("result") ? Text(Result) : now.Result,
        Note = Note ?? now.Note,
        Fields = Fields is { } given ? given.Without(entry => string.IsNullOrEmpty(entry.Value)) : now.Fields,
        TypesVersion = TypesVersion ?? now.TypesVersion,
        Final = Final == true,
    };

    /// <summary>An empty choice of a form is none.</summary>
    private static string? Text(string? given) => string.IsNullOrEmpty(given) ? null : given;
}

/// <param name="Calls">200 at the most, the newest first.</param>
internal sealed record MissingSummaries(int Count, Items<CallRecord> Calls);
