using CallCenter.Media.Transport;

namespace CallCenter.Media.Rtp;

/// <summary>
/// Which source address a leg believes (symmetric RTP, RFC 4961; guarded latching, RFC 7362 §5).
/// 1. Signalled is where SDP says the peer is; until something valid arrives we send there.
/// 2. The first valid packet from anywhere latches: behind a NAT the signalled address is never seen.
/// 3. Once latched, others are dropped, except
///    a. the signalled address itself, which always wins over a guess, and
///    b. anybody who sends <see cref="Probation"/> packets in sequence after the latched source was silent for the re-latch time.
/// 4. New signalling with another address opens the latch again; the same address keeps it.
/// An attacker who can spray a port before the caller speaks gets rule 2 at most until the caller's phone sends (3a);
/// one who sprays later gets nothing.
/// </summary>
struct SourceLatch
{
    /// <summary>Packets in a row a newcomer must show; MIN_SEQUENTIAL of RFC 3550 A.1 is 2, one more costs 20 ms.</summary>
    public const int Probation = 3;

    PeerName signalled, latched, candidate;
    ushort candidateNext;
    int candidateCount;
    long lastHeard;

    public readonly bool IsLatched => !latched.IsNone;

    /// <summary>Where to send: the source that speaks, else what SDP says; none before either.</summary>
    public readonly PeerName Destination => IsLatched ? latched : signalled;

    public void Signal(in PeerName remote)
    {
        if (remote.Equals(signalled) && !signalled.IsNone) return;
        signalled = remote;
        latched = default;
        candidateCount = 0;
    }

    /// <param name="now">ns, monotonic.</param>
    /// <param name="relatchAfter">ns of silence after which a newcomer is considered.</param>
    public bool Accept(in PeerName from, ushort sequence, long now, long relatchAfter)
    {
        if (IsLatched && from.Equals(latched))
        {
            lastHeard = now;
            return true;
        }
        if (!IsLatched || from.Equals(signalled) || IsProven(from, sequence, now, relatchAfter))
        {
            latched = from;
            lastHeard = now;
            candidateCount = 0;
            return true;
        }
        return false;
    }

    bool IsProven(in PeerName from, ushort sequence, long now, long relatchAfter)
    {
        if (now - lastHeard < relatchAfter) return false;
        candidateCount = from.Equals(candidate) && sequence == candidateNext ? candidateCount + 1 : 1;
        candidate = from;
        candidateNext = (ushort)(sequence + 1);
        return candidateCount >= Probation;
    }
}
