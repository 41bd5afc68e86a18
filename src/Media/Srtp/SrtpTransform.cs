using System.Security.Cryptography;

namespace CallCenter.Media.Srtp;

/// <summary>How packets of one kind, RTP or RTCP, are secured under one session key. In place, without allocation; used by one thread at a time.</summary>
abstract class SrtpTransform : IDisposable
{
    /// <summary>Encrypts what follows the first <paramref name="clear"/> bytes, and makes the tag.</summary>
    /// <param name="index">48 bits: roll-over counter and sequence number; 31 bits of an RTCP packet (RFC 3711 §3.3.1, §3.4).</param>
    /// <param name="trailer">The four bytes that are authenticated after the packet: roll-over counter, or E flag and index.</param>
    /// <param name="tag">As many bytes as the suite has.</param>
    public abstract void Seal(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag);

    /// <summary>False: it was not made with this key, or not for this index, or was changed on its way; its bytes may be spoilt then.</summary>
    public abstract bool TryOpen(Span<byte> packet, int clear, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag);

    public abstract void Dispose();

    public static SrtpTransform Media(SrtpSuite suite, SrtpMasterKey master, bool seals) =>
        Of(suite, master, seals, isControl: false, KeyLabel.MediaCipher, KeyLabel.MediaAuthentication, KeyLabel.MediaSalt);

    public static SrtpTransform Control(SrtpSuite suite, SrtpMasterKey master, bool seals) =>
        Of(suite, master, seals, isControl: true, KeyLabel.ControlCipher, KeyLabel.ControlAuthentication, KeyLabel.ControlSalt);

    static SrtpTransform Of(SrtpSuite suite, SrtpMasterKey master, bool seals, bool isControl, KeyLabel cipher, KeyLabel authentication, KeyLabel salting)
    {
        Span<byte> key = stackalloc byte[suite.KeySize], salt = stackalloc byte[suite.SaltSize], mac = stackalloc byte[CounterModeTransform.MacKeySize];
        using var derivation = new KeyDerivation(master);
        derivation.Derive(cipher, key);
        derivation.Derive(authentication, mac);
        derivation.Derive(salting, salt);
        SrtpTransform made = suite.IsAead ? new GcmTransform(key, salt, seals, isControl) : new CounterModeTransform(key, mac, salt);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(mac);
        return made;
    }
}
