using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Numbers;

/// <summary>One trunk's channels and rate, over all tenants. What it refuses it tells the call, and the tenant too, so that no channel is counted there.</summary>
sealed class TrunkGrain(IConfigurationStore store, TimeProvider clock, Epochs epochs, Meters meters, ILogger<TrunkGrain> log) : SpeakingGrain(SenderKind.Trunk, clock, epochs, log), ITrunkGrain
{
    static readonly TrunkOutbound Unlimited = new(NumberFormat.National);

    /// <summary>Between two looks at the leases of channels.</summary>
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    readonly TrunkLedger ledger = new();
    TrunkOutbound limits = Unlimited;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await Refresh();
    }

    public Task Tell(Letter<TrunkEvent> letter)
    {
        foreach (var (_, body) in letter.Messages)
            switch (body)
            {
                case ClaimTrunk claim: Claim(claim); break;
                case GiveBackTrunk back: ledger.GiveBack(back.Tenant, back.Call, back.Leg); break;
            }
        Outbox.Flush();
        Watch();
        return Task.CompletedTask;
    }

    protected override Task Rung()
    {
        ledger.Sweep(Now());
        Watch();
        return Task.CompletedTask;
    }

    void Watch()
    {
        if (ledger.Deadline is { } due) WakeBy(due > Now() + ShortestPause ? due : Now() + ShortestPause);
    }

    void Claim(ClaimTrunk claim)
    {
        var (tenant, call, cleared, always) = claim;
        if (ledger.Claim(tenant, call, cleared.Leg, limits, always, Now()) is not { } why)
        {
            ToCall(tenant, call).Put(cleared);
            return;
        }
        meters.DialDenied(why);
        ToCall(tenant, call).Put(new DialRefused(Now(), cleared.Leg, why));
        ToTenant(tenant).Put(new RefuseDial(Now(), call, cleared.Leg, why));
    }

    Lane<CallEvent> ToCall(TenantId tenant, CallId call)
    {
        var key = $"{tenant}/{call}";
        return Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, key, GrainFactory, grains => grains.GetGrain<ICallGrain>(key).Tell);
    }

    Lane<TenantEvent> ToTenant(TenantId tenant) => Outbox.To<TenantEvent, IGrainFactory>(SenderKind.Tenant, tenant.Value, GrainFactory, grains => grains.Tenant(tenant).Tell);

    public async Task Refresh() => limits = (await store.Find<TrunkSettings>(TenantId.Operator, GrainKeys.Name(Key)))?.Outbound ?? Unlimited;
}
