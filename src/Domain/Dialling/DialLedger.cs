namespace CallCenter.Domain.Dialling;

/// <summary>What became true and what the call is told; neither if the event meant nothing.</summary>
public readonly record struct DialTurn(Items<Fact> Facts, CallEvent? Answer);

/// <summary>A tenant's dialling at one instant.</summary>
/// <param name="Channels">Legs that hold a channel, those of emergency calls left out.</param>
/// <param name="Spent">Of the day, legs that go on included.</param>
[GenerateSerializer, Immutable, Alias("DialFigures")]
public sealed record DialFigures([property: Id(0)] string Day, [property: Id(1)] decimal Spent, [property: Id(2)] string Currency, [property: Id(3)] int Channels);

/// <summary>
/// Who of a tenant may call out, and what it has spent: its memory is the fold of the facts that it made, and besides the leases,
/// which calls renew. Channels are a set of leased legs, so that nothing is counted twice and a lost call leaves by itself.
/// </summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed partial class DialLedger
{
    /// <summary>A leg that is not heard of for so long holds no channel.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    /// <summary>A leg that is over, or was refused, is remembered for so long: a word that comes late begins nothing anew.</summary>
    public static readonly TimeSpan LateWord = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<(CallId, LegId), Channel> open = [];
    private readonly HashSet<(CallId, LegId)> channels = [];
    private readonly Dictionary<(CallId, LegId), DialRefusal?> settled = [];
    private readonly Queue<(DateTimeOffset Until, (CallId, LegId) Leg)> forget = [];
    private readonly Dictionary<AgentId, RecentTimes> agents = [];
    private RecentTimes tenant;
    private string? day;
    private string currency;
    private decimal spent;

    public DialLedger(DialSnapshot from)
    {
        (day, currency, spent, tenant) = (from.Day, from.Currency, from.Spent, RecentTimes.Of(from.Times));
        foreach (var dial in from.Open) Open(dial);
        foreach (var (agent, times) in from.Agents) agents[agent] = RecentTimes.Of(times);
    }

    /// <summary>When <see cref="Sweep"/> has something to do; null = never.</summary>
    public DateTimeOffset? Deadline => open.Count == 0 ? null : open.Values.Min(c => c.Until);

    /// <summary>Folds a fact that was made before.</summary>
    public void With(Fact fact)
    {
        switch (fact)
        {
            case DialAllowed f:
                Open(new(f.Call, f.Leg, f.Class, f.Trunk, f.Shown, f.At, f.PerMinute, f.Currency));
                if (f.Class != DialClass.Emergency) Count(f.Agent, f.At);
                break;
            case DialDenied f: Settle((f.Call, f.Leg), f.Why, f.At); break;
            case DialEnded f:
                Close((f.Call, f.Leg));
                Settle((f.Call, f.Leg), null, f.At);
                Book(f);
                break;
        }
    }

    /// <summary>After a restart: the calls that live will renew their legs, the others lapse.</summary>
    public void Woken(DateTimeOffset now)
    {
        foreach (var channel in open.Values) channel.Until = now + Lease;
    }

    public DialTurn Next(TenantEvent happened, DialRules rules)
    {
        Forget(happened.At);
        return happened switch
        {
            ClearDial ask => Clear(ask, rules),
            GiveBackDial back when open.TryGetValue((back.Call, back.Leg), out var channel) => new([Fold(End(channel, back.At, back.Talked, rules))], null),
            RefuseDial no when open.TryGetValue((no.Call, no.Leg), out var channel) => Withdraw(channel.Dial, no, rules),
            _ => default,
        };
    }

    /// <summary>The trunk of a leg that holds a channel; null if it holds none.</summary>
    public string? TrunkOf(CallId call, LegId leg) => open.TryGetValue((call, leg), out var channel) ? channel.Dial.Trunk : null;

    /// <summary>The trunks of all legs that hold a channel.</summary>
    public Items<string> TrunksInUse => open.Values.Select(c => c.Dial.Trunk).Distinct(StringComparer.Ordinal).ToItems();

    /// <summary>Ends the legs whose calls are not heard of any more.</summary>
    public Items<Fact> Sweep(DateTimeOffset now, DialRules rules) =>
        open.Values.Where(c => c.Until <= now).ToList().Select(c => (Fact)Fold(End(c, c.Until, null, rules))).ToItems();

    public DialFigures Figures(DateTimeOffset now, DialRules rules) => new(rules.DayOf(now), SpentOn(rules.DayOf(now), now, rules), rules.Ceiling.Currency, channels.Count);

    public DialSnapshot Snapshot(DateTimeOffset now) => new(day, currency, spent, open.Values.Select(c => c.Dial).ToItems(), tenant.After(now - Hour),
        agents.Where(a => a.Value.Newest > now - Hour).Select(a => new AgentDials(a.Key, a.Value.After(now - Hour))).ToItems());

    private DialTurn Withdraw(OpenDial dial, RefuseDial no, DialRules rules)
    {
        var ended = Fold(End(open[(dial.Call, dial.Leg)], no.At, TimeSpan.Zero, rules));
        return new([ended, Fold(new DialDenied(no.At, dial.Call, dial.Leg, dial.Class, no.Why, null))], null);
    }

    private T Fold<T>(T fact) where T : Fact
    {
        With(fact);
        return fact;
    }

    private void Open(OpenDial dial)
    {
        Close((dial.Call, dial.Leg));
        open[(dial.Call, dial.Leg)] = new(dial, dial.Since + Lease);
        if (dial.Class != DialClass.Emergency) channels.Add((dial.Call, dial.Leg));
    }

    private void Close((CallId, LegId) leg)
    {
        open.Remove(leg);
        channels.Remove(leg);
    }

    private void Count(AgentId? agent, DateTimeOffset at)
    {
        tenant.Add(at);
        if (agent is not { } id) return;
        if (!agents.TryGetValue(id, out var times)) agents[id] = times = new();
        times.Add(at);
    }

    private void Settle((CallId, LegId) leg, DialRefusal? why, DateTimeOffset at)
    {
        settled[leg] = why;
        forget.Enqueue((at + LateWord, leg));
    }

    private void Forget(DateTimeOffset now)
    {
        while (forget.TryPeek(out var first) && first.Until <= now)
        {
            forget.Dequeue();
            settled.Remove(first.Leg);
        }
    }

    private void Book(DialEnded ended)
    {
        if (day is null || string.CompareOrdinal(ended.Day, day) > 0 || currency != ended.Currency) (day, currency, spent) = (ended.Day, ended.Currency, 0);
        if (ended.Day == day) spent += ended.Cost;
    }

    private static DialEnded End(Channel channel, DateTimeOffset at, TimeSpan? talked, DialRules rules)
    {
        var (call, leg, number, _, _, since, _, money) = channel.Dial;
        return new(at, call, leg, number, talked is { } known ? (long)known.TotalMilliseconds : null, Cost(channel.Dial, talked ?? at - since), money, rules.DayOf(at));
    }

    /// <summary>Minutes begun times the price; a call that was not answered costs nothing.</summary>
    private static decimal Cost(OpenDial dial, TimeSpan talked) =>
        talked <= TimeSpan.Zero ? 0 : (dial.PerMinute ?? 0) * ((talked.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute);

    /// <summary>What is booked and what the legs that go on have cost so far, a minute each at least.</summary>
    private decimal SpentOn(string today, DateTimeOffset now, DialRules rules)
    {
        var sum = day == today && currency == rules.Ceiling.Currency ? spent : 0;
        foreach (var channel in open.Values)
            if (channel.Dial.Currency == rules.Ceiling.Currency) sum += Cost(channel.Dial, now - channel.Dial.Since > Minute ? now - channel.Dial.Since : Minute);
        return sum;
    }

    private sealed class Channel(OpenDial dial, DateTimeOffset until)
    {
        public OpenDial Dial => dial;
        public DateTimeOffset Until { get; set; } = until;
    }
}
