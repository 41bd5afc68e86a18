namespace CallCenter.Sip.Messages;

/// <summary>Walks <c>;name=value;flag</c> (RFC 3261 §25.1 generic-param): values are tokens, hosts or quoted strings.</summary>
public ref struct SipParameters(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> rest = text;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value with its quotes; empty for a flag.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>True where the walk stopped at something that is no parameter.</summary>
    public bool Broken { get; private set; }

    public readonly SipParameters GetEnumerator() => this;

    public readonly SipParameters Current => this;

    public bool MoveNext()
    {
        rest = SipText.Trim(rest);
        if (rest.IsEmpty || Broken) return false;
        if (rest[0] != ';') return Fail();
        rest = rest[1..].TrimStart(" \t"u8);
        var length = rest.IndexOfAny((byte)';', (byte)'=');
        Name = SipText.Trim(length < 0 ? rest : rest[..length]);
        if (!SipText.IsToken(Name) && Name.ContainsAnyExcept(SipText.UriParameters)) return Fail();
        if (Name.IsEmpty) return Fail();
        HasValue = length >= 0 && rest[length] == '=';
        Value = default;
        if (!HasValue)
        {
            rest = length < 0 ? default : rest[length..];
            return true;
        }
        rest = rest[(length + 1)..].TrimStart(" \t"u8);
        return TakeValue();
    }

    bool TakeValue()
    {
        var length = !rest.IsEmpty && rest[0] == '"' ? SipText.QuotedLength(rest) : rest.IndexOf((byte)';');
        if (!rest.IsEmpty && rest[0] == '"' && length == 0) return Fail();
        if (length < 0) length = rest.Length;
        Value = SipText.Trim(rest[..length]);
        rest = rest[length..];
        return !Value.IsEmpty || Fail();
    }

    bool Fail()
    {
        Broken = true;
        return false;
    }

    /// <summary>Names are case-insensitive. False where the parameter is absent; a flag is found with an empty value.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var walk = new SipParameters(text);
        while (walk.MoveNext())
        {
            if (!SipText.Same(walk.Name, name)) continue;
            value = walk.Value;
            return true;
        }
        return false;
    }

    public static bool AreWhole(ReadOnlySpan<byte> text)
    {
        var walk = new SipParameters(text);
        while (walk.MoveNext()) { }
        return !walk.Broken;
    }
}
