using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transactions;

/// <summary>Tags, branches and Call-IDs: 64 random bits and more, as RFC 3261 §19.3 asks. Used on the loop only.</summary>
public sealed class SipTokens
{
    readonly byte[] pool = new byte[1024];
    readonly Action<byte[]> fill;
    int used;

    public SipTokens() : this(static bytes => RandomNumberGenerator.Fill(bytes)) { }

    /// <param name="seed">Makes runs repeat; for tests and simulations only.</param>
    public SipTokens(int seed) : this(new Random(seed).NextBytes) { }

    SipTokens(Action<byte[]> fill)
    {
        this.fill = fill;
        used = pool.Length;
    }

    public ulong Next()
    {
        if (used == pool.Length)
        {
            fill(pool);
            used = 0;
        }
        used += sizeof(ulong);
        return BinaryPrimitives.ReadUInt64LittleEndian(pool.AsSpan(used - sizeof(ulong)));
    }

    public string Tag() => Next().ToString("x16", null);

    /// <summary>Without a host part, which would tell the world our inner addresses.</summary>
    public string CallId() => Tag() + Tag();

    /// <summary>The tag of a stateless answer: the same request gets the same tag again (§8.2.7).</summary>
    internal static byte[] StatelessTag(SipRequest request)
    {
        var hash = new HashCode();
        hash.AddBytes(request.CallId);
        hash.AddBytes(request.Via.Text);
        hash.Add(request.CSeq);
        return Encoding.ASCII.GetBytes($"s{(uint)hash.ToHashCode():x8}");
    }
}
