using CallCenter.Media.Rtp;

namespace CallCenter.Media.Codecs;

/// <summary>
/// Packets of one source in the order they were sent. While none is missing each is handed on at once; where one is, those behind it
/// wait, as long as late ones took of late and <see cref="MostPatience"/> at most. A line that loses packets but never
/// delivers them late so costs no wait at all. Pure: time comes with the packets.
/// </summary>
sealed class PacketOrder
{
    /// <summary>ns: 80 ms.</summary>
    public const long MostPatience = 80 * MediaClock.PerMillisecond;

    /// <summary>Power of two; more than fit into the patience.</summary>
    const int Places = 16;

    /// <summary>Bytes: no packet that is decoded is longer (an Opus frame has 1,275; 200 ms of G.722 have 1,600).</summary>
    const int Longest = Audio.LongestPacket;

    /// <summary>Older than this is no late packet but another sequence (RFC 3550 A.1, MAX_MISORDER).</summary>
    const int MostLate = 100;

    /// <summary>Patience fades by 1/512 a packet, half of it in 7 s: a line that got better is not made to wait for long.</summary>
    const int Fading = 9;

    readonly byte[] bytes = new byte[Places * Longest];
    readonly RtpHeader[] headers = new RtpHeader[Places];
    readonly bool[] taken = new bool[Places];
    ushort next;
    uint ssrc;
    bool started;
    int waiting;
    long patience, missedAt;

    /// <summary>The last that were given up, and since when they had been missing.</summary>
    (ushort First, int Count, long Since) gaveUp;

    /// <summary>Something is held that waits for what is before it.</summary>
    public bool IsWaiting => waiting > 0;

    /// <param name="payload">Empty for a packet that only takes a number, such as a key's.</param>
    public void Put(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        if (payload.Length > Longest) return;
        var ahead = (short)(header.Sequence - next);
        if (!started || header.Ssrc != ssrc || ahead is >= Places or < -MostLate) ahead = Restart(header);
        if (ahead < 0)
        {
            if ((ushort)(header.Sequence - gaveUp.First) < gaveUp.Count) Learn(now - gaveUp.Since);
            return;
        }
        var place = header.Sequence & Places - 1;
        if (taken[place]) return; // sent twice
        if (ahead > 0 && waiting == 0) missedAt = now;
        if (ahead == 0 && waiting > 0) Learn(now - missedAt);
        payload.CopyTo(bytes.AsSpan(place * Longest));
        headers[place] = header with { PayloadOffset = 0, PayloadLength = payload.Length };
        taken[place] = true;
        waiting++;
    }

    /// <summary>The next packet, if it is there or those before it are given up.</summary>
    /// <param name="missing">So many are missing right before it.</param>
    /// <param name="payload">Good until the next <see cref="Put"/>.</param>
    public bool TryTake(long now, out RtpHeader header, out ReadOnlySpan<byte> payload, out int missing)
    {
        header = default;
        payload = default;
        missing = 0;
        if (waiting == 0) return false;
        if (!taken[next & Places - 1])
        {
            if (now - missedAt < patience) return false;
            while (!taken[next + missing & Places - 1]) missing++;
            gaveUp = (next, missing, missedAt);
        }
        next += (ushort)missing;
        var place = next++ & Places - 1;
        header = headers[place];
        payload = bytes.AsSpan(place * Longest, header.PayloadLength);
        taken[place] = false;
        patience -= patience >> Fading;
        if (--waiting > 0 && !taken[next & Places - 1]) missedAt = now; // the next hole
        return true;
    }

    void Learn(long late) => patience = Math.Clamp(late, patience, MostPatience);

    short Restart(in RtpHeader header)
    {
        taken.AsSpan().Clear();
        (started, ssrc, next, waiting, gaveUp) = (true, header.Ssrc, header.Sequence, 0, default);
        return 0;
    }
}
