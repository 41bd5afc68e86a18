using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Dialogs;

/// <summary>What a REFER asks for (RFC 3515 §2.4.2).</summary>
/// <param name="User">The user part of Refer-To, unescaped; of a tel URI its number. Empty where a dialog is to be replaced and no user is named.</param>
/// <param name="Replaces">The dialog to be replaced, from our side: an attended transfer (RFC 5589 §7).</param>
/// <param name="Subscribes">False where the peer wants no NOTIFY (Refer-Sub: false, RFC 4488 §4).</param>
public sealed record ReferWish(string User, DialogId? Replaces, bool Subscribes)
{
    /// <summary>No number and no extension is longer.</summary>
    public const int LongestUser = 64;

    /// <summary>False: answer with <paramref name="status"/>. Refer-To stands there exactly once (§2.4.2), is a sip, sips or tel URI, and asks for an INVITE.</summary>
    public static bool TryRead(SipRequest refer, out ReferWish wish, out int status)
    {
        wish = null!;
        status = 400;
        var targets = refer.Elements(HeaderName.ReferTo);
        if (!targets.MoveNext() || !NameAddr.TryParse(targets.Current, out var target) || targets.MoveNext()) return false;
        if (!TryReplaces(target.Uri, out var replaces)) return false;
        var user = UserOf(target.Uri);
        if (target.Uri.Scheme == UriScheme.Other) status = 416;
        else if (target.Uri.IsSip && target.Uri.TryParameter("method"u8, out var method) && !method.SequenceEqual("INVITE"u8)) status = 403;
        else if (user.Length <= LongestUser && (user.Length > 0 || replaces is not null)) status = 0;
        wish = new(user, replaces, !SipText.Same(SipText.Trim(refer.Value("Refer-Sub"u8).Span), "false"u8));
        return status == 0;
    }

    static string UserOf(in SipUri uri)
    {
        if (uri.IsSip) return uri.UserText;
        var number = uri.Text[(uri.Text.IndexOf((byte)':') + 1)..];
        var semicolon = number.IndexOf((byte)';');
        return Encoding.UTF8.GetString(semicolon < 0 ? number : number[..semicolon]);
    }

    /// <summary>The URI's Replaces header, escaped as URI headers are; at most one (RFC 3891 §6.1). Other headers are no concern of ours.</summary>
    static bool TryReplaces(in SipUri uri, out DialogId? replaces)
    {
        replaces = null;
        if (!uri.IsSip) return true;
        var headers = uri.Headers;
        foreach (var range in headers.Split((byte)'&'))
        {
            var header = headers[range];
            var equals = header.IndexOf((byte)'=');
            if (equals < 0 || !SipText.Same(header[..equals], "Replaces"u8)) continue;
            if (replaces is not null || !TryDialog(Encoding.UTF8.GetBytes(SipText.Unescape(header[(equals + 1)..])), out var dialog)) return false;
            replaces = dialog;
        }
        return true;
    }

    /// <summary><c>call-id;to-tag=…;from-tag=…</c>: the to-tag is the tag of whoever reads it (RFC 3891 §3).</summary>
    static bool TryDialog(ReadOnlySpan<byte> value, out DialogId dialog)
    {
        dialog = default;
        var semicolon = value.IndexOf((byte)';');
        if (semicolon <= 0) return false;
        string? ours = null, theirs = null;
        var walk = new SipParameters(value[semicolon..]);
        while (walk.MoveNext())
        {
            if (SipText.Same(walk.Name, "to-tag"u8) && !TrySet(ref ours, walk.Value)) return false;
            if (SipText.Same(walk.Name, "from-tag"u8) && !TrySet(ref theirs, walk.Value)) return false;
        }
        if (walk.Broken || ours is null || theirs is null) return false;
        dialog = new(Encoding.UTF8.GetString(SipText.Trim(value[..semicolon])), ours, theirs);
        return true;
    }

    static bool TrySet(ref string? tag, ReadOnlySpan<byte> value)
    {
        if (tag is not null || value.IsEmpty) return false;
        tag = Encoding.UTF8.GetString(value);
        return true;
    }
}
