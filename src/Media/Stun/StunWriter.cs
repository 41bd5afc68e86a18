using System.Buffers.Binary;
using CallCenter.Media.Srtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Stun;

/// <summary>Builds a message in a buffer: attributes, then <see cref="Sign"/>, then <see cref="AddFingerprint"/>. The header is right after every step.</summary>
ref struct StunWriter
{
    readonly Span<byte> buffer;

    public StunWriter(Span<byte> buffer, StunType type, ReadOnlySpan<byte> transaction)
    {
        this.buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[StunMessage.LengthAt..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[StunMessage.CookieAt..], StunMessage.Cookie);
        transaction.CopyTo(buffer.Slice(StunMessage.TransactionAt, StunMessage.TransactionSize));
        Length = StunMessage.HeaderSize;
    }

    public int Length { get; private set; }

    public void Add(StunAttribute type, ReadOnlySpan<byte> value) => value.CopyTo(Begin(type, value.Length));

    public void Add(StunAttribute type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Begin(type, sizeof(uint)), value);

    public void Add(StunAttribute type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Begin(type, sizeof(ulong)), value);

    /// <summary>Where the other side is seen, as XOR-MAPPED-ADDRESS.</summary>
    public void AddMapped(in PeerName peer) =>
        XorAddress.Write(Begin(StunAttribute.XorMappedAddress, XorAddress.SizeOf(peer)), peer, buffer.Slice(StunMessage.CookieAt, XorAddress.MaskSize));

    public void AddError(StunError error)
    {
        var reason = error == StunError.RoleConflict ? "Role Conflict"u8 : "Unknown Attribute"u8;
        var value = Begin(StunAttribute.ErrorCode, 4 + reason.Length);
        value[2] = (byte)((int)error / 100); // class and number of 21, 3 and 8 bits (RFC 8489 §14.8)
        value[3] = (byte)((int)error % 100);
        reason.CopyTo(value[4..]);
    }

    public void AddUnknown(ReadOnlySpan<StunAttribute> types)
    {
        var value = Begin(StunAttribute.UnknownAttributes, sizeof(ushort) * types.Length);
        for (var i = 0; i < types.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(value[(sizeof(ushort) * i)..], (ushort)types[i]);
    }

    /// <summary>MESSAGE-INTEGRITY over all so far.</summary>
    public void Sign(HmacSha1 key)
    {
        var before = Length;
        var tag = Begin(StunAttribute.MessageIntegrity, StunMessage.IntegritySize);
        key.Compute(buffer[..before], [], tag);
    }

    /// <summary>FINGERPRINT over all so far; nothing may follow.</summary>
    public void AddFingerprint()
    {
        var before = Length;
        var value = Begin(StunAttribute.Fingerprint, StunMessage.FingerprintSize);
        BinaryPrimitives.WriteUInt32BigEndian(value, StunFingerprint.Of(buffer[..before]));
    }

    /// <summary>The attribute's value, all zero, with the header counting it already.</summary>
    Span<byte> Begin(StunAttribute type, int length)
    {
        var whole = buffer.Slice(Length, StunMessage.AttributeHeadSize + StunAttributes.Padded(length));
        whole.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(whole, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(whole[2..], (ushort)length);
        Length += whole.Length;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[StunMessage.LengthAt..], (ushort)(Length - StunMessage.HeaderSize));
        return whole.Slice(StunMessage.AttributeHeadSize, length);
    }
}
