using System.Buffers.Text;

namespace CallCenter.Sip.Messages;

/// <summary>CSeq value, <c>1*DIGIT LWS Method</c> (RFC 3261 §20.16).</summary>
public readonly record struct CSeq(uint Number, SipMethod Method)
{
    /// <summary>Numbers stay below 2^31 (RFC 3261 §8.1.1.5).</summary>
    public const uint Max = int.MaxValue;

    /// <param name="name">The method as written, which matters where it is <see cref="SipMethod.Other"/>.</param>
    internal static bool TryParse(ReadOnlySpan<byte> value, out CSeq cseq, out ReadOnlySpan<byte> name)
    {
        cseq = default;
        name = default;
        if (!Utf8Parser.TryParse(value, out uint number, out int digits) || number > Max || value[0] is (byte)'+' or (byte)'-') return false;
        name = SipText.Trim(value[digits..]);
        if (name.Length == value.Length - digits || !SipText.IsToken(name)) return false; // no method, or no gap before it
        cseq = new(number, SipMethods.Of(name));
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> value, out CSeq cseq) => TryParse(value, out cseq, out _);
}
