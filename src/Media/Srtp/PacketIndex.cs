namespace CallCenter.Media.Srtp;

/// <summary>The 48-bit index of an RTP packet: roll-over counter · 2^16 + sequence number, of which only the latter is sent (RFC 3711 §3.3.1).</summary>
static class PacketIndex
{
    public const int SequenceBits = 16;
    const int Half = 0x8000;

    /// <summary>The index nearest to the highest one so far that ends in this sequence number (appendix A).</summary>
    public static ulong Guess(ulong highest, ushort sequence)
    {
        var (rollOver, last) = (highest >> SequenceBits, (int)(ushort)highest);
        if (last >= Half && last - Half > sequence) rollOver++;
        else if (last < Half && sequence - last > Half && rollOver > 0) rollOver--; // before the first round there is none
        return Of((uint)rollOver, sequence);
    }

    public static ulong Of(uint rollOver, ushort sequence) => (ulong)rollOver << SequenceBits | sequence;

    public static uint RollOver(ulong index) => (uint)(index >> SequenceBits);
}
