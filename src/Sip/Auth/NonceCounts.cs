namespace CallCenter.Sip.Auth;

/// <summary>Remembers which counts of a nonce were used, so that credentials seen on the wire cannot be sent again (RFC 7616 §3.4, nc). Bounded: the oldest nonce is
/// forgotten first, and every nonce issued no later than a forgotten one counts as stale from then on. Used on the loop only.</summary>
sealed class NonceCounts(int most)
{
    readonly Dictionary<ulong, Used> known = [];
    readonly Queue<(ulong Id, long IssuedAt)> order = [];
    long forgottenUpTo = long.MinValue;

    /// <summary>The highest count and, as bits below it, the 64 before: requests overtake each other over UDP.</summary>
    readonly record struct Used(uint Highest, ulong Before);

    /// <summary>True where this count was not used before. Call only after the credentials proved right, lest anybody could use counts up.</summary>
    public bool TryUse(ulong id, long issuedAt, uint count)
    {
        if (known.TryGetValue(id, out var used))
        {
            if (!TryMark(used, count, out var marked)) return false;
            known[id] = marked;
            return true;
        }
        if (issuedAt <= forgottenUpTo) return false;
        if (known.Count == most) Forget();
        known[id] = new(count, 0);
        order.Enqueue((id, issuedAt));
        return true;
    }

    void Forget()
    {
        var (id, issuedAt) = order.Dequeue();
        known.Remove(id);
        forgottenUpTo = Math.Max(forgottenUpTo, issuedAt);
    }

    static bool TryMark(Used used, uint count, out Used marked)
    {
        marked = used;
        if (count > used.Highest)
        {
            var ahead = count - used.Highest;
            var before = ahead >= 64 ? 0 : used.Before << (int)ahead;
            marked = new(count, ahead <= 64 ? before | 1UL << (int)(ahead - 1) : before);
            return true;
        }
        var behind = used.Highest - count;
        if (behind is 0 or > 64 || (used.Before >> (int)(behind - 1) & 1) != 0) return false;
        marked = used with { Before = used.Before | 1UL << (int)(behind - 1) };
        return true;
    }
}
