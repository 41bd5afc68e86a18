namespace CallCenter.Sip.Messages;

/// <summary>Header fields this stack reads by name. All others are <see cref="Other"/> and travel untouched.</summary>
public enum HeaderName : byte
{
    Other, Via, From, To, CallId, CSeq, Contact, MaxForwards, Route, RecordRoute, Expires, MinExpires, Allow, Supported, Require, ProxyRequire, Unsupported,
    Authorization, ProxyAuthorization, WwwAuthenticate, ProxyAuthenticate, ContentType, ContentLength, ContentEncoding, ContentDisposition, Accept,
    RetryAfter, Reason, UserAgent, Server, Subject, Event, ReferTo, ReferredBy, Replaces, SessionExpires, MinSe, Timestamp, Warning, Date,
}

public static class HeaderNames
{
    /// <summary>Canonical spelling and compact form (RFC 3261 §7.3.3, RFC 3515, 3892, 4028, 6665); indexed by <see cref="HeaderName"/>.</summary>
    static readonly (string Long, char Compact)[] Table =
    [
        ("", '\0'), ("Via", 'v'), ("From", 'f'), ("To", 't'), ("Call-ID", 'i'), ("CSeq", '\0'), ("Contact", 'm'), ("Max-Forwards", '\0'), ("Route", '\0'), ("Record-Route", '\0'),
        ("Expires", '\0'), ("Min-Expires", '\0'), ("Allow", '\0'), ("Supported", 'k'), ("Require", '\0'), ("Proxy-Require", '\0'), ("Unsupported", '\0'), ("Authorization", '\0'),
        ("Proxy-Authorization", '\0'), ("WWW-Authenticate", '\0'), ("Proxy-Authenticate", '\0'), ("Content-Type", 'c'), ("Content-Length", 'l'), ("Content-Encoding", 'e'),
        ("Content-Disposition", '\0'), ("Accept", '\0'), ("Retry-After", '\0'), ("Reason", '\0'), ("User-Agent", '\0'), ("Server", '\0'), ("Subject", 's'), ("Event", 'o'),
        ("Refer-To", 'r'), ("Referred-By", 'b'), ("Replaces", '\0'), ("Session-Expires", 'x'), ("Min-SE", '\0'), ("Timestamp", '\0'), ("Warning", '\0'), ("Date", '\0'),
    ];

    static readonly byte[][] Spelling = [.. Table.Select(row => System.Text.Encoding.ASCII.GetBytes(row.Long))];
    static readonly HeaderName[] ByCompact = CompactForms();
    static readonly HeaderName[][] ByLength = LongForms();

    /// <summary>Names are case-insensitive (§7.3.1); a single letter is a compact form.</summary>
    public static HeaderName Of(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1) return (name[0] | 0x20) is >= 'a' and <= 'z' ? ByCompact[(name[0] | 0x20) - 'a'] : HeaderName.Other;
        if (name.Length >= ByLength.Length) return HeaderName.Other;
        foreach (var candidate in ByLength[name.Length])
            if (System.Text.Ascii.EqualsIgnoreCase(name, Spelling[(int)candidate])) return candidate;
        return HeaderName.Other;
    }

    /// <summary>The canonical long spelling; empty for <see cref="HeaderName.Other"/>.</summary>
    public static ReadOnlySpan<byte> Text(this HeaderName name) => Spelling[(int)name];

    static HeaderName[] CompactForms()
    {
        var forms = new HeaderName[26];
        for (var i = 0; i < Table.Length; i++)
            if (Table[i].Compact != '\0') forms[Table[i].Compact - 'a'] = (HeaderName)i;
        return forms;
    }

    static HeaderName[][] LongForms() =>
        [.. Enumerable.Range(0, Table.Max(row => row.Long.Length) + 1).Select(length => Enumerable.Range(1, Table.Length - 1).Where(i => Table[i].Long.Length == length).Select(i => (HeaderName)i).ToArray())];
}
