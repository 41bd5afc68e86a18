namespace CallCenter.Media.Dtmf;

/// <summary>One key press, whole.</summary>
/// <param name="Start">ns, monotonic: the arrival of its first packet less the length that packet told.</param>
/// <param name="End">ns, monotonic.</param>
readonly record struct KeyPress(byte Code, long Start, long End);

/// <summary>
/// Turns telephone-event packets into key presses, each reported once (RFC 4733 §2.5.2). A key is known by its timestamp, so that
/// repeats, reordering and loss of all but one packet do not matter; if every end packet is lost the key ends when the
/// next begins or after <see cref="Patience"/> without news.
/// </summary>
struct DtmfReceiver
{
    /// <summary>ns. Senders repeat every 20–50 ms (§2.5.1.2: at the audio's packet interval or 50 ms); three misses end the key.</summary>
    public const long Patience = 150 * MediaClock.PerMillisecond;
    const long NsPerUnit = MediaClock.PerMillisecond / 8;

    bool any, open;
    byte code;
    uint ssrc, timestamp, units;
    ushort lastDuration;
    long start, lastHeard;

    /// <summary>Takes a packet in. True: a key press is complete.</summary>
    /// <param name="now">ns, monotonic.</param>
    public bool TryEnd(uint fromSsrc, uint at, in DtmfEvent packet, long now, out KeyPress press)
    {
        press = default;
        if (packet.Code > DtmfEvent.MaxCode) return false;
        if (any && fromSsrc == ssrc)
        {
            if (at == timestamp) return Update(packet, now, out press);
            if ((int)(at - timestamp) < 0) return false; // a late packet of a key already told
            if (open && packet.Code == code && at == timestamp + lastDuration && lastDuration == ushort.MaxValue)
            {
                timestamp = at; // a key held over 8 s goes on in a new segment (§2.5.1.3)
                lastDuration = 0;
                return Update(packet, now, out press);
            }
        }
        var ended = open && Close(out press); // its end packets were lost
        var length = packet.Duration * NsPerUnit;
        (any, open, code, ssrc, timestamp, units, lastDuration) = (true, true, packet.Code, fromSsrc, at, 0, 0);
        (start, lastHeard) = (now - length, now);
        if (ended)
        {
            lastDuration = packet.Duration; // the new key's own end comes with its next packet, or by patience
            units = packet.Duration;
            return true;
        }
        return Update(packet, now, out press);
    }

    /// <summary>True: a key ended because nothing more came.</summary>
    public bool TryExpire(long now, out KeyPress press)
    {
        press = default;
        return open && now - lastHeard >= Patience && Close(out press);
    }

    bool Update(in DtmfEvent packet, long now, out KeyPress press)
    {
        press = default;
        if (!open) return false;
        lastHeard = now;
        if (packet.Duration > lastDuration)
        {
            units += (uint)(packet.Duration - lastDuration);
            lastDuration = packet.Duration;
        }
        return packet.End && Close(out press);
    }

    bool Close(out KeyPress press)
    {
        open = false;
        press = new(code, start, start + units * NsPerUnit);
        return true;
    }
}
