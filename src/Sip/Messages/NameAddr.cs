using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>name-addr or addr-spec with parameters: the value of From, To, Contact, Route, Record-Route (RFC 3261 §20.10).</summary>
public readonly struct NameAddr
{
    readonly ReadOnlyMemory<byte> text;
    readonly Slice display, parameters;

    NameAddr(ReadOnlyMemory<byte> text, Slice display, SipUri uri, Slice parameters)
    {
        this.text = text;
        this.display = display;
        this.parameters = parameters;
        Uri = uri;
    }

    public SipUri Uri { get; }
    public bool IsEmpty => text.IsEmpty;
    public ReadOnlySpan<byte> Text => text.Span;

    /// <summary>As written, quotes kept.</summary>
    public ReadOnlySpan<byte> Display => display.Of(text);
    public string DisplayText => SipText.Unquote(Display);

    /// <summary>Header parameters with the leading ";".</summary>
    public ReadOnlySpan<byte> Parameters => parameters.Of(text);

    /// <summary>Empty where there is none.</summary>
    public ReadOnlySpan<byte> Tag => TryParameter("tag"u8, out var tag) ? tag : default;

    public bool TryParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => SipParameters.TryFind(Parameters, name, out value);

    public override string ToString() => Encoding.UTF8.GetString(Text);

    public static bool TryParse(ReadOnlyMemory<byte> value, out NameAddr address)
    {
        address = default;
        value = SipText.Trim(value);
        var span = value.Span;
        if (span.IsEmpty || span.Length > ushort.MaxValue) return false;
        var quoted = SipText.QuotedLength(span);
        if (span[0] == '"' && quoted == 0) return false;
        var open = span[quoted..].IndexOf((byte)'<');
        return open < 0 ? quoted == 0 && TryBare(value, out address) : TryBracketed(value, quoted, quoted + open, out address);
    }

    /// <summary><c>[display] &lt;uri&gt; *(;param)</c>. A display name without quotes is tokens only, so that a comma in it is a fault.</summary>
    static bool TryBracketed(ReadOnlyMemory<byte> value, int quoted, int open, out NameAddr address)
    {
        address = default;
        var span = value.Span;
        var name = SipText.Trim(span[quoted..open]);
        if (quoted > 0 ? !name.IsEmpty : name.ContainsAnyExcept(SipText.TokenOrSpace)) return false;
        var length = span[(open + 1)..].IndexOf((byte)'>');
        if (length < 0 || !SipUri.TryParse(value.Slice(open + 1, length), out var uri)) return false;
        var after = open + length + 2;
        if (!SipParameters.AreWhole(span[after..])) return false;
        var displayLength = quoted > 0 ? quoted : span[..open].TrimEnd(" \t"u8).Length;
        address = new(value, new(0, displayLength), uri, new(after, span.Length - after));
        return true;
    }

    /// <summary>Without brackets everything after the first ";" belongs to the header, and the URI may hold no "," or "?" (§20.10).</summary>
    static bool TryBare(ReadOnlyMemory<byte> value, out NameAddr address)
    {
        address = default;
        var span = value.Span;
        var semicolon = span.IndexOf((byte)';');
        var uriText = SipText.Trim(semicolon < 0 ? value : value[..semicolon]);
        if (uriText.Span.IndexOfAny((byte)',', (byte)'?') >= 0 || !SipUri.TryParse(uriText, out var uri)) return false;
        var start = semicolon < 0 ? span.Length : semicolon;
        if (!SipParameters.AreWhole(span[start..])) return false;
        address = new(value, default, uri, new(start, span.Length - start));
        return true;
    }
}
