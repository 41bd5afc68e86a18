using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Calls;

/// <summary>The Reason header (RFC 3326) with a cause of ITU-T Q.850.</summary>
static class ReasonHeader
{
    /// <summary>Destination out of order: nobody is there any more.</summary>
    public const int OutOfOrder = 27;

    public const int NetworkOutOfOrder = 38;

    /// <summary>Temporary failure: what an edge says where a leg ends by the edge's own doing, because it stops, or was started anew.</summary>
    public const int TemporaryFailure = 41;

    public static string Of(int q850) => string.Create(CultureInfo.InvariantCulture, $"Q.850;cause={q850}");

    /// <summary>The cause of the first Q.850 reason; 0 if there is none.</summary>
    public static int Q850(SipMessage message)
    {
        foreach (var reason in message.Elements(HeaderName.Reason))
        {
            var text = reason.Span;
            var semicolon = text.IndexOf((byte)';');
            if (semicolon < 0 || !Ascii.EqualsIgnoreCase(text[..semicolon].Trim((byte)' '), "Q.850"u8)) continue;
            if (SipParameters.TryFind(text[semicolon..], "cause"u8, out var value) && Utf8Parser.TryParse(value, out int cause, out var length) && length == value.Length && cause is >= 0 and <= 127) return cause;
        }
        return 0;
    }

    /// <summary>Causes by which a network, not a person, ends a call: no route and out of order (3, 27), network classes 34–47 (Q.850 §2.2.5), and 102, recovery on timer expiry.</summary>
    public static bool IsNetworkCause(int q850) => q850 is 3 or 27 or (>= 34 and <= 47) or 102;
}
