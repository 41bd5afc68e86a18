namespace CallCenter.Sip.Messages;

/// <summary>The Via our requests carry: <c>SIP/2.0/UDP sent-by;branch=z9hG4bK&lt;16 hexadecimal digits&gt;;rport</c>.</summary>
/// <param name="Transport">UDP, TCP …</param>
/// <param name="SentBy">Our address as peers see it, with the port.</param>
/// <param name="Branch">Unguessable, so that nobody off the path can forge a response.</param>
public readonly record struct ViaStamp(string Transport, ReadOnlyMemory<byte> SentBy, ulong Branch)
{
    const int BranchLength = 16;

    internal void Write(SipWriter writer)
    {
        writer.Put("Via: SIP/2.0/"u8).PutSafe(Transport).Put(" "u8).Put(SentBy.Span);
        writer.Put(";branch="u8).Put(Via.MagicCookie).PutHex(Branch).Put(";rport\r\n"u8);
    }

    /// <summary>Reads back what <see cref="Write"/> wrote; false for a branch that cannot be ours.</summary>
    internal static bool TryBranch(ReadOnlySpan<byte> text, out ulong branch)
    {
        branch = 0;
        if (text.Length != Via.MagicCookie.Length + BranchLength || !text.StartsWith(Via.MagicCookie)) return false;
        foreach (var digit in text[Via.MagicCookie.Length..])
        {
            var value = SipText.Hex(digit);
            if (value < 0) return false;
            branch = branch << 4 | (uint)value;
        }
        return true;
    }
}
