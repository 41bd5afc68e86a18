namespace CallCenter.Media.Stun;

/// <summary>FINGERPRINT: CRC-32 of all before it, XORed so that no other protocol's checksum is taken for it (RFC 8489 §14.7).</summary>
static class StunFingerprint
{
    const uint Mask = 0x5354554E; // "STUN"

    /// <summary>ITU-T V.42, bits reversed.</summary>
    const uint Polynomial = 0xEDB88320;

    static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(n => Remainder((uint)n))];

    /// <param name="message">Up to the attribute; its header counts the attribute already.</param>
    public static uint Of(ReadOnlySpan<byte> message)
    {
        var crc = uint.MaxValue;
        foreach (var b in message) crc = table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc ^ Mask;
    }

    static uint Remainder(uint n)
    {
        for (var bit = 0; bit < 8; bit++) n = (n & 1) != 0 ? Polynomial ^ n >> 1 : n >> 1;
        return n;
    }
}
