using System.Security.Cryptography;

namespace CallCenter.Storage.Personal;

/// <summary>
/// What one thread seals and opens with, used again: to make a cipher of a key, or to ask for twelve random bytes, each costs more than to seal a
/// short text does.
/// </summary>
internal sealed class SealingTools
{
    /// <summary>Ciphers kept: of the tenants whose calls are under way here now, in a bad case too few, which costs time only.</summary>
    private const int Most = 8;

    [ThreadStatic] private static SealingTools? mine;

    private readonly (byte[] Key, AesGcm Cipher)[] ciphers = new (byte[], AesGcm)[Most];
    private readonly byte[] random = new byte[768];
    private int used, next;

    private SealingTools() => used = random.Length;

    /// <summary>This thread's.</summary>
    public static SealingTools Mine => mine ??= new();

    /// <summary>Fills with bytes of the system's generator that were given to nobody else.</summary>
    public void Draw(Span<byte> bytes)
    {
        if (random.Length - used < bytes.Length)
        {
            RandomNumberGenerator.Fill(random);
            used = 0;
        }
        var drawn = random.AsSpan(used, bytes.Length);
        drawn.CopyTo(bytes);
        drawn.Clear();
        used += bytes.Length;
    }

    /// <summary>The cipher of a key; not to be disposed, nor used on another thread.</summary>
    public AesGcm For(byte[] key)
    {
        foreach (var (known, cipher) in ciphers)
            if (ReferenceEquals(known, key)) return cipher;
        ref var place = ref ciphers[next++ % Most];
        place.Cipher?.Dispose();
        place = (key, new(key, SealedBytes.TagLength));
        return place.Cipher;
    }
}
