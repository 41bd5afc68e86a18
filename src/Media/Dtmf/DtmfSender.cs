using CallCenter.Media.Codecs;

namespace CallCenter.Media.Dtmf;

/// <summary>What the sender wants in a 20 ms slot.</summary>
enum DtmfSlot
{
    /// <summary>No key waits.</summary>
    Idle,

    /// <summary>Send the event packet.</summary>
    Event,

    /// <summary>The pause between keys: send silence.</summary>
    Pause,
}

/// <summary>
/// Sends keys as telephone-events, one packet per 20 ms slot (RFC 4733 §2.5.1): 100 ms of tone in growing durations, the last
/// packet three times, then a pause of 60 ms, in all 200 ms a key. As sound a key is 100 ms of tone and 100 ms of pause. The floor
/// of ITU-T Q.24 is 40 ms of tone and of pause.
/// </summary>
struct DtmfSender
{
    const int TonePackets = 5, EndPackets = 3, PausePackets = 3;

    /// <summary>-10 dBm0, what phones send.</summary>
    const byte Volume = 10;

    string? keys;
    int key, slot;
    uint started;

    public readonly bool IsBusy => keys is not null;

    /// <summary>The timestamp shared by a key's packets; null at its first.</summary>
    public readonly uint? Started => slot > 1 ? started : null;

    /// <summary>Keys to send after those that wait. Only keys of <see cref="DtmfKeys"/>.</summary>
    public void Enqueue(string more) => keys += more;

    public DtmfSlot Next(out DtmfEvent packet)
    {
        packet = default;
        if (keys is null) return DtmfSlot.Idle;
        if (slot == TonePackets + EndPackets - 1 + PausePackets)
        {
            slot = 0;
            if (++key >= keys.Length)
            {
                (keys, key) = (null, 0);
                return DtmfSlot.Idle;
            }
        }
        slot++;
        if (slot >= TonePackets + EndPackets) return DtmfSlot.Pause;
        DtmfKeys.TryCode(keys[key], out var code);
        packet = new(code, slot >= TonePackets, Volume, (ushort)(Math.Min(slot, TonePackets) * Audio.FrameSamples));
        return DtmfSlot.Event;
    }

    public void Began(uint timestamp)
    {
        if (slot == 1) started = timestamp;
    }

    /// <summary>For a leg without telephone-event: what of which key is heard in the slot that <see cref="Next"/> told of. False: it is silent.</summary>
    /// <param name="from">Sample of <see cref="DtmfTones.Of"/>.</param>
    public readonly bool TrySound(out byte code, out int from)
    {
        (code, from) = (0, (slot - 1) * Audio.FrameSamples);
        return keys is not null && slot is > 0 and <= TonePackets && DtmfKeys.TryCode(keys[key], out code);
    }
}
