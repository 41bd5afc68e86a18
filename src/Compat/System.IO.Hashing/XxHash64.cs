using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH64 (xxHash fast digest algorithm, version 0.1.1, "XXH64 Algorithm Description"). The hash is written in big-endian order.</summary>
public sealed class XxHash64 : NonCryptographicHashAlgorithm
{
    private const int HashSize = 8;
    private const int Stripe = 32;
    private const ulong P1 = 0x9E3779B185EBCA87, P2 = 0xC2B2AE3D27D4EB4F, P3 = 0x165667B19E3779F9, P4 = 0x85EBCA77C2B2AE63, P5 = 0x27D4EB2F165667C5;

    private readonly ulong seed;
    private readonly byte[] held = new byte[Stripe];
    private ulong a, b, c, d;
    private long length;

    public XxHash64() : this(0) { }

    public XxHash64(long seed) : base(HashSize)
    {
        this.seed = (ulong)seed;
        Reset();
    }

    public override void Reset() => (a, b, c, d, length) = (seed + P1 + P2, seed + P2, seed, seed - P1, 0);

    public override void Append(ReadOnlySpan<byte> source)
    {
        var filled = (int)(length % Stripe);
        length += source.Length;
        if (filled > 0)
        {
            var taken = Math.Min(Stripe - filled, source.Length);
            source[..taken].CopyTo(held.AsSpan(filled));
            source = source[taken..];
            if (filled + taken < Stripe) return;
            Take(held);
        }
        for (; source.Length >= Stripe; source = source[Stripe..]) Take(source);
        source.CopyTo(held);
    }

    public ulong GetCurrentHashAsUInt64() => Finish(held.AsSpan(0, (int)(length % Stripe)));

    protected override void GetCurrentHashCore(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, GetCurrentHashAsUInt64());

    public static byte[] Hash(byte[] source) => Hash(source, 0);

    public static byte[] Hash(byte[] source, long seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan(), seed);
    }

    public static byte[] Hash(ReadOnlySpan<byte> source, long seed = 0)
    {
        var hash = new byte[HashSize];
        BinaryPrimitives.WriteUInt64BigEndian(hash, HashToUInt64(source, seed));
        return hash;
    }

    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination, long seed = 0) =>
        TryHash(source, destination, out var written, seed) ? written : throw new ArgumentException("The destination is too short for the hash", nameof(destination));

    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten, long seed = 0)
    {
        var fits = BinaryPrimitives.TryWriteUInt64BigEndian(destination, HashToUInt64(source, seed));
        bytesWritten = fits ? HashSize : 0;
        return fits;
    }

    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0)
    {
        var hash = new XxHash64(seed);
        hash.Append(source);
        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Step 2: one stripe of four lanes into the four accumulators.</summary>
    private void Take(ReadOnlySpan<byte> stripe)
    {
        a = Round(a, Word(stripe));
        b = Round(b, Word(stripe[8..]));
        c = Round(c, Word(stripe[16..]));
        d = Round(d, Word(stripe[24..]));
    }

    /// <summary>Steps 1 (short input), 3 to 6: converge, add the length, take the rest, avalanche.</summary>
    private ulong Finish(ReadOnlySpan<byte> rest)
    {
        var hash = length < Stripe ? seed + P5 : Converge();
        hash += (ulong)length;
        for (; rest.Length >= 8; rest = rest[8..]) hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(rest)), 27) * P1) + P4;
        if (rest.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * P1), 23) * P2) + P3;
            rest = rest[4..];
        }
        foreach (var octet in rest) hash = BitOperations.RotateLeft(hash ^ (octet * P5), 11) * P1;
        hash = (hash ^ (hash >> 33)) * P2;
        hash = (hash ^ (hash >> 29)) * P3;
        return hash ^ (hash >> 32);
    }

    private ulong Converge()
    {
        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * P1) + P4;

    private static ulong Round(ulong accumulator, ulong lane) => BitOperations.RotateLeft(accumulator + (lane * P2), 31) * P1;

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
