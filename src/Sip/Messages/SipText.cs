using System.Buffers;
using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>Character classes and small readers of RFC 3261 §25.1.</summary>
static class SipText
{
    const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const string Unreserved = Alphanumeric + "-_.!~*'()";

    public static readonly SearchValues<byte> Token = Bytes(Alphanumeric + "-.!%*_+`'~");
    public static readonly SearchValues<byte> TokenOrSpace = Bytes(Alphanumeric + "-.!%*_+`'~ \t");
    /// <summary>callid words: token characters and <c>( ) &lt; &gt; : \ " / [ ] ? { } @</c>.</summary>
    public static readonly SearchValues<byte> CallId = Bytes(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}@");
    public static readonly SearchValues<byte> User = Bytes(Unreserved + "%&=+$,;?/");
    public static readonly SearchValues<byte> Password = Bytes(Unreserved + "%&=+$,");
    /// <summary>Host names with the underscore that real domains use though RFC 3261 has none.</summary>
    public static readonly SearchValues<byte> HostName = Bytes(Alphanumeric + "-._");
    public static readonly SearchValues<byte> Ipv6 = Bytes("0123456789abcdefABCDEF:.%");
    public static readonly SearchValues<byte> UriParameters = Bytes(Unreserved + "%[]/:&+$;=");
    public static readonly SearchValues<byte> UriHeaders = Bytes(Unreserved + "%[]/?:+$&=");
    public static readonly SearchValues<byte> UriGeneric = Bytes(Unreserved + "%;/?:@&=+$,[]#");
    /// <summary>What may stand unescaped in the user part that we write.</summary>
    public static readonly SearchValues<byte> UserPlain = Bytes(Unreserved + "&=+$,/");
    static readonly SearchValues<byte> Separators = SearchValues.Create("\"<,"u8);

    static SearchValues<byte> Bytes(string characters) => SearchValues.Create(Encoding.ASCII.GetBytes(characters));

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var start = 0;
        var end = span.Length;
        while (start < end && span[start] is (byte)' ' or (byte)'\t') start++;
        while (end > start && span[end - 1] is (byte)' ' or (byte)'\t') end--;
        return text[start..end];
    }

    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Ascii.EqualsIgnoreCase(left, right);

    /// <summary>Every % must be followed by two hexadecimal digits.</summary>
    public static bool EscapesAreWhole(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOf((byte)'%')) >= 0; text = text[(at + 3)..])
            if (text.Length < at + 3 || Hex(text[at + 1]) < 0 || Hex(text[at + 2]) < 0) return false;
        return true;
    }

    public static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Takes %HH escapes out. Bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Unescape(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'%') < 0) return Encoding.UTF8.GetString(text);
        var plain = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '%' && i + 2 < text.Length && Hex(text[i + 1]) >= 0 && Hex(text[i + 2]) >= 0;
            plain[length++] = escaped ? (byte)(Hex(text[i + 1]) << 4 | Hex(text[i + 2])) : text[i];
            if (escaped) i += 2;
        }
        return Encoding.UTF8.GetString(plain[..length]);
    }

    /// <summary>A non-negative decimal number that fills the whole text; larger than <see cref="uint"/> is false.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 10) return false;
        ulong sum = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            sum = sum * 10 + (uint)(digit - '0');
        }
        number = (uint)sum;
        return sum <= uint.MaxValue;
    }

    /// <summary>Seconds as Expires and its kin count them; 2^32 and above mean "as long as you like" (RFC 3261 §20.19).</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out uint seconds)
    {
        if (TryNumber(text, out seconds)) return true;
        seconds = uint.MaxValue;
        return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Length of the quoted string at the start of <paramref name="text"/>, quotes included; 0 where none is closed.</summary>
    public static int QuotedLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"') return 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }
        return 0;
    }

    /// <summary>What a quoted string says: quotes and backslashes taken out. Other text is returned as it is.</summary>
    public static string Unquote(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return Encoding.UTF8.GetString(text);
        var inner = text[1..^1];
        if (inner.IndexOf((byte)'\\') < 0) return Encoding.UTF8.GetString(inner);
        var plain = inner.Length <= 512 ? stackalloc byte[inner.Length] : new byte[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            plain[length++] = inner[i];
        }
        return Encoding.UTF8.GetString(plain[..length]);
    }

    /// <summary>Where the first element of a comma list ends; commas inside quotes and angle brackets do not count (RFC 3261 §7.3.1).</summary>
    public static int ElementLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length;)
        {
            var next = text[i..].IndexOfAny(Separators);
            if (next < 0) return text.Length;
            i += next;
            if (text[i] == ',') return i;
            var skip = text[i] == '"' ? QuotedLength(text[i..]) : text[i..].IndexOf((byte)'>') + 1;
            if (skip <= 0) return text.Length;
            i += skip;
        }
        return text.Length;
    }
}
