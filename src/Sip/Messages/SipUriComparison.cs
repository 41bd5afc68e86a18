namespace CallCenter.Sip.Messages;

/// <summary>URI comparison by RFC 3261 §19.1.4.</summary>
static class SipUriComparison
{
    public static bool Matches(in SipUri left, in SipUri right)
    {
        if (left.Scheme != right.Scheme) return false;
        if (!left.IsSip || !right.IsSip) return SipText.Same(left.Text, right.Text);
        return SameEscaped(left.User, right.User, ignoreCase: false)
            && SameEscaped(left.Password, right.Password, ignoreCase: false)
            && SipText.Same(left.Host, right.Host)
            && left.HasPort == right.HasPort && left.Port == right.Port
            && ParametersAgree(left.Parameters, right.Parameters) && ParametersAgree(right.Parameters, left.Parameters)
            && HeadersAgree(left.Headers, right.Headers) && HeadersAgree(right.Headers, left.Headers);
    }

    /// <summary>What both name must be the same; what only one names is ignored, but for those that change where a request goes.</summary>
    static bool ParametersAgree(ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        var walk = new SipParameters(ours);
        while (walk.MoveNext())
        {
            if (SipParameters.TryFind(theirs, walk.Name, out var value) ? !SameEscaped(walk.Value, value, ignoreCase: true) : MustBeInBoth(walk.Name)) return false;
        }
        return true;
    }

    static bool MustBeInBoth(ReadOnlySpan<byte> name) => SipText.Same(name, "user"u8) || SipText.Same(name, "ttl"u8)
        || SipText.Same(name, "method"u8) || SipText.Same(name, "maddr"u8) || SipText.Same(name, "transport"u8);

    /// <summary>Header components are never ignored, in any order.</summary>
    static bool HeadersAgree(ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        foreach (var range in ours.Split((byte)'&'))
        {
            var header = ours[range];
            if (!header.IsEmpty && !HasHeader(theirs, header)) return false;
        }
        return true;
    }

    static bool HasHeader(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> wanted)
    {
        foreach (var range in headers.Split((byte)'&'))
            if (SameEscaped(headers[range], wanted, ignoreCase: true)) return true;
        return false;
    }

    /// <summary>A character and its %HH escape are the same, unless it is a reserved one.</summary>
    public static bool SameEscaped(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool ignoreCase)
    {
        if (left.SequenceEqual(right)) return true;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (a, b) = (Take(ref left), Take(ref right));
            if (a != b && !(ignoreCase && a < 128 && b < 128 && char.ToLowerInvariant((char)a) == char.ToLowerInvariant((char)b))) return false;
        }
        return left.IsEmpty && right.IsEmpty;
    }

    /// <summary>The next character; an escaped reserved one is told apart from itself unescaped by adding 256.</summary>
    static int Take(ref ReadOnlySpan<byte> text)
    {
        int value = text[0];
        if (value != '%' || text.Length < 3)
        {
            text = text[1..];
            return value;
        }
        value = SipText.Hex(text[1]) << 4 | SipText.Hex(text[2]);
        text = text[3..];
        return ";/?:@&=+$,"u8.IndexOf((byte)value) >= 0 ? value + 256 : value;
    }
}
