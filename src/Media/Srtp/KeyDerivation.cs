using System.Buffers.Binary;

namespace CallCenter.Media.Srtp;

/// <summary>What a session key is for (RFC 3711 §4.3.1, §4.3.2).</summary>
enum KeyLabel : byte
{
    MediaCipher = 0,
    MediaAuthentication = 1,
    MediaSalt = 2,
    ControlCipher = 3,
    ControlAuthentication = 4,
    ControlSalt = 5,
}

/// <summary>
/// Session keys from a master key (RFC 3711 §4.3; RFC 6188 §3 with AES-256), at a key derivation rate of 0: once, for all packets.
/// They are the key stream of counter mode from IV = (label · 2^48 ⊕ master salt) · 2^16.
/// </summary>
sealed class KeyDerivation(SrtpMasterKey master) : IDisposable
{
    const int LabelShift = 48, CounterBits = 16;

    readonly CounterMode stream = new(master.Key);
    readonly UInt128 salt = Salt112(master.Salt);

    public void Derive(KeyLabel label, Span<byte> key)
    {
        key.Clear();
        stream.Apply((salt ^ (UInt128)(byte)label << LabelShift) << CounterBits, key);
    }

    /// <summary>A salt as the number of 112 bits that the formulas ask for; one of 96 bits (RFC 7714) is its upper part.</summary>
    public static UInt128 Salt112(ReadOnlySpan<byte> salt)
    {
        Span<byte> whole = stackalloc byte[16];
        whole.Clear();
        salt.CopyTo(whole[2..]);
        return BinaryPrimitives.ReadUInt128BigEndian(whole);
    }

    public void Dispose() => stream.Dispose();
}
