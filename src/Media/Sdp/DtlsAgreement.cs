using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;

namespace CallCenter.Media.Sdp;

/// <summary>
/// DTLS-SRTP with ICE in offer and answer (RFC 5763, RFC 8842, RFC 8839). We are lite: the peer checks, and decides on the path. An answer of ours
/// leaves it to the peer to begin, since it alone knows when a path is found; an offer leaves it to the peer whether.
/// </summary>
static class DtlsAgreement
{
    const string Group = "group", Bundle = "BUNDLE", Mid = "mid", FirstMid = "0", HoldConnection = "holdconn";

    /// <summary>The feedback that the F stands for is neither asked for nor given; a browser says it all the same.</summary>
    public const string OfferedProtocol = "UDP/TLS/RTP/SAVPF";

    public static bool IsSpoken(string protocol) => protocol is OfferedProtocol or "UDP/TLS/RTP/SAVP" or "TCP/DTLS/RTP/SAVPF" or "TCP/DTLS/RTP/SAVP";

    /// <param name="previous">What we said last, if anything: names of lines stay.</param>
    public static AgreedSecurity Offer(LocalAudio local, SdpSession? previous)
    {
        var ice = local.Terms is { } now ? now.OurIce : local.Dtls!.Ice;
        var mid = previous?.Media.FirstOrDefault()?.Value(Mid) ?? FirstMid;
        return new(SessionLines(ice, mid), [new(Mid, mid), .. DtlsLines.Of(local, ice, DtlsLines.Either, muxesControl: true)], null, null);
    }

    /// <summary>False: nothing to know the peer by, ICE that cannot be done, or nobody who would begin.</summary>
    public static bool TryAnswer(SdpSession offer, SdpMedia offered, LocalAudio local, out AgreedSecurity agreed)
    {
        agreed = default;
        if (local.Dtls is not { } ability || !DtlsLines.TryRead(offer, offered, out var theirs) || theirs.Setup == HoldConnection) return false;
        var role = theirs.Setup switch
        {
            DtlsLines.Passive => DtlsRole.Client,
            DtlsLines.Active => DtlsRole.Server,
            _ => local.Terms?.Role ?? DtlsRole.Server, // whoever began goes on (RFC 8842 §5.3)
        };
        var theirIce = theirs.MuxesControl ? theirs.Ice : null; // we have no second path, for RTCP: told that there is no ICE, the peer goes on without it
        var terms = new DtlsTerms(role, theirs.Fingerprints, theirIce is null ? null : OursFor(theirIce, local, ability), theirIce, theirs.MuxesControl);
        var mid = offered.Value(Mid);
        var isBundled = mid is not null && offer.Attributes.Any(a => a.Name == Group && a.Value?.Split(' ') is [Bundle, .. var mids] && mids.Contains(mid));
        var lines = DtlsLines.Of(local, terms.OurIce, role == DtlsRole.Client ? DtlsLines.Active : DtlsLines.Passive, theirs.MuxesControl);
        agreed = new(SessionLines(terms.OurIce, isBundled ? mid : null), mid is null ? lines : [new(Mid, mid), .. lines], null, terms);
        return true;
    }

    /// <summary>False: the answer tells nothing to know the peer by, or leaves open who begins.</summary>
    public static bool TryAccept(SdpMedia ours, SdpSession answer, SdpMedia theirs, out DtlsTerms? terms)
    {
        terms = null;
        if (!IsSpoken(theirs.Protocol) || !DtlsLines.TryRead(answer, theirs, out var said)) return false;
        if (said.Setup is not (DtlsLines.Active or DtlsLines.Passive)) return false;
        IceCredentials.TryOf(ours.Value(DtlsLines.UserFragment), ours.Value(DtlsLines.Password), out var ice);
        var uses = said.Ice is not null && ice is not null;
        terms = new(said.Setup == DtlsLines.Active ? DtlsRole.Server : DtlsRole.Client, said.Fingerprints, uses ? ice : null, uses ? said.Ice : null, said.MuxesControl);
        return true;
    }

    /// <summary>New ones where the peer's are new: it restarts (RFC 8839 §4.4.1.1.1).</summary>
    static IceCredentials OursFor(IceCredentials theirs, LocalAudio local, DtlsAbility ability) =>
        local.Terms is not { OurIce: { } ours, TheirIce: { } before } ? ability.Ice : before == theirs ? ours : IceCredentials.Create();

    static IReadOnlyList<SdpAttribute> SessionLines(IceCredentials? ice, string? bundled)
    {
        List<SdpAttribute> lines = [];
        if (bundled is not null) lines.Add(new(Group, $"{Bundle} {bundled}"));
        if (ice is not null) lines.AddRange([new(DtlsLines.Lite), new("ice-options", "ice2")]);
        return lines;
    }
}
