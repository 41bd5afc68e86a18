using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Agents;

/// <summary>An agent's station: a phone's registrations and since when there is none any more, the browser that is connected, or an outside number. What the agent chose rings.</summary>
sealed class StationGrain(
    IConfigurationStore store, [PersistentState("registrations", GrainStores.Stations)] IPersistentState<Registrations> stored,
    [PersistentState("station", GrainStores.Stations)] IPersistentState<StationState> chosen, TimeProvider clock, Epochs epochs, ILogger<StationGrain> log)
    : SpeakingGrain(SenderKind.Station, clock, epochs, log), IStationGrain
{
    /// <summary>The activation outlives its last binding by this much.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    ExtensionSettings? settings;
    bool up, silent, serves;

    string Extension => GrainKeys.Name(Key);
    Registrations Kept => stored.RecordExists ? stored.State : new(0, []);
    StationState Chosen => chosen.RecordExists ? chosen.State : new() { Kind = IsOperators ? StationKind.Browser : StationKind.Phone };

    /// <summary>An agent of the operator has no extension: its browser is its station, under its own name.</summary>
    bool IsOperators => Owner == TenantId.Operator;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await Read(cancellationToken);
        await ForgetFormer();
        up = IsUp();
        if (stored.RecordExists || chosen.RecordExists) TellAgent();
        AwaitExpiry();
    }

    /// <summary>An agent whom nobody may be has no phone: nothing registers or dials by it, and what is registered does not count.</summary>
    async Task Read(CancellationToken stop = default)
    {
        settings = IsOperators ? new(Owner, Extension, new AgentId(Extension), default, default) : await store.Find<ExtensionSettings>(Owner, Extension, stop);
        serves = settings is not null && (settings.Agent is not { } agent || await store.FindServing(Owner, agent, stop) is not null);
    }

    public Task<ExtensionSettings?> Credentials(bool emergency) => Task.FromResult(!IsOperators && (serves || emergency) ? settings : null);

    public Task<Registrations> Registrations() => Task.FromResult(Living(Kept) with { Srtp = settings?.Srtp ?? SrtpUse.Off, Kind = Chosen.Kind, Browser = serves ? Chosen.Browser : null });

    public async Task<bool> Save(Registrations registrations)
    {
        if (registrations.Version != Kept.Version) return false;
        await Write(registrations.Bindings);
        return true;
    }

    public async Task Refresh()
    {
        var before = settings?.Agent;
        await Read();
        if (before is { } former && former != settings?.Agent) Tell(former, new StationDown(Now(), Extension)); // its phone is another's now, or nobody's
        if (settings is null && !Kept.Bindings.IsEmpty) await Write([]); // an extension that is no more has no phone
        await ForgetFormer();
        var wasUp = up;
        Note();
        if (up == wasUp && settings?.Agent != before) TellAgent();
    }

    /// <summary>A number is its agent's own: with another agent, or none, the station is a phone again.</summary>
    async Task ForgetFormer()
    {
        if (Chosen.Number is not null && Chosen.NumberOf != settings?.Agent) await Write(Chosen with { Kind = StationKind.Phone, Number = null, NumberOf = null, Since = Now() });
    }

    public Task<StationView> Look() => Task.FromResult(new StationView(Chosen.Kind, up && !silent, Chosen.Browser, Chosen.Since, Chosen.Number is { } number ? new(number) : null));

    public async Task<IEdgeObserver?> Edge()
    {
        if (Chosen.Browser is { } browser && await Alive(browser.Edge) is { } own && own.Epoch == browser.EdgeEpoch) return own.Edge;
        foreach (var report in (await GrainFactory.Directory().Edges()).OrderBy(e => e.Draining).ThenBy(e => e.Legs))
            if (await Alive(report.Id) is { } present) return present.Edge;
        return null;
    }

    /// <summary>Whoever comes back from an edge that is lost must not be led there again: an edge is asked whether it lives.</summary>
    async Task<EdgePresence?> Alive(EdgeId edge) => await GrainFactory.Edge(edge).Check() is { Gone: false } present ? present : null;

    public Task<Refusal?> Choose(StationKind kind) => Choose(kind, null);

    public Task<Refusal?> ChooseNumber(Secret number) => Choose(StationKind.Number, number.Value);

    async Task<Refusal?> Choose(StationKind kind, string? number)
    {
        if (settings is null) return new(RefusalCode.NotFound, "There is no such extension.");
        if (Chosen.Kind == kind && number is null) return null;
        if (IsOperators) return new(RefusalCode.Conflict, "The operator's agents talk by a browser");
        silent = false; // what is not heard was the browser
        await Write(Chosen with { Kind = kind, Browser = null, Number = number, NumberOf = number is null ? null : settings.Agent, Since = Now() });
        if (up) TellAgent(); // whose browser may have been away until now
        return null;
    }

    public async Task<BrowserGrant> Connect(Browser browser, bool take)
    {
        var grace = await Grace();
        if (!serves) return new(PathRefusal.Gone, Chosen.Grants, grace, null);
        if (Chosen.Kind != StationKind.Browser) return new(PathRefusal.NotABrowser, Chosen.Grants, grace, null);
        if (!take && !silent && Chosen.Browser is { } other && other.Client != browser.Client && await Present(other) is not null) return new(PathRefusal.Taken, Chosen.Grants, grace, other.Since);
        silent = true; // until its edge hears it
        await Write(Chosen with { Browser = browser, Grants = Chosen.Grants + 1, Since = Now() });
        return new(PathRefusal.None, Chosen.Grants, grace, null);
    }

    /// <summary>How long a browser that is not heard is waited for, so that a talk can go on.</summary>
    async Task<TimeSpan> Grace() => TimeSpan.FromSeconds((await store.Find<StationRules>(Owner, StationRules.OnlyId) ?? StationRules.Default(Owner)).GraceSeconds);

    /// <summary>A browser whose edge was started anew is gone, however alive its page is.</summary>
    async Task<EdgePresence?> Present(Browser browser) => await GrainFactory.Edge(browser.Edge).Present() is { Gone: false } present && present.Epoch == browser.EdgeEpoch ? present : null;

    public async Task<TimeSpan> Hear(string connection, bool heard)
    {
        if (Chosen.Browser?.Connection == connection)
        {
            silent = !heard;
            if (heard) TellAgent();
            else if (settings?.Agent is { } agent) Tell(agent, new StationSilent(Now(), Extension));
        }
        return heard ? TimeSpan.Zero : await Grace();
    }

    public Task Disconnect(string connection) =>
        Chosen.Browser?.Connection == connection ? Write(Chosen with { Browser = null, Since = Now() }) : Task.CompletedTask;

    async Task Write(Items<Binding> bindings)
    {
        stored.State = new(Kept.Version + 1, bindings);
        await stored.WriteStateAsync();
        Note();
    }

    async Task Write(StationState state)
    {
        chosen.State = state;
        await chosen.WriteStateAsync();
        Note();
    }

    /// <summary>Tells the agent if the phone or the browser has come or gone.</summary>
    void Note()
    {
        AwaitExpiry();
        var now = IsUp();
        if (now == up) return;
        up = now;
        TellAgent();
    }

    /// <summary>A browser counts as come once its edge has heard it.</summary>
    void TellAgent()
    {
        if (settings?.Agent is not { } agent || up && Chosen.Kind == StationKind.Browser && silent) return;
        Tell(agent, up ? new StationUp(Now(), Extension, Chosen.Kind) : new StationDown(Now(), Extension));
    }

    void Tell(AgentId agent, AgentEvent word)
    {
        var owner = Owner;
        Outbox.To<AgentEvent, IGrainFactory>(SenderKind.Agent, agent.Value, GrainFactory, grains => grains.Agent(new(owner, agent)).Tell).Put(word);
        Outbox.Flush();
    }

    bool IsUp() => serves && Chosen.Kind switch
    {
        StationKind.Browser => Chosen.Browser is not null,
        StationKind.Number => Chosen.Number is not null,
        _ => !Living(Kept).Bindings.IsEmpty,
    };

    Registrations Living(Registrations registrations)
    {
        var now = Now();
        return registrations with { Bindings = serves ? registrations.Bindings.Without(b => b.Expires <= now) : [] };
    }

    /// <summary>A binding that is not renewed ends by itself; until then this activation must not be collected.</summary>
    void AwaitExpiry()
    {
        if (!up || Kept.Bindings.IsEmpty) return;
        var (now, first, last) = (Now(), DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var binding in Kept.Bindings)
        {
            if (binding.Expires > now && binding.Expires < first) first = binding.Expires;
            if (binding.Expires > last) last = binding.Expires;
        }
        if (last <= now) return;
        WakeBy(first);
        DelayDeactivation(last - now + Slack);
    }

    protected override Task Rung()
    {
        Note();
        return Task.CompletedTask;
    }
}
