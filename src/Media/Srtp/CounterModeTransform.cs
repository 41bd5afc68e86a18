namespace CallCenter.Media.Srtp;

/// <summary>
/// AES counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1; RFC 6188): IV = (session salt · 2^16) ⊕ (SSRC · 2^64) ⊕ (index · 2^16).
/// The tag covers header, encrypted payload and trailer, and is looked at before anything is decrypted.
/// </summary>
sealed class CounterModeTransform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> salt) : SrtpTransform
{
    /// <summary>160 bits (RFC 3711 §5.2).</summary>
    public const int MacKeySize = 20;

    const int SsrcShift = 64, CounterBits = 16;

    readonly CounterMode cipher = new(key);
    readonly HmacSha1 mac = new(macKey);
    readonly UInt128 salt = KeyDerivation.Salt112(salt) << CounterBits;

    public override void Seal(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag)
    {
        cipher.Apply(Iv(ssrc, index), packet[clear..]);
        mac.Compute(packet, trailer, tag);
    }

    public override bool TryOpen(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag)
    {
        if (!mac.Matches(packet, trailer, tag)) return false;
        cipher.Apply(Iv(ssrc, index), packet[clear..]);
        return true;
    }

    public override void Dispose()
    {
        cipher.Dispose();
        mac.Dispose();
    }

    UInt128 Iv(uint ssrc, ulong index) => salt ^ (UInt128)ssrc << SsrcShift ^ (UInt128)index << CounterBits;
}
