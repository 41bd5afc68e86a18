using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Agents;

/// <summary>A phone's extension: where it is registered, and since when it no longer is.</summary>
sealed class StationGrain(
    IConfigurationStore store, [PersistentState("registrations", GrainStores.Stations)] IPersistentState<Registrations> stored, TimeProvider clock, Epochs epochs, ILogger<StationGrain> log)
    : SpeakingGrain(SenderKind.Station, clock, epochs, log), IStationGrain
{
    /// <summary>The activation outlives its last binding by this much.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    ExtensionSettings? settings;
    bool up;

    string Extension => GrainKeys.Name(Key);
    Registrations Kept => stored.RecordExists ? stored.State : new(0, []);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        settings = await store.Find<ExtensionSettings>(Owner, Extension, cancellationToken);
        up = IsUp(Kept);
        if (stored.RecordExists) TellAgent();
        AwaitExpiry();
    }

    public Task<ExtensionSettings?> Credentials() => Task.FromResult(settings);

    public Task<Registrations> Registrations() => Task.FromResult(Living(Kept) with { Srtp = settings?.Srtp ?? SrtpUse.Off });

    public async Task<bool> Save(Registrations registrations)
    {
        if (registrations.Version != Kept.Version) return false;
        await Write(registrations.Bindings);
        return true;
    }

    public async Task Refresh()
    {
        var before = settings?.Agent;
        settings = await store.Find<ExtensionSettings>(Owner, Extension);
        if (before is { } former && former != settings?.Agent) Tell(former, isUp: false); // its phone is another's now, or nobody's
        if (settings is null && !Kept.Bindings.IsEmpty) await Write([]); // an extension that is no more has no phone
        else if (settings?.Agent != before) TellAgent();
    }

    async Task Write(Items<Binding> bindings)
    {
        stored.State = new(Kept.Version + 1, bindings);
        await stored.WriteStateAsync();
        Look();
        AwaitExpiry();
    }

    /// <summary>Tells the agent if the phone has come or gone.</summary>
    void Look()
    {
        var now = IsUp(Kept);
        if (now == up) return;
        up = now;
        TellAgent();
    }

    void TellAgent()
    {
        if (settings?.Agent is { } agent) Tell(agent, up);
    }

    void Tell(AgentId agent, bool isUp)
    {
        var owner = Owner;
        Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, agent.Value, GrainFactory, grains => grains.Agent(new(owner, agent)).Tell).Put(isUp ? new StationUp(Now(), Extension) : new StationDown(Now(), Extension));
        Outbox.Flush();
    }

    bool IsUp(Registrations registrations) => settings is not null && !Living(registrations).Bindings.IsEmpty;

    Registrations Living(Registrations registrations)
    {
        var now = Now();
        return registrations with { Bindings = registrations.Bindings.Without(b => b.Expires <= now) };
    }

    /// <summary>A binding that is not renewed ends by itself; until then this activation must not be collected.</summary>
    void AwaitExpiry()
    {
        if (!up) return;
        var (now, first, last) = (Now(), DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var binding in Kept.Bindings)
        {
            if (binding.Expires > now && binding.Expires < first) first = binding.Expires;
            if (binding.Expires > last) last = binding.Expires;
        }
        WakeBy(first);
        DelayDeactivation(last - now + Slack);
    }

    protected override Task Rung()
    {
        Look();
        AwaitExpiry();
        return Task.CompletedTask;
    }
}
