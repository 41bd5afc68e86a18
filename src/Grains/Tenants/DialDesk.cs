namespace CallCenter.Grains.Tenants;

/// <summary>
/// The shell around a tenant's <see cref="DialLedger"/>: reads its facts when somebody dials for the first time, appends what it
/// decides, and keeps a snapshot, so that neither the day's spend nor a channel is forgotten by a restart. An answer does not
/// wait for its commit; what a failed commit has lost the call's next word brings back.
/// </summary>
sealed class DialDesk(TenantId owner, IJournal journal, IConfigurationStore store, IPersistentState<DialMemory> snapshot, TimeProvider clock, Meters meters, ILogger log)
{

    DialLedger? ledger;
    DialRules? rules;
    long entry;
    bool writing;

    Subject Subject => Subject.Tenant(owner);

    /// <summary>The last commit: whether it came about.</summary>
    public Task<bool> LastCommit { get; private set; } = Task.FromResult(true);

    /// <summary>When <see cref="Sweep"/> has something to do; null = never.</summary>
    public DateTimeOffset? Deadline => ledger?.Deadline;

    /// <summary>Reads facts and settings, unless they are here already.</summary>
    public async Task Open()
    {
        while (ledger is null || rules is null) // a commit that fails meanwhile forgets the ledger
        {
            if (ledger is null) await ReadLedger();
            rules ??= await ReadRules();
        }
    }

    async Task ReadLedger()
    {
        var folded = new DialLedger(snapshot.State.Ledger);
        var last = snapshot.State.Entry;
        foreach (var line in await journal.ReadAfter(Subject, last))
        {
            foreach (var fact in line.Facts) folded.With(fact);
            last = line.Number;
        }
        folded.Woken(clock.GetUtcNow());
        (ledger, entry) = (folded, last);
    }

    /// <summary>Decides; the desk must be open.</summary>
    public DialTurn Hear(TenantEvent told)
    {
        var turn = Ledger.Next(told, Rules);
        Append(turn.Facts);
        return turn;
    }

    /// <summary>The trunk of a leg that holds a channel, if that trunk has limits of its own; else null.</summary>
    public string? LimitedTrunkOf(CallId call, LegId leg)
    {
        var id = Ledger.TrunkOf(call, leg);
        foreach (var trunk in Rules.Trunks)
            if (trunk.Id == id && trunk.Outbound is { } outbound && (outbound.Channels ?? outbound.CallsPerMinute) is not null) return id;
        return null;
    }

    /// <summary>Frees the channels of calls that are not heard of any more.</summary>
    public void Sweep()
    {
        if (ledger is not null && rules is not null) Append(ledger.Sweep(clock.GetUtcNow(), rules));
    }

    public DialFigures Figures() => Ledger.Figures(clock.GetUtcNow(), Rules);

    /// <summary>Without the ledger, which may not be readable: an emergency call counts nowhere.</summary>
    public async Task<EmergencyWay?> EmergencyWay(string dialled)
    {
        var known = rules ??= await ReadRules();
        if (!known.TryRead(dialled, out var number) || known.Trunk(any: true) is not { Outbound: { } outbound } trunk) return null;
        known.Identity(null, null, null, out var shown);
        return new(trunk.Id, number.In(outbound.Format), shown is null ? "" : DialledNumber.Written(shown.Id, outbound.Format));
    }

    /// <summary>Whether a number can be an agent's station; without the ledger, since nothing is called yet.</summary>
    public async Task<StationNumberAnswer> CheckStation(string dialled)
    {
        if (Extension.IsValid(dialled) && await store.Find<ExtensionSettings>(owner, dialled) is not null) return new(StationNumberFault.Extension, "");
        var fault = StationNumber.Check(dialled, rules ??= await ReadRules(), out var canonical);
        if (canonical.Length > 0 && await store.Find<NumberSettings>(TenantId.Operator, canonical) is not null) fault = StationNumberFault.LeadsBack;
        return new(fault, fault == StationNumberFault.None ? canonical : "");
    }

    /// <summary>Settings have changed; what was not read yet is read when it is needed.</summary>
    public async Task Refresh()
    {
        if (rules is not null) rules = await ReadRules();
    }

    DialLedger Ledger => ledger ?? throw new InvalidOperationException("the desk is not open");
    DialRules Rules => rules ?? throw new InvalidOperationException("the desk is not open");

    void Append(Items<Fact> facts)
    {
        if (facts.IsEmpty) return;
        foreach (var fact in facts)
            if (fact is DialDenied denied) meters.DialDenied(denied.Why);
        var line = new JournalEntry(++entry, facts, 1, [], 0, [], Closed: false);
        LastCommit = Follow(Stored(line), line.Number, Ledger);
    }

    Task Stored(JournalEntry line)
    {
        try
        {
            return journal.Append(Subject, line);
        }
        catch (Exception fault) // told at once: no other than a commit that fails
        {
            return Task.FromException(fault);
        }
    }

    async Task<bool> Follow(Task stored, long number, DialLedger made)
    {
        try
        {
            await stored;
        }
        catch (Exception fault) // another activation wrote first, the disk is full, the database is gone: what is stored holds
        {
            log.DialNotCommitted(owner.Value, number, fault);
            if (ReferenceEquals(made, ledger)) ledger = null;
            return false;
        }
        if (number == entry && number - snapshot.State.Entry >= DialMemory.Every && !writing && ReferenceEquals(made, ledger)) await WriteSnapshot(number);
        return true;
    }

    async Task WriteSnapshot(long number)
    {
        writing = true;
        try
        {
            snapshot.State = new(number, Ledger.Snapshot(clock.GetUtcNow()));
            await snapshot.WriteStateAsync();
        }
        catch (Exception fault) // without it the fold is only longer
        {
            log.DialSnapshotFailed(owner.Value, number, fault.GetType().Name);
        }
        finally
        {
            writing = false;
        }
    }

    async Task<DialRules> ReadRules()
    {
        var tenant = await store.Find<TenantSettings>(TenantId.Operator, owner.Value);
        var settings = await store.Find<DialSettings>(owner, DialSettings.TheId) ?? DialSettings.Nothing(owner);
        var given = await store.Find<DialCeiling>(TenantId.Operator, owner.Value);
        var ceiling = given is null || tenant is { Suspended: true } ? DialCeiling.Nothing(owner) with { Trunk = given?.Trunk } : given;
        return new(settings, ceiling, await Shown(), await Trunks(ceiling.Trunk, ledger?.TrunksInUse ?? []), tenant?.TimeZone ?? "Etc/UTC");
    }

    async Task<Items<NumberSettings>> Shown()
    {
        var shown = new List<NumberSettings>();
        await foreach (var number in store.AllNumbersOf(owner))
            if (number.MayCallOut) shown.Add(number);
        return shown.ToItems();
    }

    /// <param name="own">The tenant's; null if it has none of its own.</param>
    async Task<Items<TrunkSettings>> Trunks(string? own, Items<string> inUse)
    {
        var found = new SortedDictionary<string, TrunkSettings>(StringComparer.Ordinal);
        if (await store.FirstTrunkOut() is { } first) found[first.Id] = first;
        foreach (var id in (own is null ? inUse : inUse.Add(own)).AsEnumerable())
            if (!found.ContainsKey(id) && await store.Find<TrunkSettings>(TenantId.Operator, id) is { Outbound: not null } trunk) found[id] = trunk;
        return found.Values.ToItems();
    }
}

static partial class DialLog
{
    [LoggerMessage(2502, LogLevel.Error, "{Tenant}: entry {Number} of its dialling could not be committed; it is read anew")]
    public static partial void DialNotCommitted(this ILogger log, string tenant, long number, Exception fault);

    [LoggerMessage(2503, LogLevel.Warning, "{Tenant}: the snapshot of its dialling at entry {Number} was not written ({Why})")]
    public static partial void DialSnapshotFailed(this ILogger log, string tenant, long number, string why);
}
