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
    private readonly RecentTimes recent = new();

    public int Channels => leases.Count;

    /// <summary>Takes or renews a channel; null = it is held.</summary>
    /// <param name="always">An emergency call, or one that goes on: it takes a channel whatever the limits say.</param>
    public DialRefusal? Claim(TenantId tenant, CallId call, LegId leg, TrunkOutbound limits, bool always, DateTimeOffset now)
    {
        var key = (tenant, call, leg);
        while (forget.TryPeek(out var first) && first.Until <= now) refused.Remove(forget.Dequeue().Leg);
        if (refused.TryGetValue(key, out var before)) return before; // asked again before it had heard: it does not go on
        if (!leases.ContainsKey(key) && !always)
        {
            if (leases.Count >= limits.Channels) DropLapsed(now);
            if (leases.Count >= limits.Channels) return Refuse(key, DialRefusal.ChannelLimit, now);
            if (recent.Reached(limits.CallsPerMinute, TimeSpan.FromMinutes(1), now)) return Refuse(key, DialRefusal.RateLimit, now);
            recent.Add(now);
        }
        leases[key] = now + DialLedger.Lease;
        return null;
    }

    public void GiveBack(TenantId tenant, CallId call, LegId leg) => leases.Remove((tenant, call, leg));

    private DialRefusal Refuse((TenantId, CallId, LegId) leg, DialRefusal why, DateTimeOffset now)
    {
        refused[leg] = why;
        forget.Enqueue((now + DialLedger.LateWord, leg));
        return why;
    }

    private void DropLapsed(DateTimeOffset now)
    {
        foreach (var (leg, until) in leases)
            if (until <= now) leases.Remove(leg);
    }
}
