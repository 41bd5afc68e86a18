namespace CallCenter.Sip.Transactions;

/// <summary>Transaction timers (RFC 3261 appendix A). A value handed in, never a global.</summary>
/// <param name="T1">Round-trip estimate; the first retransmission.</param>
/// <param name="T2">Longest gap between retransmissions of anything but an INVITE.</param>
/// <param name="T4">Longest life of a message in the network.</param>
public sealed record SipTimers(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    public static readonly SipTimers Rfc = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    /// <summary>Timers B, F, H, J, L, M: 64·T1, 32 s by default (§17, RFC 6026 §7).</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>Timer D: at least 32 s over unreliable transports (§17.1.1.2), scaled with T1 like the peer's timer H that it outlives.</summary>
    public TimeSpan D => Timeout;
}
