namespace CallCenter.Api.Firms;

/// <summary>The host names under which a firm is found, and what each shows for a certificate.</summary>
internal static class DomainEndpoints
{
    public static void MapDomains(this IEndpointRouteBuilder api)
    {
        var domains = api.Resource("/domains", "Domains");
        domains.MapGet("", List).Demands(Resource.Domains, Rights.Read).WithSummary("The firm's host names; the first is its own domain, under which its phones register too");
        domains.MapPut("/{host}", Put).Demands(Resource.Domains, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Add a host name");
        domains.MapDelete("/{host}", Delete).Demands(Resource.Domains, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Give a host name up, with its certificate");
        domains.MapCertificates();
        var operators = api.Resource("/operator/tenants/{tenant:id}/domains", "Operator: tenants");
        operators.MapGet("", ListOf).Demands(Resource.Tenants, Rights.Read).WithSummary("A tenant's host names");
        operators.MapPut("/{host}", PutOf).Demands(Resource.Tenants, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Give a tenant a host name");
        operators.MapDelete("/{host}", DeleteOf).Demands(Resource.Tenants, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Take a host name from a tenant");
    }

    private static async Task<Results<Ok<Listed<DomainAnswer>>, ProblemHttpResult>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, TimeProvider time, CancellationToken stop) =>
        await Page(caller.Tenant, paging, store, time, stop);

    private static async Task<Results<Ok<Listed<DomainAnswer>>, ProblemHttpResult>> ListOf(TenantId tenant, [AsParameters] Paging paging, IConfigurationStore store, TimeProvider time, CancellationToken stop) =>
        await Page(tenant, paging, store, time, stop);

    private static async Task<Results<Ok<Listed<DomainAnswer>>, ProblemHttpResult>> Page(TenantId tenant, Paging paging, IConfigurationStore store, TimeProvider time, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is not { } settings) return Problems.NotFound("tenant");
        var page = await store.DomainsOf(tenant, paging.After, paging.Count, stop);
        var answers = new List<DomainAnswer>();
        if (paging.After is null) answers.Add(await Answer(tenant, settings.Domain, isMain: true, store, time, stop));
        for (var i = 0; i < page.Items.Count; i++) answers.Add(await Answer(tenant, page.Items[i].Id, isMain: false, store, time, stop));
        return TypedResults.Ok(new Listed<DomainAnswer>(answers.ToItems(), page.Next));
    }

    private static async Task<DomainAnswer> Answer(TenantId tenant, string host, bool isMain, IConfigurationStore store, TimeProvider time, CancellationToken stop) =>
        new(host, isMain, CertificateAnswer.Of(await store.Find<HostCertificate>(tenant, host, stop), time.GetUtcNow()));

    private static Task<Results<Tagged<DomainAnswer>, ProblemHttpResult>> Put(Caller caller, string host, IConfigurationStore store, ApiOptions options, CancellationToken stop)
    {
        var name = host.ToLowerInvariant();
        return options.OperatorHosts.Any(own => HostName.IsWithin(name, own.ToLowerInvariant()))
            ? Task.FromResult<Results<Tagged<DomainAnswer>, ProblemHttpResult>>(Problems.Of(RefusalCode.Forbidden, "Names below the operator's own host are the operator's to give", [new Fault("domain", "is the operator's to give")]))
            : Add(caller.Tenant, name, caller, store, options, stop);
    }

    private static async Task<Results<Tagged<DomainAnswer>, ProblemHttpResult>> PutOf(Caller caller, TenantId tenant, string host, IConfigurationStore store, ApiOptions options, CancellationToken stop) =>
        await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null ? Problems.NotFound("tenant") : await Add(tenant, host.ToLowerInvariant(), caller, store, options, stop);

    private static async Task<Results<Tagged<DomainAnswer>, ProblemHttpResult>> Add(TenantId tenant, string host, Caller caller, IConfigurationStore store, ApiOptions options, CancellationToken stop)
    {
        if (options.OperatorHosts.Contains(host, StringComparer.OrdinalIgnoreCase)) return Problems.Of(RefusalCode.Conflict, "That is the operator's own host", [new Fault("domain", "is the operator's own")]);
        if (await store.FindTenantByDomain(host, stop) is { } holder)
        {
            if (holder.Tenant != tenant) return Problems.Of(RefusalCode.Conflict, "That name leads to another firm already", [new Fault("domain", "is taken")]);
            if (holder.Domain == host) return Problems.Of(RefusalCode.Conflict, "That is the firm's own domain already", [new Fault("domain", "is the firm's own")]);
        }
        else if ((await store.DomainsOf(tenant, null, CustomDomain.Most, stop)).Items.Count >= CustomDomain.Most) return Problems.Of(RefusalCode.Conflict, $"A firm has {CustomDomain.Most} host names at most", [new Fault("domain", "is one too many")]);
        return await store.Save(new CustomDomain(host, tenant), [], caller, default, domain => new DomainAnswer(domain.Id, false, null), stop);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string host, IConfigurationStore store, CancellationToken stop) => Remove(caller.Tenant, host, caller, store, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> DeleteOf(Caller caller, TenantId tenant, string host, IConfigurationStore store, CancellationToken stop) => Remove(tenant, host, caller, store, stop);

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(TenantId tenant, string host, Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var name = host.ToLowerInvariant();
        if (await store.Find<CustomDomain>(TenantId.Operator, name, stop) is not { } domain || domain.Tenant != tenant) return Problems.NotFound("host name of this firm");
        if (await store.Find<HostCertificate>(tenant, name, stop) is not null) await store.Delete<HostCertificate>(tenant, name, caller.Author, stop);
        return await store.Remove<CustomDomain>(TenantId.Operator, name, caller, stop);
    }
}

/// <param name="IsMain">The firm's own domain, which only the operator changes.</param>
/// <param name="Certificate">Null: the host shows the platform's own.</param>
internal sealed record DomainAnswer(string Host, bool IsMain, CertificateAnswer? Certificate);
