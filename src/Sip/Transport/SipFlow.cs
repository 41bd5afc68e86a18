using System.Net;

namespace CallCenter.Sip.Transport;

/// <summary>Where a message came from or goes to: a transport of ours and the far end's address.</summary>
public readonly record struct SipFlow(SipTransport? Transport, IPEndPoint? Remote)
{
    public bool IsEmpty => Transport is null || Remote is null;

    public override string ToString() => $"{Transport?.ViaName}:{Remote}";
}

/// <summary>Something that carries SIP messages. Used on the loop only.</summary>
public abstract class SipTransport
{
    /// <summary>The name in Via: UDP, TCP, TLS, WS.</summary>
    public abstract string ViaName { get; }

    /// <summary>True where nothing is retransmitted by transactions (RFC 3261 §17).</summary>
    public abstract bool IsReliable { get; }

    /// <summary><c>host:port</c> as peers see us: what Via and Contact name.</summary>
    public abstract ReadOnlyMemory<byte> SentBy { get; }

    /// <summary>What a URI of ours must say so that the peer comes by this transport (§19.1.1); empty for UDP.</summary>
    public virtual string UriParameters => "";

    /// <summary>False where the message certainly did not leave: the transaction's transport error (§17.1.4, §17.2.4).</summary>
    public abstract bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to);
}
