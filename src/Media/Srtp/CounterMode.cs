using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CallCenter.Media.Srtp;

/// <summary>
/// AES in counter mode as RFC 3711 §4.1.1 has it: the key stream is AES of IV, IV + 1, IV + 2 … The counters are written out and encrypted
/// in one call.
/// </summary>
sealed unsafe class CounterMode(ReadOnlySpan<byte> key) : IDisposable
{
    const int Block = 16, AtOnce = 16;

    readonly CipherContext context = new(key.Length == Block ? LibCrypto.Aes128Ecb() : LibCrypto.Aes256Ecb(), key, encrypts: true);

    /// <summary>Encrypts, or decrypts: the same.</summary>
    /// <param name="iv">Its low 16 bits are 0: they count.</param>
    public void Apply(UInt128 iv, Span<byte> data)
    {
        var stream = stackalloc byte[AtOnce * Block];
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(data.Length, AtOnce * Block)];
            Fill(stream, ref iv, (part.Length + Block - 1) / Block);
            Xor(part, new(stream, part.Length));
            data = data[part.Length..];
        }
    }

    void Fill(byte* stream, ref UInt128 iv, int blocks)
    {
        var upper = BinaryPrimitives.ReverseEndianness((ulong)(iv >> 64));
        var lower = (ulong)iv;
        var words = (ulong*)stream;
        for (var i = 0; i < blocks; i++)
        {
            words[2 * i] = upper;
            words[2 * i + 1] = BinaryPrimitives.ReverseEndianness(lower++);
        }
        iv = new((ulong)(iv >> 64), lower);
        int written;
        LibCrypto.CipherUpdate(context.Raw, stream, &written, stream, blocks * Block);
    }

    static void Xor(Span<byte> data, ReadOnlySpan<byte> stream)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        var wideStream = MemoryMarshal.Cast<byte, Vector<byte>>(stream);
        for (var i = 0; i < wide.Length; i++) wide[i] ^= wideStream[i];
        for (var i = wide.Length * Vector<byte>.Count; i < data.Length; i++) data[i] ^= stream[i];
    }

    public void Dispose() => context.Dispose();
}
