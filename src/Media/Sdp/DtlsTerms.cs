using System.Net;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;

namespace CallCenter.Media.Sdp;

/// <summary>What we say of DTLS and ICE on one leg.</summary>
/// <param name="fingerprint">Of our certificate.</param>
/// <param name="stream">Where connections of TCP are taken (RFC 6544); null = nowhere.</param>
/// <param name="ice">Null: made at random when they are first asked for, as most legs never speak of ICE.</param>
public sealed class DtlsAbility(DtlsFingerprint fingerprint, IPEndPoint? stream, IceCredentials? ice = null)
{
    IceCredentials? ice = ice;

    public DtlsFingerprint Fingerprint => fingerprint;
    public IPEndPoint? Stream => stream;

    /// <summary>Ours, until a restart renews them.</summary>
    public IceCredentials Ice => ice ?? Interlocked.CompareExchange(ref ice, IceCredentials.Create(), null) ?? ice;
}

/// <summary>What was settled of DTLS-SRTP on one leg: how to know the peer, and how to find it.</summary>
/// <param name="Role">Ours.</param>
/// <param name="Fingerprints">The peer's certificate has one of these.</param>
/// <param name="OurIce">Null without ICE: the peer is where its session description says.</param>
/// <param name="TheirIce">Changed ones mean a restart (RFC 8839 §4.4.1.1.1).</param>
/// <param name="MuxesControl">RTCP comes and goes with RTP (RFC 5761). Else there is none: it would need a handshake of its own (RFC 5764 §3).</param>
public sealed record DtlsTerms(DtlsRole Role, IReadOnlyList<DtlsFingerprint> Fingerprints, IceCredentials? OurIce, IceCredentials? TheirIce, bool MuxesControl)
{
    /// <summary>Keys stay as they are; else hands are shaken anew (RFC 8842 §4).</summary>
    public bool IsSameAssociation(DtlsTerms? other) => other is not null && Role == other.Role && Fingerprints.SequenceEqual(other.Fingerprints);
}
