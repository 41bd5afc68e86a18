using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Tenants;

/// <summary>
/// One tenant: its settings, and its limit on calls, counted as a set of leased call ids. Nothing is stored: calls renew their
/// lease, so that after a restart the set is whole again within seconds and a lost call leaves it by itself.
/// </summary>
sealed class TenantGrain(IConfigurationStore store, TimeProvider clock, Epochs epochs, ILogger<TenantGrain> log) : SpeakingGrain(SenderKind.Tenant, clock, epochs, log), ITenantGrain
{
    readonly CallSlots slots = new();
    TenantSettings? settings;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        settings = await store.Find<TenantSettings>(TenantId.Operator, Owner.Value, cancellationToken);
    }

    public Task Tell(Letter<TenantEvent> letter)
    {
        long upTo = 0;
        foreach (var (number, body) in letter.Messages)
        {
            Handle(body);
            upTo = long.Max(upTo, number);
        }
        Outbox.Flush();
        if (upTo > 0 && letter.From.Kind == SenderKind.Call) // stored is what is done here: a slot given back twice is given back
            _ = Observe(GrainFactory.GetGrain<ICallGrain>(letter.From.Key).Acknowledge(new(SenderKind.Tenant, Key, letter.From.Epoch, upTo)));
        return Task.CompletedTask;
    }

    void Handle(TenantEvent told)
    {
        switch (told)
        {
            case ClaimSlot claim:
                var granted = slots.Claim(claim.Call, settings?.CallLimit, Now());
                Answer(claim.Call, granted ? new SlotGranted(Now()) : new SlotRefused(Now()));
                break;
            case GiveBackSlot back: slots.GiveBack(back.Call); break;
        }
    }

    void Answer(CallId call, CallEvent answer)
    {
        var owner = Owner;
        Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, call.Value, GrainFactory, grains => grains.Call(owner, call).Tell).Put(answer);
    }

    static async Task Observe(Task acknowledged) => await acknowledged.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    public Task<TenantSettings?> Settings() => Task.FromResult(settings);

    public async Task Refresh() => settings = await store.Find<TenantSettings>(TenantId.Operator, Owner.Value);
}
