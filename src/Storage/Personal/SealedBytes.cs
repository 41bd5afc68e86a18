using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenter.Storage.Personal;

/// <summary>
/// AES-256-GCM with everything needed to open it in one array:
/// <code>
/// | 1 form | 4 key id (big endian) | 12 nonce | 16 tag | ciphertext |
/// </code>
/// </summary>
internal static class SealedBytes
{
    private const byte Form = 1;
    private const int KeyIdAt = 1, NonceAt = 5, NonceLength = 12, TagAt = NonceAt + NonceLength;
    public const int TagLength = 16;
    public const int HeadLength = TagAt + TagLength;

    /// <param name="key">Nobody changes it.</param>
    /// <param name="bound">What it belongs to: it opens only with the same.</param>
    public static byte[] Seal(byte[] key, int keyId, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound)
    {
        var whole = new byte[HeadLength + plain.Length];
        whole[0] = Form;
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(KeyIdAt), keyId);
        var nonce = whole.AsSpan(NonceAt, NonceLength);
        SealingTools.Mine.Draw(nonce);
        SealingTools.Mine.For(key).Encrypt(nonce, plain, whole.AsSpan(HeadLength), whole.AsSpan(TagAt, TagLength), bound);
        return whole;
    }

    public static bool TryKeyId(ReadOnlySpan<byte> whole, out int keyId)
    {
        keyId = 0;
        if (whole.Length < HeadLength || whole[0] != Form) return false;
        keyId = BinaryPrimitives.ReadInt32BigEndian(whole[KeyIdAt..]);
        return true;
    }

    public static bool TryOpen(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> bound, out byte[] plain)
    {
        plain = [];
        if (!TryKeyId(whole, out _)) return false;
        var opened = new byte[whole.Length - HeadLength];
        try
        {
            SealingTools.Mine.For(key).Decrypt(whole.Slice(NonceAt, NonceLength), whole[HeadLength..], whole.Slice(TagAt, TagLength), opened, bound);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false; // the only failure that the content can cause; the framework has no Try form
        }
        plain = opened;
        return true;
    }
}
