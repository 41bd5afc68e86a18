using CallCenter.Contracts.Media;
using CallCenter.Domain.Hours;
using CallCenter.Domain.Prompts;
using CallCenter.Grains.Messages;
using CallCenter.Grains.Subjects;

namespace CallCenter.Grains.Tenants;

/// <summary>
/// One tenant: its settings, its limit on calls, counted as a set of leased call ids, and its dialling. Call slots are stored
/// nowhere: calls renew their lease, so that after a restart the set is whole again within seconds and a lost call leaves it by
/// itself. What is dialled is (<see cref="DialDesk"/>), since a day's spend cannot be asked anew.
/// </summary>
sealed class TenantGrain(IConfigurationStore store, IJournal journal, ITenantCipher cipher, [PersistentState("dialling", GrainStores.Tenants)] IPersistentState<DialMemory> memory, TimeProvider clock, Epochs epochs, Meters meters, ILogger<TenantGrain> log)
    : SpeakingGrain(SenderKind.Tenant, clock, epochs, log), ITenantGrain
{
    /// <summary>Between two looks at the leases of channels.</summary>
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    static readonly Task<bool> Done = Task.FromResult(true);

    readonly CallSlots slots = new();
    /// <summary>Opening hours that calls have asked for.</summary>
    readonly Dictionary<string, HoursSettings?> hours = [];
    /// <summary>Prompts that calls have asked for; null = the tenant has none of that id.</summary>
    readonly Dictionary<string, string?> prompts = [];
    TenantSettings? settings;
    DialDesk? desk;

    DialDesk Desk => desk ??= new(Owner, journal, store, memory, Clock, meters, Log);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        settings = await store.Find<TenantSettings>(TenantId.Operator, Owner.Value, cancellationToken);
    }

    public async Task Tell(Letter<TenantEvent> letter)
    {
        long upTo = 0;
        var dials = false;
        foreach (var (number, body) in letter.Messages)
        {
            dials |= !Handle(body);
            upTo = long.Max(upTo, number);
        }
        Outbox.Flush();
        if (dials) await Dial(letter);
        if (upTo > 0 && letter.From.Kind == SenderKind.Call) _ = Acknowledge(letter.From, upTo, dials ? Desk.LastCommit : Done);
    }

    /// <summary>False: it is about dialling.</summary>
    bool Handle(TenantEvent told)
    {
        switch (told)
        {
            case ClaimSlot claim:
                var granted = slots.Claim(claim.Call, settings?.CallLimit, Now());
                Answer(claim.Call, granted ? new SlotGranted(Now()) : new SlotRefused(Now()));
                return true;
            case GiveBackSlot back:
                slots.GiveBack(back.Call); // stored is what is done here: a slot given back twice is given back
                return true;
            default: return false;
        }
    }

    async Task Dial(Letter<TenantEvent> letter)
    {
        await Desk.Open();
        foreach (var (_, body) in letter.Messages.AsEnumerable())
            switch (body)
            {
                case ClearDial ask: Clear((ask.Station is { } station ? ask with { Number = await NumberOf(station) } : ask) with { At = Now() }); break;
                case GiveBackDial back: GiveBack(back with { At = Now() }); break;
                case RefuseDial no: Desk.Hear(no with { At = Now() }); break;
            }
        Outbox.Flush();
        if (Desk.Deadline is { } deadline) WakeBy(deadline);
    }

    /// <summary>The outside number that is a station, as it is now; empty if it is none, or none is allowed.</summary>
    async Task<string> NumberOf(string station)
    {
        if (await store.Find<StationRules>(Owner, StationRules.OnlyId) is not { OutsideNumbers: true }) return "";
        var now = await GrainFactory.Station(Owner, station).Look();
        return now is { Kind: StationKind.Number, Connected: true, Number: { } whole } ? cipher.Open(Owner, whole)?.Value ?? "" : "";
    }

    /// <summary>A trunk with limits of its own has the last word, and says it to the call.</summary>
    void Clear(ClearDial ask)
    {
        var (facts, answer) = Desk.Hear(ask);
        if (answer is DialCleared cleared && Desk.LimitedTrunkOf(ask.Call, ask.Leg) is { } trunk)
            ToTrunk(trunk).Put(new ClaimTrunk(Owner, ask.Call, cleared, Always: facts is not [DialAllowed { Class: not DialClass.Emergency }]));
        else if (answer is not null) Answer(ask.Call, answer);
    }

    void GiveBack(GiveBackDial back)
    {
        var trunk = Desk.LimitedTrunkOf(back.Call, back.Leg);
        Desk.Hear(back);
        if (trunk is not null) ToTrunk(trunk).Put(new GiveBackTrunk(Owner, back.Call, back.Leg));
    }

    Lane<TrunkEvent> ToTrunk(string trunk) => Outbox.To<TrunkEvent, IGrainFactory>(SenderKind.Trunk, trunk, GrainFactory, grains => grains.Trunk(trunk).Tell);

    protected override Task Rung()
    {
        if (Desk.Deadline is null) return Task.CompletedTask;
        Desk.Sweep();
        if (Desk.Deadline is { } next) WakeBy(next > Now() + ShortestPause ? next : Now() + ShortestPause);
        return Task.CompletedTask;
    }

    void Answer(CallId call, CallEvent answer)
    {
        var owner = Owner;
        Outbox.To<CallEvent, IGrainFactory>(SenderKind.Call, call.Value, GrainFactory, grains => grains.Call(owner, call).Tell).Put(answer);
    }

    /// <summary>After the commit: a channel whose end is lost is given back again. An acknowledgement that gets lost is said again when its message is repeated.</summary>
    async Task Acknowledge(Sender call, long upTo, Task<bool> stored)
    {
        if (!await stored) return;
        var told = GrainFactory.GetGrain<ICallGrain>(call.Key).Acknowledge(new(SenderKind.Tenant, Key, call.Epoch, upTo));
        await told.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<TenantSettings?> Settings() => Task.FromResult(settings);

    public async Task<HoursSettings?> Hours(string id)
    {
        if (!hours.TryGetValue(id, out var known)) hours[id] = known = await store.Find<HoursSettings>(Owner, id);
        return known is null ? null : known with { TimeZone = known.TimeZone ?? settings?.TimeZone };
    }

    public async Task<Items<PromptFile>> Prompts(Items<string> ids)
    {
        var found = new List<PromptFile>();
        foreach (var id in ids.AsEnumerable())
        {
            if (!prompts.TryGetValue(id, out var file)) prompts[id] = file = (await store.Find<PromptSettings>(Owner, id))?.File;
            if (file is not null) found.Add(new(id, file));
        }
        return found.ToItems();
    }

    public async Task<DialFigures> Dialling()
    {
        await Desk.Open();
        return Desk.Figures();
    }

    public Task<StationNumberAnswer> CheckStation(string dialled) => Desk.CheckStation(dialled);

    public Task<EmergencyWay?> EmergencyWay(string dialled) => Desk.EmergencyWay(dialled);

    public async Task Refresh()
    {
        settings = await store.Find<TenantSettings>(TenantId.Operator, Owner.Value);
        hours.Clear();
        prompts.Clear();
        await Desk.Refresh();
    }
}
