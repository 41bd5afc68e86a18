using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;
using CallCenter.Media.Stun;

namespace CallCenter.Media.Transport;

/// <summary>What a datagram on a port that several protocols share is (RFC 7983 §7, RFC 5761 §4).</summary>
enum PacketKind
{
    /// <summary>Nothing for the leg: answered already, put by, or of no use.</summary>
    None,

    Media,
    Control,

    /// <summary>From somebody who has not proved to be the peer.</summary>
    Foreign,
}

/// <summary>
/// The far end of a leg that is secured by DTLS, on the loop thread. ICE finds where it is, and until it has proved there that it knows our password nothing
/// else from there is looked at; without ICE it is where its session description says. DTLS proves that it is who signalled, and makes the keys;
/// until then nothing is heard of it or sent to it.
/// </summary>
sealed class DtlsPeer(Leg leg, LegWire wire)
{
    /// <summary>Datagrams of a handshake that are put by: while our answer to an offer is on its way, or the loop has other work. A flight has up to 4.</summary>
    const int MostWaiting = 16;

    /// <summary>RFC 7983 §7.</summary>
    const int FirstDtls = 20, LastDtls = 63, FirstRtp = 128, LastRtp = 191;

    /// <summary>Payload types that are RTCP's packet types, without their first bit (RFC 5761 §4).</summary>
    const int FirstControl = 192, LastControl = 223;

    readonly Queue<(IcePath From, byte[] Datagram)> waiting = new();
    IceAgent? ice;
    DtlsSession? session;
    DtlsTerms? terms;
    IcePath heardFrom;
    long giveUpAt;
    bool isDue, queued, told;

    /// <summary>RTCP goes the way of RTP; else it is neither sent nor heard.</summary>
    public bool MuxesControl => terms is { MuxesControl: true };

    /// <summary>Found by ICE, not by what comes in.</summary>
    public bool HasIce => ice is not null;

    public bool IsReady => session is { Phase: DtlsPhase.Ready };

    /// <summary>Where media may go; none before there are keys, and while the peer has fallen silent.</summary>
    /// <param name="signalled">Where it would go without ICE.</param>
    public IcePath Destination(in IcePath signalled) => !IsReady ? default : ice is null ? signalled : ice.MaySend ? ice.Selected : default;

    /// <summary>Our offer is out: who has it may check, and shake hands, before its answer is here.</summary>
    public void Await(IceCredentials ours) => ice ??= new(ours, IceTimers.Rfc with { Start = leg.Shard.Options.ConnectTimeout, Consent = leg.Consent });

    public void Settle(DtlsTerms agreed, long now)
    {
        if (agreed.OurIce is not { } ours) ice = null;
        else if (ice is null) Await(ours);
        else if (ice.Ours != ours) ice.Restart(ours);
        ice?.Begin(now);
        var isNew = !agreed.IsSameAssociation(terms);
        terms = agreed;
        if (isNew) Begin(now);
    }

    void Begin(long now)
    {
        if (session is not null) waiting.Clear(); // of the former one
        session?.Dispose();
        session = null;
        heardFrom = default;
        leg.Secure(null);
        (giveUpAt, told, isDue) = (now + leg.Shard.Options.ConnectTimeout.Ticks * TimeSpan.NanosecondsPerTick, false, true);
        QueueUp();
    }

    void Open()
    {
        isDue = false;
        session = new(leg.Shard.Identity!, terms!.Role, terms.Fingerprints, DtlsTimers.Usual);
        BeginAsClient();
    }

    /// <summary>With ICE not before there is a path.</summary>
    void BeginAsClient()
    {
        if (session is not { Phase: DtlsPhase.Handshaking, Role: DtlsRole.Client, HasStarted: false } || Way.IsNone) return;
        session.Start();
        Flush();
    }

    /// <summary>Where a handshake's datagrams go.</summary>
    IcePath Way => Fresh is { IsNone: false } from ? from : ice is not null ? ice.Selected.IsNone ? heardFrom : ice.Selected : heardFrom.IsNone ? leg.Signalled : heardFrom;

    /// <summary>A far end that takes the place of another shakes hands before it has nominated: it is answered where it is, not where the former one was.</summary>
    IcePath Fresh => session is { Phase: DtlsPhase.Handshaking, Role: DtlsRole.Server } ? heardFrom : default;

    public PacketKind Sort(in IcePath from, ReadOnlySpan<byte> datagram, long now)
    {
        if (datagram.IsEmpty) return PacketKind.None;
        switch ((int)datagram[0])
        {
            case < FirstDtls when StunMessage.IsMeant(datagram): Check(from, datagram, now); break;
            case >= FirstDtls and <= LastDtls: PutBy(from, datagram); break;
            case >= FirstRtp and <= LastRtp when datagram.Length > 1: return SortMedia(from, datagram);
        }
        return PacketKind.None;
    }

    PacketKind SortMedia(in IcePath from, ReadOnlySpan<byte> datagram)
    {
        if (!IsPeer(from)) return PacketKind.Foreign;
        if (!IsReady) return PacketKind.None;
        return datagram[1] is < FirstControl or > LastControl ? PacketKind.Media : MuxesControl ? PacketKind.Control : PacketKind.None;
    }

    /// <summary>What came was secured with the peer's key: it lives.</summary>
    public void Heard(in IcePath from, long now)
    {
        if (ice is not null && from == ice.Selected) ice.Heard(now);
    }

    bool IsPeer(in IcePath from) => ice is not null ? ice.IsKnown(from) : from.Connection == 0 && leg.Knows(from.Peer);

    void Check(in IcePath from, ReadOnlySpan<byte> datagram, long now)
    {
        if (ice is null) return;
        Span<byte> answer = stackalloc byte[IceAgent.LongestAnswer];
        var step = ice.Take(datagram, from, now, answer);
        if (step.Answer > 0) wire.Send(answer[..step.Answer], from);
        Turned(step.Change, now);
    }

    void Turned(IceChange change, long now)
    {
        if (change == IceChange.None) return;
        if (change == IceChange.Lost) leg.Tell(new PeerGone(leg.Handle, new(now), ice!.Selected.IsNone ? PeerLoss.NoPath : PeerLoss.Silent));
        if (change == IceChange.Resumed) leg.Tell(new MediaResumed(leg.Handle, new(now)));
        if (change == IceChange.Selected) BeginAsClient();
        leg.Route();
    }

    void PutBy(in IcePath from, ReadOnlySpan<byte> datagram)
    {
        if (waiting.Count == MostWaiting || terms is not null && !IsPeer(from)) return; // before the answer nobody knows where the peer is, if it has no ICE
        waiting.Enqueue((from, datagram.ToArray()));
        QueueUp();
    }

    void QueueUp()
    {
        if (queued || !isDue && (session is null || waiting.Count == 0)) return;
        queued = true;
        leg.Shard.Shake(leg);
    }

    /// <summary>Begins a handshake, or works on one datagram of it; the loop says when, for it may take half a millisecond.</summary>
    public void Shake(long now)
    {
        queued = false;
        if (isDue) Open();
        else if (session is not null && waiting.TryDequeue(out var next) && IsPeer(next.From)) Feed(session, next.From, next.Datagram, now);
        QueueUp();
    }

    void Feed(DtlsSession shaken, in IcePath from, byte[] datagram, long now)
    {
        heardFrom = from;
        var before = shaken.Phase;
        shaken.Feed(datagram);
        Flush();
        if (shaken.Phase != before) Turned(shaken, now);
    }

    void Turned(DtlsSession shaken, long now)
    {
        if (shaken is { Phase: DtlsPhase.Ready, Keys: { } keys })
        {
            leg.Secure(new SrtpSession(keys));
            leg.Tell(new PeerMet(leg.Handle, new(now)));
        }
        else if (!told) Lose(shaken.Phase == DtlsPhase.Closed ? PeerLoss.Closed : LossOf(shaken.Fault), now);
        leg.Route();
    }

    void Lose(PeerLoss why, long now)
    {
        told = true;
        leg.Tell(new PeerGone(leg.Handle, new(now), why));
    }

    static PeerLoss LossOf(DtlsFault fault) => fault switch
    {
        DtlsFault.WrongCertificate => PeerLoss.WrongCertificate,
        DtlsFault.NoAnswer => PeerLoss.NoHandshake,
        _ => PeerLoss.Refused,
    };

    /// <summary>Every 20 ms.</summary>
    public void Tick(long now)
    {
        if (ice is not null) Turned(ice.Tick(now), now);
        if (session is not { Phase: DtlsPhase.Handshaking }) return;
        BeginAsClient();
        session.Tick();
        Flush();
        if (session.Phase == DtlsPhase.Failed) Turned(session, now);
        else if (now > giveUpAt && !told) Lose(PeerLoss.NoHandshake, now);
    }

    /// <summary>The leg goes on at another loop: what was to be done at the former one is done there.</summary>
    public void Moved()
    {
        queued = false;
        QueueUp();
    }

    public void Close()
    {
        isDue = false;
        if (session is null) return;
        session.Close();
        Flush();
        session.Dispose();
        session = null;
    }

    void Flush()
    {
        Span<byte> datagram = stackalloc byte[DtlsSession.Mtu];
        while (session!.TryTake(datagram, out var length)) wire.Send(datagram[..length], Way);
    }
}
