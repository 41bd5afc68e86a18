using System.Buffers.Binary;

namespace CallCenter.Media.Dtmf;

/// <summary>
/// One telephone-event payload of 4 bytes (RFC 4733 §2.3).
/// <code>
/// |     event     |E|R| volume    |          duration             |
/// </code>
/// </summary>
/// <param name="Code">0–9 digits, 10 <c>*</c>, 11 <c>#</c>, 12–15 A–D, 16 flash (§3.2).</param>
/// <param name="End">Set on the last packet of a key press, which is sent three times (§2.5.1.4).</param>
/// <param name="Volume">dB below 0 dBm0, 0–63.</param>
/// <param name="Duration">Length so far in RTP clock units: 8 per ms at 8 kHz.</param>
public readonly record struct DtmfEvent(byte Code, bool End, byte Volume, ushort Duration)
{
    public const int Size = 4;
    public const byte MaxCode = 16;
    const int EndBit = 0x80, VolumeMask = 0x3F, DurationAt = 2;

    public static bool TryRead(ReadOnlySpan<byte> payload, out DtmfEvent result)
    {
        result = default;
        if (payload.Length < Size) return false;
        result = new(payload[0], (payload[1] & EndBit) != 0, (byte)(payload[1] & VolumeMask), BinaryPrimitives.ReadUInt16BigEndian(payload[DurationAt..]));
        return true;
    }

    public void Write(Span<byte> payload)
    {
        payload[0] = Code;
        payload[1] = (byte)((End ? EndBit : 0) | Volume & VolumeMask);
        BinaryPrimitives.WriteUInt16BigEndian(payload[DurationAt..], Duration);
    }
}
