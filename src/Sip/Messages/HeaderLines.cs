namespace CallCenter.Sip.Messages;

/// <summary>The values of every line of one header, in order of appearance.</summary>
public struct HeaderLines
{
    readonly SipMessage message;
    readonly HeaderName name;
    int index;

    internal HeaderLines(SipMessage message, HeaderName name)
    {
        this.message = message;
        this.name = name;
        index = -1;
    }

    public readonly ReadOnlyMemory<byte> Current => message.ValueAt(index);

    public readonly HeaderLines GetEnumerator() => this;

    public bool MoveNext()
    {
        while (++index < message.HeaderCount)
            if (message.NameAt(index) == name) return true;
        return false;
    }
}

/// <summary>The elements of a comma list over all lines of its header (RFC 3261 §7.3.1). Empty elements are left out.</summary>
public struct HeaderElements
{
    HeaderLines lines;
    ReadOnlyMemory<byte> rest;

    internal HeaderElements(HeaderLines lines) => this.lines = lines;

    public ReadOnlyMemory<byte> Current { get; private set; }

    public readonly HeaderElements GetEnumerator() => this;

    public bool MoveNext()
    {
        for (; ; )
        {
            if (rest.IsEmpty)
            {
                if (!lines.MoveNext()) return false;
                rest = lines.Current;
            }
            var length = SipText.ElementLength(rest.Span);
            Current = SipText.Trim(rest[..length]);
            rest = length < rest.Length ? rest[(length + 1)..] : default;
            if (!Current.IsEmpty) return true;
        }
    }
}
