using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>All that an outgoing INVITE says.</summary>
/// <param name="Uri">Request-URI.</param>
/// <param name="From">name-addr without tag (see <see cref="AddressText.NameAddr"/>); the tag is added.</param>
/// <param name="To">name-addr.</param>
/// <param name="Flow">Where the INVITE is sent, and what it is sent from.</param>
/// <param name="Body">The SDP offer; empty for none.</param>
public sealed record CallSetup(string Uri, string From, string To, SipFlow Flow, ReadOnlyMemory<byte> Body)
{
    public string ContentType { get; init; } = "application/sdp";

    /// <summary>name-addr of Contact; null for our address on the flow's transport.</summary>
    public string? Contact { get; init; }

    /// <summary>Answers the peer's challenges: of the INVITE, and of re-INVITE and BYE later.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Adds headers of the user's: P-Asserted-Identity, Route and the like.</summary>
    public Action<SipWriter>? Headers { get; init; }
}
