using System.Buffers.Binary;

namespace CallCenter.Media.Srtp;

/// <summary>
/// AES-GCM (RFC 7714): IV of 96 bits = session salt ⊕ (0 of 16 bits, SSRC, index of 48 bits), the same for RTP (§8.1) and RTCP (§9.1). What stays
/// readable is authenticated: the header of RTP (§8.2); of RTCP the first 8 bytes and the word with the index (§9.2).
/// </summary>
sealed unsafe class GcmTransform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, bool seals, bool isControl) : SrtpTransform
{
    const int IvSize = 12, SaltShift = 16, SsrcShift = 48, Key128 = 16;

    readonly CipherContext context = new(key.Length == Key128 ? LibCrypto.Aes128Gcm() : LibCrypto.Aes256Gcm(), key, seals);
    readonly UInt128 salt = KeyDerivation.Salt112(salt) >> SaltShift;

    public override void Seal(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag)
    {
        Run(packet, clear, ssrc, index, trailer);
        byte none;
        int written;
        LibCrypto.CipherFinal(context.Raw, &none, &written);
        fixed (byte* bytes = tag) LibCrypto.ContextControl(context.Raw, LibCrypto.ControlGetTag, tag.Length, bytes);
    }

    public override bool TryOpen(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag)
    {
        Run(packet, clear, ssrc, index, trailer);
        byte none;
        int written;
        fixed (byte* bytes = tag) LibCrypto.ContextControl(context.Raw, LibCrypto.ControlSetTag, tag.Length, bytes);
        return LibCrypto.CipherFinal(context.Raw, &none, &written) > 0;
    }

    public override void Dispose() => context.Dispose();

    void Run(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer)
    {
        Span<byte> whole = stackalloc byte[sizeof(UInt128)];
        BinaryPrimitives.WriteUInt128BigEndian(whole, salt ^ (UInt128)ssrc << SsrcShift ^ index);
        int written;
        fixed (byte* iv = whole[^IvSize..]) LibCrypto.CipherSetIv(context.Raw, 0, 0, null, iv, -1);
        fixed (byte* bytes = packet)
        {
            LibCrypto.CipherUpdate(context.Raw, null, &written, bytes, clear);
            if (isControl) Authenticate(trailer);
            if (packet.Length > clear) LibCrypto.CipherUpdate(context.Raw, bytes + clear, &written, bytes + clear, packet.Length - clear);
        }
    }

    void Authenticate(ReadOnlySpan<byte> trailer)
    {
        int written;
        fixed (byte* bytes = trailer) LibCrypto.CipherUpdate(context.Raw, null, &written, bytes, trailer.Length);
    }
}
