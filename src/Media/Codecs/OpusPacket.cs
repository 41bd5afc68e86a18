namespace CallCenter.Media.Codecs;

/// <summary>What an Opus packet's first bytes tell without decoding it (RFC 6716 §3.1, §3.2).</summary>
static class OpusPacket
{
    /// <summary>Configurations below 12 are SILK alone, below 16 SILK with CELT, the rest CELT alone (table 2).</summary>
    const int FirstHybrid = 12, FirstCelt = 16;

    /// <summary>No packet is longer than 120 ms (§3.4, R5).</summary>
    const int Longest = 120 * Audio.SamplesPerMs;

    /// <summary>SILK divides a packet of more than 20 ms into frames of that (§4.2.2).</summary>
    const int SilkFrame = 20 * Audio.SamplesPerMs;
    const int CountMask = 0x3F, StereoBit = 0x04;

    /// <summary>The time the packet fills, in samples of 8 kHz; 0 if it is no Opus.</summary>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return 0;
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            3 => packet.Length < 2 ? 0 : packet[1] & CountMask,
            _ => 2,
        };
        var samples = frames * FrameSamples(packet[0] >> 3);
        return samples > Longest ? 0 : samples;
    }

    /// <summary>
    /// Whether the packet repeats the one before it at a lower rate: the flags that begin a SILK frame, one bit for the voice of each 20 ms,
    /// then one for that (§4.2.3, §4.2.4). Of one frame and one channel only, as telephony sends it.
    /// </summary>
    public static bool RepeatsTheLast(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 2 || packet[0] >> 3 >= FirstCelt || (packet[0] & (3 | StereoBit)) != 0) return false;
        var frames = Math.Max(1, FrameSamples(packet[0] >> 3) / SilkFrame);
        return (packet[1] >> 7 - frames & 1) != 0;
    }

    static int FrameSamples(int configuration) => configuration switch
    {
        < FirstHybrid => (configuration & 3) == 3 ? 60 * Audio.SamplesPerMs : (10 << (configuration & 3)) * Audio.SamplesPerMs,
        < FirstCelt => (10 << (configuration & 1)) * Audio.SamplesPerMs,
        _ => 5 * Audio.SamplesPerMs / 2 << (configuration & 3),
    };
}
