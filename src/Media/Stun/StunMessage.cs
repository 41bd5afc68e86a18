using System.Buffers.Binary;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Stun;

/// <summary>
/// A STUN message over the bytes that it came in (RFC 8489 §5, §14).
/// <code>
/// |0 0|  type: method, class  |  length behind the header, a multiple of 4  |
/// |                         0x2112A442                                      |
/// |                         transaction, 96 bits                            |
/// |  attribute's type         |  length n  |  n bytes, padded to a word … |
/// </code>
/// </summary>
readonly ref struct StunMessage
{
    public const int HeaderSize = 20, TransactionSize = 12, AttributeHeadSize = 4, IntegritySize = 20, FingerprintSize = 4;
    public const uint Cookie = 0x2112A442;
    public const int LengthAt = 2, CookieAt = 4, TransactionAt = 8;

    /// <summary>Below it the first byte of a datagram says STUN, where DTLS and SRTP share its port (RFC 7983 §7).</summary>
    const int FirstOfOthers = 4;

    readonly ReadOnlySpan<byte> bytes;

    /// <summary>Where MESSAGE-INTEGRITY stands; 0 without it.</summary>
    readonly int integrityAt;

    StunMessage(ReadOnlySpan<byte> bytes, int integrityAt, bool hasFingerprint)
    {
        this.bytes = bytes;
        (this.integrityAt, HasFingerprint) = (integrityAt, hasFingerprint);
    }

    public StunType Type => (StunType)BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public ReadOnlySpan<byte> Transaction => bytes.Slice(TransactionAt, TransactionSize);

    /// <summary>What <see cref="XorAddress"/> is written with: cookie and transaction.</summary>
    public ReadOnlySpan<byte> Mask => bytes.Slice(CookieAt, XorAddress.MaskSize);

    /// <summary>True: there is one, and it is right.</summary>
    public bool HasFingerprint { get; }

    /// <summary>What MESSAGE-INTEGRITY covers, or all without it; what stands behind it is to be ignored (RFC 8489 §14.5).</summary>
    public StunAttributes Attributes => new(integrityAt > 0 ? bytes[HeaderSize..integrityAt] : bytes[HeaderSize..]);

    /// <summary>Whether a datagram is to be read as STUN where other protocols come in on the same port.</summary>
    public static bool IsMeant(ReadOnlySpan<byte> datagram) => !datagram.IsEmpty && datagram[0] < FirstOfOthers;

    /// <summary>False: not of this form, its lengths do not add up, or its FINGERPRINT is wrong or not the last attribute.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length < HeaderSize || !IsMeant(datagram) || BinaryPrimitives.ReadUInt32BigEndian(datagram[CookieAt..]) != Cookie) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[LengthAt..]);
        if (length % AttributeHeadSize != 0 || datagram.Length != HeaderSize + length) return false;
        if (!TryWalk(datagram, out var integrityAt, out var fingerprintAt)) return false;
        if (fingerprintAt > 0 && BinaryPrimitives.ReadUInt32BigEndian(datagram[(fingerprintAt + AttributeHeadSize)..]) != StunFingerprint.Of(datagram[..fingerprintAt])) return false;
        message = new(datagram, integrityAt, fingerprintAt > 0);
        return true;
    }

    /// <summary>Whether it was made with this key: HMAC-SHA1 of all before MESSAGE-INTEGRITY, as if that were the end (RFC 8489 §14.5).</summary>
    public bool IsIntact(HmacSha1 key)
    {
        if (integrityAt == 0) return false;
        Span<byte> head = stackalloc byte[HeaderSize];
        bytes[..HeaderSize].CopyTo(head);
        BinaryPrimitives.WriteUInt16BigEndian(head[LengthAt..], (ushort)(integrityAt + AttributeHeadSize + IntegritySize - HeaderSize));
        return key.Matches(head, bytes[HeaderSize..integrityAt], bytes.Slice(integrityAt + AttributeHeadSize, IntegritySize));
    }

    /// <summary>The value of the first attribute of a type.</summary>
    public bool TryFind(StunAttribute type, out ReadOnlySpan<byte> value)
    {
        var attributes = Attributes;
        while (attributes.TryNext(out var found, out value))
            if (found == type) return true;
        return false;
    }

    static bool TryWalk(ReadOnlySpan<byte> bytes, out int integrityAt, out int fingerprintAt)
    {
        (integrityAt, fingerprintAt) = (0, 0);
        for (var at = HeaderSize; at < bytes.Length;)
        {
            var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            var next = at + AttributeHeadSize + StunAttributes.Padded(length);
            if (fingerprintAt > 0 || next > bytes.Length) return false;
            if (type == StunAttribute.MessageIntegrity && integrityAt == 0)
            {
                if (length != IntegritySize) return false;
                integrityAt = at;
            }
            else if (type == StunAttribute.Fingerprint)
            {
                if (length != FingerprintSize) return false;
                fingerprintAt = at;
            }
            at = next;
        }
        return true;
    }
}
