using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Auth;

/// <summary>The fields of one challenge or one set of credentials: <c>Digest name=value, name="value"</c> (RFC 7616 §3.3, §3.4).</summary>
public readonly struct DigestFields
{
    readonly ReadOnlyMemory<byte> fields;

    DigestFields(ReadOnlyMemory<byte> fields) => this.fields = fields;

    /// <summary>False for another scheme, which is to be ignored and not refused.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> value, out DigestFields parsed)
    {
        parsed = default;
        var text = value.Span;
        if (text.Length < 8 || !SipText.Same(text[..6], "Digest"u8) || text[6] is not ((byte)' ' or (byte)'\t')) return false;
        parsed = new(value[7..]);
        return true;
    }

    /// <summary>Without its quotes, as it must be hashed (RFC 7616 §3.4: unq()). Escapes inside are left in place. False where absent.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        for (var rest = fields.Span; !rest.IsEmpty;)
        {
            var length = SipText.ElementLength(rest);
            var field = SipText.Trim(rest[..length]);
            rest = length < rest.Length ? rest[(length + 1)..] : default;
            var equals = field.IndexOf((byte)'=');
            if (equals < 0 || !SipText.Same(SipText.Trim(field[..equals]), name)) continue;
            value = SipText.Trim(field[(equals + 1)..]);
            if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
            return true;
        }
        return false;
    }

    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> name] => TryGet(name, out var value) ? value : default;
}
