using System.Buffers.Binary;

namespace CallCenter.Media.Stun;

/// <summary>Walks the attributes of a message whose lengths were found to add up.</summary>
ref struct StunAttributes(ReadOnlySpan<byte> attributes)
{
    ReadOnlySpan<byte> rest = attributes;

    public bool TryNext(out StunAttribute type, out ReadOnlySpan<byte> value)
    {
        type = default;
        value = default;
        if (rest.IsEmpty) return false;
        type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(rest);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        value = rest.Slice(StunMessage.AttributeHeadSize, length);
        rest = rest[(StunMessage.AttributeHeadSize + Padded(length))..];
        return true;
    }

    /// <summary>To a whole word.</summary>
    public static int Padded(int length) => length + 3 & ~3;
}
