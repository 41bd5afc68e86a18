using CallCenter.Api.Resources;

namespace CallCenter.Api.WebCalls;

/// <summary>Which of the tenant's numbers visitors of web pages may call, and what such a visitor brought along.</summary>
internal static class WebCallEndpoints
{
    public static void MapWebCalls(this IEndpointRouteBuilder api)
    {
        var numbers = api.Resource("/numbers/{number}/webcall", "Numbers");
        numbers.MapGet("", Get).Demands(Resource.Numbers, Rights.Read).WithSummary("Whether and how visitors of web pages may call a number");
        numbers.MapPut("", Put).Demands(Resource.Numbers, Rights.Write).WithSummary("Let visitors of web pages call a number, or no more; a member left out keeps its value. The consent's version rises with its text");
        api.Resource("/calls/{call:id}/visit", "Calls").MapGet("", Visit).Demands(Resource.Calls, Rights.ReadOwn).WithSummary("By which page the caller came, and what it sent along; an agent sees it of calls that ring for it or that it had a part in");
        api.MapVisitors();
    }

    private static async Task<Results<Tagged<WebCallAnswer>, ProblemHttpResult>> Get(Caller caller, string number, IConfigurationStore store, CancellationToken stop) =>
        await Find(caller.Tenant, number, store, stop) is { } found ? new Tagged<WebCallAnswer>(WebCallAnswer.Of(found), found.Version) : Problems.NotFound("number");

    private static async Task<Results<Tagged<WebCallAnswer>, ProblemHttpResult>> Put(Caller caller, string number, Form<WebCallSettingsForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop) =>
        await Find(caller.Tenant, number, store, stop) is { } now ? await store.Save(form.Value.Over(now, form), [], caller, condition, WebCallAnswer.Of, stop) : Problems.NotFound("number");

    private static async Task<WebCallSettings?> Find(TenantId tenant, string number, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.FindNumber(number, stop) is not { } found || found.Tenant != tenant) return null;
        return await store.Find<WebCallSettings>(tenant, found.Id, stop) ?? WebCallSettings.Off(tenant, found.Id);
    }

    private static async Task<Results<Ok<VisitorSeen>, ProblemHttpResult>> Visit(Caller caller, CallId call, IReports reports, IPersonal personal, IConfigurationStore store, CancellationToken stop)
    {
        if (await reports.Facts(caller.Tenant, call, stop) is not { } facts || facts.OfType<CameByWeb>().FirstOrDefault() is not { } came) return Problems.NotFound("call of a visitor");
        if (caller.Led is not null && await reports.Find(caller, call, store, stop) is null) return Problems.NotFound("call of a visitor");
        if (RightsTable.OnlyOwn(caller.Role, Resource.Calls) && !(await store.SelfOf(caller, stop) is { } self && Concerns(facts, self))) return Problems.NotFound("call of a visitor");
        foreach (var value in await personal.Read(Subject.Call(caller.Tenant, call), stop))
            if (value is { Field: PersonalFields.Visit, Value.Length: > 0 }) return TypedResults.Ok(VisitorSeen.Of(came, VisitorData.Read(value.Value), caller));
        return TypedResults.Ok(VisitorSeen.Of(came, [], caller));
    }

    /// <summary>The agent talked in it, or its phone rings for it now.</summary>
    private static bool Concerns(Items<Fact> facts, AgentId agent)
    {
        var rings = false;
        foreach (var fact in facts)
            switch (fact)
            {
                case AgentJoined joined when joined.Agent == agent: return true;
                case OfferStarted offer when offer.Agent == agent: rings = true; break;
                case OfferEnded ended when ended.Agent == agent: rings = false; break;
                case CallEnded: rings = false; break;
            }
        return rings;
    }
}

/// <param name="Enabled">Visitors may call.</param>
/// <param name="Origins">Whose pages may carry the button, such as https://www.example.com; the tenant's own always may.</param>
/// <param name="Consent">What a visitor agrees to before the call; null or empty = nothing.</param>
/// <param name="Limit">Web calls to the number at the same time.</param>
/// <param name="PerAddress">The same of one network address.</param>
internal sealed record WebCallSettingsForm(bool? Enabled, Items<string>? Origins, string? Consent, int? Limit, int? PerAddress)
{
    public WebCallSettings Over(WebCallSettings now, Form<WebCallSettingsForm> form)
    {
        var consent = form.Has("consent") ? string.IsNullOrEmpty(Consent) ? null : Consent : now.Consent;
        return now with
        {
            Enabled = Enabled ?? now.Enabled,
            Origins = Origins is { } origins ? origins.Select(typed => WebOrigin.TryParse(typed, out var written) ? written : typed).ToItems() : now.Origins,
            Consent = consent,
            ConsentVersion = consent == now.Consent ? now.ConsentVersion : now.ConsentVersion + 1,
            Limit = Limit ?? now.Limit,
            PerAddress = PerAddress ?? now.PerAddress,
        };
    }
}

/// <param name="ConsentVersion">One more with each change of the text.</param>
internal sealed record WebCallAnswer(string Number, bool Enabled, Items<string> Origins, string? Consent, int ConsentVersion, int Limit, int PerAddress)
{
    public static WebCallAnswer Of(WebCallSettings s) => new(s.Id, s.Enabled, s.Origins, s.Consent, s.ConsentVersion, s.Limit, s.PerAddress);
}

/// <param name="Origin">Of the page with the button.</param>
/// <param name="ConsentVersion">Of the text that the visitor agreed to; null where there was none.</param>
internal sealed record VisitorSeen(string Origin, int? ConsentVersion, Items<VisitorSaid> Data)
{
    public static VisitorSeen Of(CameByWeb came, Items<VisitorDatum> data, Caller caller) =>
        new(came.Origin, came.ConsentVersion, VisitorSaid.Of(data, caller.SeesNumbers));
}

/// <param name="Name">As the page calls it.</param>
internal sealed record VisitorSaid(string Name, string Value)
{
    /// <param name="plain">Numbers are not masked.</param>
    public static Items<VisitorSaid> Of(Items<VisitorDatum> data, bool plain) => data.Select(d => new VisitorSaid(d.Key, plain || !IsNumber(d.Value) ? d.Value : NumberMask.Of(d.Value)!)).ToItems();

    /// <summary>A telephone number by its look; an order's is none.</summary>
    private static bool IsNumber(string value) => PhoneNumber.TryParse(value, out var number) && number.Canonical.StartsWith('+');
}
