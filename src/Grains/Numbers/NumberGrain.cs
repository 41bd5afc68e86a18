namespace CallCenter.Grains.Numbers;

/// <summary>One access number: whose it is and what serves it, in memory.</summary>
sealed class NumberGrain(IConfigurationStore store, IJournal journal) : Grain, INumberGrain
{
    NumberRoute? route;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => route = await Read(cancellationToken);

    public Task<NumberRoute?> Route() => Task.FromResult(journal.CanWrite ? route : route is null ? null : route with { Open = false });

    public async Task Refresh() => route = await Read(CancellationToken.None);

    async Task<NumberRoute?> Read(CancellationToken stop)
    {
        var number = await store.Find<NumberSettings>(TenantId.Operator, GrainKeys.Name(this.GetPrimaryKeyString()), stop);
        if (number?.Flow is not { } id) return null;
        var flow = await store.Find<FlowSettings>(number.Tenant, id.Value, stop);
        var tenant = await store.Find<TenantSettings>(TenantId.Operator, number.Tenant.Value, stop);
        if (flow is null || tenant is null or { Suspended: true }) return null;
        return new(number.Tenant, number.Id, new(id, checked((int)flow.Version)), tenant.CallLimit is not null);
    }
}
