namespace CallCenter.Domain.Dialling;

/// <summary>
/// What a trunk carries out, of all tenants together: leased legs, and when new ones began. Soft state: calls renew, so that after a
/// restart the set is whole again within seconds.
/// </summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed class TrunkLedger
{
    private readonly Dictionary<(TenantId, CallId, LegId), DateTimeOffset> leases = [];
    private readonly Dictionary<(TenantId, CallId, LegId), DialRefusal> refused = [];
    private readonly Queue<(DateTimeOffset Until, (TenantId, CallId, LegId) Leg)> forget = [];
    /// <summary>When each lease runs out, oldest first; a renewal leaves the older entry, which means nothing then.</summary>
    private readonly Queue<(DateTimeOffset Until, (TenantId, CallId, LegId) Leg)> lapses = [];
    private readonly RecentTimes recent = new();

    /// <summary>Legs that hold a channel, as of the last <see cref="Sweep"/>.</summary>
    public int Channels => leases.Count;

    /// <summary>When <see cref="Sweep"/> has something to do; null = never.</summary>
    public DateTimeOffset? Deadline
    {
        get
        {
            while (lapses.TryPeek(out var first) && !Holds(first)) lapses.Dequeue();
            return lapses.TryPeek(out var lapse) ? lapse.Until : forget.TryPeek(out var late) ? late.Until : null;
        }
    }

    /// <summary>Lets go of legs that are not heard of any more, and of refusals that nobody asks about any more.</summary>
    public void Sweep(DateTimeOffset now)
    {
        while (lapses.TryPeek(out var first) && first.Until <= now)
            if (Holds(lapses.Dequeue())) leases.Remove(first.Leg);
        Forget(now);
    }

    private void Forget(DateTimeOffset now)
    {
        while (forget.TryPeek(out var late) && late.Until <= now) refused.Remove(forget.Dequeue().Leg);
    }

    /// <summary>Takes or renews a channel; null = it is held.</summary>
    /// <param name="always">An emergency call, or one that goes on: it takes a channel whatever the limits say.</param>
    public DialRefusal? Claim(TenantId tenant, CallId call, LegId leg, TrunkOutbound limits, bool always, DateTimeOffset now)
    {
        var key = (tenant, call, leg);
        Forget(now);
        if (refused.TryGetValue(key, out var before)) return before; // asked again before it had heard: it does not go on
        if (!leases.ContainsKey(key) && !always)
        {
            if (leases.Count >= limits.Channels) Sweep(now);
            if (leases.Count >= limits.Channels) return Refuse(key, DialRefusal.ChannelLimit, now);
            if (recent.Reached(limits.CallsPerMinute, TimeSpan.FromMinutes(1), now)) return Refuse(key, DialRefusal.RateLimit, now);
            recent.Add(now);
        }
        var until = now + DialLedger.Lease;
        leases[key] = until;
        lapses.Enqueue((until, key));
        return null;
    }

    public void GiveBack(TenantId tenant, CallId call, LegId leg) => leases.Remove((tenant, call, leg));

    private DialRefusal Refuse((TenantId, CallId, LegId) leg, DialRefusal why, DateTimeOffset now)
    {
        refused[leg] = why;
        forget.Enqueue((now + DialLedger.LateWord, leg));
        return why;
    }

    private bool Holds((DateTimeOffset Until, (TenantId, CallId, LegId) Leg) lapse) => leases.TryGetValue(lapse.Leg, out var until) && until == lapse.Until;
}
