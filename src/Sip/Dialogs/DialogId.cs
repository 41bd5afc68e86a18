using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Dialogs;

/// <summary>Names a dialog (RFC 3261 §12): Call-ID, our tag, the peer's tag.</summary>
public readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog a received request claims to belong to.</summary>
    public static DialogId Of(SipRequest received) => new(received.CallIdText, Text(received.To.Tag), Text(received.From.Tag));

    /// <summary>The dialog a received response makes or belongs to.</summary>
    public static DialogId Of(SipResponse received) => new(received.CallIdText, Text(received.From.Tag), Text(received.To.Tag));

    static string Text(ReadOnlySpan<byte> tag) => Encoding.UTF8.GetString(tag);
}
