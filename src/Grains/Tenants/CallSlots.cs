namespace CallCenter.Grains.Tenants;

/// <summary>The calls that count against a limit: a set of leased ids, so that nothing is ever counted twice or forgotten.</summary>
sealed class CallSlots
{
    /// <summary>A call that is not heard of for so long no longer counts.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    readonly Dictionary<CallId, DateTimeOffset> leases = [];

    public int Count => leases.Count;

    /// <summary>Takes or renews a slot; false if none is free.</summary>
    /// <param name="limit">Null = none.</param>
    public bool Claim(CallId call, int? limit, DateTimeOffset now)
    {
        if (limit is { } most && !leases.ContainsKey(call) && leases.Count >= most)
        {
            DropLapsed(now);
            if (leases.Count >= most) return false;
        }
        leases[call] = now + Lease;
        return true;
    }

    public void GiveBack(CallId call) => leases.Remove(call);

    void DropLapsed(DateTimeOffset now)
    {
        foreach (var (call, until) in leases)
            if (until <= now) leases.Remove(call);
    }
}
