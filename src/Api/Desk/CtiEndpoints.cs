using CallCenter.Domain.Desk;

namespace CallCenter.Api.Desk;

/// <summary>The firm's own CRM at its agents' desks.</summary>
internal static class CtiEndpoints
{
    public static void MapCti(this IEndpointRouteBuilder api)
    {
        var cti = api.Resource("/cti", "Desk");
        cti.MapGet("", Get).Demands(Resource.Cti, Rights.Read).WithSummary("What of the firm's CRM is opened with a call, and whose pages hear what happens at a desk");
        cti.MapPut("", Put).Demands(Resource.Cti, Rights.Write).WithSummary("Change it; a member left out keeps its value, an empty url is none");
    }

    public static async Task<CtiSettings> CtiOf(this IConfigurationStore store, TenantId tenant, CancellationToken stop) =>
        await store.Find<CtiSettings>(tenant, CtiSettings.OnlyId, stop) ?? CtiSettings.None(tenant);

    private static async Task<Tagged<CtiAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var cti = await store.CtiOf(caller.Tenant, stop);
        return new(CtiAnswer.Of(cti), cti.Version);
    }

    private static async Task<Results<Tagged<CtiAnswer>, ProblemHttpResult>> Put(Caller caller, Form<CtiForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop) =>
        await store.Save(form.Value.Over(await store.CtiOf(caller.Tenant, stop), form), [], caller, condition, CtiAnswer.Of, stop);
}

/// <param name="Url">Begins with https://; fields in braces are filled in: caller, call, queue, agent, staffNumber, customer, firm, visit.… (what the web page of a visitor sent along). Null or empty = none.</param>
/// <param name="OpensItself">With the pop; else by a click.</param>
/// <param name="Origins">Such as https://crm.example.com. The firm's own hosts always hear it.</param>
internal sealed record CtiForm(string? Url, bool? OpensItself, Items<string>? Origins)
{
    public CtiSettings Over(CtiSettings now, Form<CtiForm> form) => now with
    {
        Url = form.Has("url") ? string.IsNullOrWhiteSpace(Url) ? null : Url.Trim() : now.Url,
        OpensItself = OpensItself ?? now.OpensItself,
        Origins = Origins is { } origins ? origins.Select(typed => Domain.WebCalls.WebOrigin.TryParse(typed, out var written) ? written : typed).ToItems() : now.Origins,
    };
}

internal sealed record CtiAnswer(string? Url, bool OpensItself, Items<string> Origins)
{
    public static CtiAnswer Of(CtiSettings cti) => new(cti.Url, cti.OpensItself, cti.Origins);
}
