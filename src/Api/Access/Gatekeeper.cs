using Orleans.Runtime;

namespace CallCenter.Api.Access;

/// <summary>
/// Stands before every endpoint under /api: finds the caller, compares the host's tenant with the token's, and the
/// caller's role with the right that the endpoint demands. What demands nothing by name is closed.
/// </summary>
internal sealed class Gatekeeper(RequestDelegate next, Sessions sessions, IConfigurationStore store, ServedFirm firms)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (!http.Request.Path.StartsWithSegments("/api") || endpoint?.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            await next(http);
            return;
        }
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
            await Problems.Of(StatusCodes.Status400BadRequest, "invalid", "The character NUL is in no text").ExecuteAsync(http); // PostgreSQL has no word for it
        else if (await sessions.Find(http) is not { } caller || !await HostAgrees(http, caller.Tenant))
            await Problems.SignInFirst().ExecuteAsync(http);
        else if (endpoint?.Metadata.GetMetadata<Demand>() is not { } demand)
            await Problems.Of(RefusalCode.NotFound, "There is nothing here").ExecuteAsync(http);
        else if (!caller.May(demand))
            await WhyNot(caller, demand).ExecuteAsync(http);
        else await LetIn(http, caller, demand);
    }

    private async Task LetIn(HttpContext http, Caller caller, Demand demand)
    {
        var (entered, refusal) = await firms.Enter(caller, demand, http);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        http.Features.Set(entered);
        RequestContext.Set(GrainKeys.TenantContext, entered.Tenant.Value); // the grains' own guard compares it with the key
        await next(http);
    }

    private static ProblemHttpResult WhyNot(Caller caller, Demand demand)
    {
        if (!RightsTable.Meets(caller.Role, demand)) return Problems.Of(RefusalCode.Forbidden, $"The role {Names.Of(caller.Role)} may not do this");
        return Scope.Cover(caller.Scopes, demand) ? Problems.Of(StatusCodes.Status403Forbidden, "secondFactorWanted", "Enrol a second factor first") : Problems.Of(RefusalCode.Forbidden, "The scopes of this key do not cover this");
    }

    /// <summary>A host that is a tenant's own serves that tenant only; any other host says nothing about tenants.</summary>
    private async Task<bool> HostAgrees(HttpContext http, TenantId tenant) =>
        await store.FindTenantByDomain(AskedHost.Of(http.Request), http.RequestAborted) is not { } host || host.Tenant == tenant;
}

/// <summary>Marks the few endpoints that ask for no caller.</summary>
internal sealed class OpenToAll
{
    public static readonly OpenToAll Mark = new();
}
