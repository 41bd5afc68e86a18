using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transport;

/// <summary>Told of what passes an endpoint, retransmissions too. Called on the loop, for each message: costs what it does.</summary>
public interface IMessageTap
{
    void Came(SipMessage message, SipFlow from);

    /// <param name="message">As it left; not to be kept.</param>
    void Left(ReadOnlySpan<byte> message, SipFlow to);
}
