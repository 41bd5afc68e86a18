using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CallCenter.Media.Stun;

namespace CallCenter.Media.Ice;

/// <summary>A connectivity check as its message says it (RFC 8445 §7.1): a Binding request of the peer's.</summary>
readonly ref struct IceCheck
{
    /// <summary>More of them are not named in a refusal.</summary>
    public const int MostUnknown = 8;

    const StunAttribute FirstOptional = (StunAttribute)0x8000;

    readonly UnknownTypes unknown;
    readonly int unknownCount;

    IceCheck(scoped in StunMessage message)
    {
        var attributes = message.Attributes;
        while (attributes.TryNext(out var type, out var value))
        {
            switch (type)
            {
                case StunAttribute.Username:
                    Target = value[..Math.Max(0, value.IndexOf((byte)':'))];
                    break;
                case StunAttribute.Priority when value.Length == sizeof(uint):
                    Priority = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case StunAttribute.UseCandidate:
                    Nominates = true;
                    break;
                case StunAttribute.IceControlled:
                    IsFromControlled = true;
                    break;
                case < FirstOptional when !IsKnown(type) && unknownCount < MostUnknown:
                    unknown[unknownCount++] = type;
                    break;
            }
        }
    }

    /// <summary>Whose check it is: the user fragment before the colon of USERNAME (§7.2.2). Empty: nobody's.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>Of the candidate that it was sent from; 0 if it does not say.</summary>
    public uint Priority { get; }

    /// <summary>The peer wants this path to be used.</summary>
    public bool Nominates { get; }

    /// <summary>The peer takes itself for the controlled side.</summary>
    public bool IsFromControlled { get; }

    /// <summary>Attributes that we would have to understand and do not.</summary>
    [UnscopedRef]
    public ReadOnlySpan<StunAttribute> Unknown => ((ReadOnlySpan<StunAttribute>)unknown)[..unknownCount];

    /// <summary>False: the message is no check.</summary>
    public static bool TryOf(scoped in StunMessage message, out IceCheck check)
    {
        var isCheck = message.Type == StunType.BindingRequest;
        check = isCheck ? new(message) : default;
        return isCheck && !check.Target.IsEmpty;
    }

    /// <summary>For who has yet to find out whose a connection is: the user fragment that its first check asks for. Nothing is proved by it.</summary>
    public static bool TryTarget(ReadOnlySpan<byte> datagram, out ReadOnlySpan<byte> fragment)
    {
        fragment = default;
        if (!StunMessage.TryRead(datagram, out var message) || !TryOf(message, out var check)) return false;
        fragment = check.Target;
        return true;
    }

    /// <summary>Those of STUN itself (RFC 8489 §18.3) that mean nothing in a check are understood all the same.</summary>
    static bool IsKnown(StunAttribute type) => type is StunAttribute.MappedAddress or StunAttribute.Username or StunAttribute.MessageIntegrity or StunAttribute.ErrorCode
        or StunAttribute.UnknownAttributes or StunAttribute.Realm or StunAttribute.Nonce or StunAttribute.XorMappedAddress or StunAttribute.Priority or StunAttribute.UseCandidate;

    [InlineArray(MostUnknown)]
    struct UnknownTypes
    {
        StunAttribute first;
    }
}
