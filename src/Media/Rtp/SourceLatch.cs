using CallCenter.Media.Transport;

namespace CallCenter.Media.Rtp;

/// <summary>How much speaks for a source before it has said anything.</summary>
enum SourceRank : byte
{
    /// <summary>Nothing: media that leaves by another address than signalling, or somebody who sprays ports.</summary>
    Stranger,

    /// <summary>Another port of the address in SDP, the address from which the peer signals, or whoever holds the key of SRTP.</summary>
    Plausible,

    /// <summary>Address and port are those in SDP.</summary>
    Signalled,
}

/// <summary>
/// Which source of RTP a leg believes (symmetric RTP, RFC 4961; guarded latching, RFC 7362 §5). Nobody else is heard, relayed or sent to.
/// 1. Signalled and plausible sources latch with their first packet. A stranger must send from one SSRC for <see cref="StrangerWait"/>, the last
///    <see cref="Probation"/> packets in sequence, while none of the former is heard.
/// 2. Whoever is latched stays so while it speaks. Only a higher rank takes its place, at once: SDP's address from any other, a plausible one from a stranger.
/// 3. After the re-latch time of silence another may, once it has shown <see cref="Probation"/> packets in sequence: a plausible source (a NAT's new
///    port); a stranger only under the SSRC of the one that fell silent, which nobody knows who did not hear it.
/// 4. New signalling with another address opens the latch again; the same address keeps it.
/// Whoever can send under a forged address of the peer can do no more than speak for it where rule 1 or 2 lets that address in: SRTP is the remedy.
/// </summary>
struct SourceLatch
{
    /// <summary>Packets in a row a newcomer must show; MIN_SEQUENTIAL of RFC 3550 A.1 is 2, one more costs 20 ms.</summary>
    public const int Probation = 3;

    /// <summary>ns. The peer itself, wherever SDP or signalling say it is, begins within a round trip of the answer; who sprays a port before it gets nothing.</summary>
    public const long StrangerWait = 500 * MediaClock.PerMillisecond;

    /// <summary>ns. A newcomer that pauses for longer begins anew; as long as it does not, another newcomer must wait.</summary>
    const long NewcomerPause = 1000 * MediaClock.PerMillisecond;

    PeerName signalled, signaller, latched;
    Newcomer newcomer;
    SourceRank rank;
    uint ssrc;
    long lastHeard;

    public readonly bool IsLatched => !latched.IsNone;

    /// <summary>The believed source; none before.</summary>
    public readonly PeerName Latched => latched;

    /// <param name="remote">Of SDP; none if it names no address.</param>
    /// <param name="from">Whence the peer signals, its port put aside; none if that is not known.</param>
    public void Signal(in PeerName remote, in PeerName from)
    {
        signaller = from;
        if (remote.IsNone || remote.Equals(signalled)) return;
        signalled = remote;
        latched = default;
        newcomer = default;
    }

    /// <param name="isAuthentic">SRTP has proved that the peer made it.</param>
    /// <param name="now">ns, monotonic.</param>
    /// <param name="relatchAfter">ns of silence after which a newcomer is considered.</param>
    public bool Accept(in PeerName from, uint source, ushort sequence, bool isAuthentic, long now, long relatchAfter)
    {
        if (!IsLatched || !from.Equals(latched))
        {
            var claim = RankOf(from, isAuthentic);
            if (!IsBelieved(from, claim, source, sequence, now, relatchAfter)) return false;
            (latched, rank, newcomer) = (from, claim, default);
        }
        (lastHeard, ssrc) = (now, source);
        return true;
    }

    /// <summary>Whether an address is one of the peer's, by all that is known of it.</summary>
    public readonly bool Knows(in PeerName from) =>
        !signalled.IsNone && from.SameAddress(signalled) || !signaller.IsNone && from.SameAddress(signaller) || IsLatched && from.SameAddress(latched);

    readonly SourceRank RankOf(in PeerName from, bool isAuthentic)
    {
        if (!signalled.IsNone && from.Equals(signalled)) return SourceRank.Signalled;
        var isPlausible = isAuthentic || !signalled.IsNone && from.SameAddress(signalled) || !signaller.IsNone && from.SameAddress(signaller);
        return isPlausible ? SourceRank.Plausible : SourceRank.Stranger;
    }

    bool IsBelieved(in PeerName from, SourceRank claim, uint source, ushort sequence, long now, long relatchAfter)
    {
        if (!IsLatched) return claim > SourceRank.Stranger || newcomer.Shows(from, source, sequence, now) && now - newcomer.Since >= StrangerWait;
        if (claim > rank) return true;
        if (now - lastHeard < relatchAfter || claim == SourceRank.Stranger && source != ssrc) return false;
        return newcomer.Shows(from, source, sequence, now);
    }

    /// <summary>Who would be latched, and how many packets in sequence it has shown.</summary>
    struct Newcomer
    {
        PeerName from;
        uint source;
        ushort next;
        int count;
        long at;

        public long Since { get; private set; }

        public bool Shows(in PeerName sender, uint ssrc, ushort sequence, long now)
        {
            var isSame = count > 0 && sender.Equals(from) && ssrc == source;
            var paused = count == 0 || now - at > NewcomerPause;
            if (!isSame && !paused) return false;
            if (paused) Since = now;
            count = isSame && sequence == next ? count + 1 : 1;
            (from, source, next, at) = (sender, ssrc, (ushort)(sequence + 1), now);
            return count >= Probation;
        }
    }
}
