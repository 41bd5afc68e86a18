namespace CallCenter.Grains.Tenants;

/// <summary>
/// Compares the tenant for which a request was made with the owner of the grain that it reaches. The API says for whom it calls;
/// the product's own calls say nothing and pass. An agent, a routing pool or a number of another owner is admitted only if it
/// serves that tenant.
/// </summary>
sealed class TenantGuard(IConfigurationStore store, ILogger<TenantGuard> log) : IIncomingGrainCallFilter
{

    public Task Invoke(IIncomingGrainCallContext context) =>
        RequestContext.Get(GrainKeys.TenantContext) is string tenant && tenant != TenantId.Operator.Value ? Check(context, new(tenant)) : context.Invoke();

    async Task Check(IIncomingGrainCallContext context, TenantId tenant)
    {
        var key = context.TargetId.Key.ToString() ?? "";
        if (!key.Contains('/', StringComparison.Ordinal) || GrainKeys.Owner(key) != tenant && !await Serves(context.Grain, key, tenant))
        {
            log.Refused(tenant.Value, context.InterfaceName, context.MethodName);
            throw new UnauthorizedAccessException($"{context.InterfaceName}.{context.MethodName} is not {tenant}'s");
        }
        RequestContext.Remove(GrainKeys.TenantContext); // what the grain does in consequence, it does in its own name
        await context.Invoke();
    }

    async Task<bool> Serves(object grain, string key, TenantId tenant) => grain switch
    {
        IAgentGrain => await store.Find<AgentSettings>(GrainKeys.Owner(key), GrainKeys.Name(key)) is { } agent && agent.Serves(tenant),
        INumberGrain => await store.Find<NumberSettings>(TenantId.Operator, GrainKeys.Name(key)) is { } number && number.Tenant == tenant,
        IRoutingGrain => await AnyServes(GrainKeys.Owner(key), tenant),
        _ => false,
    };

    async Task<bool> AnyServes(TenantId owner, TenantId tenant)
    {
        await foreach (var agent in store.All<AgentSettings>(owner))
            if (agent.Serves(tenant)) return true;
        return false;
    }
}

static partial class GuardLog
{
    [LoggerMessage(2501, LogLevel.Warning, "A request of {Tenant} to {Interface}.{Method} of another owner was refused")]
    public static partial void Refused(this ILogger log, string tenant, string @interface, string method);
}
