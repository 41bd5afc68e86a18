using CallCenter.Media.Srtp;

namespace CallCenter.Media.Sdp;

/// <summary>How a leg is secured, and what we say of it; empty and null for plain RTP.</summary>
/// <param name="SessionLines">Above the media lines.</param>
/// <param name="Lines">Under ours.</param>
/// <param name="Dtls">The keys are yet to be made, by a handshake on the media's own path.</param>
readonly record struct AgreedSecurity(IReadOnlyList<SdpAttribute> SessionLines, IReadOnlyList<SdpAttribute> Lines, SrtpKeys? Keys, DtlsTerms? Dtls)
{
    public static readonly AgreedSecurity None = new([], [], null, null);
}

/// <summary>Plain, with keys in the session description, or by DTLS: each profile has its own way (RFC 3551, RFC 4568, RFC 5764).</summary>
static class Security
{
    public static bool IsSpoken(string protocol) => protocol is SdpMedia.RtpAvp or SdpMedia.RtpSavp || DtlsAgreement.IsSpoken(protocol);

    public static string ProtocolOf(LocalAudio local) =>
        IsByDtls(local) ? DtlsAgreement.OfferedProtocol : KeyAgreement.ProtocolOf(local);

    public static AgreedSecurity Offer(LocalAudio local, SdpSession? previous) =>
        IsByDtls(local) ? DtlsAgreement.Offer(local, previous) : new([], KeyAgreement.Offer(local), null, null);

    /// <summary>False: secured with nothing that we can do, or not secured where it must be.</summary>
    public static bool TryAnswer(SdpSession offer, SdpMedia offered, LocalAudio local, out AgreedSecurity agreed)
    {
        agreed = AgreedSecurity.None;
        if (DtlsAgreement.IsSpoken(offered.Protocol)) return DtlsAgreement.TryAnswer(offer, offered, local, out agreed);
        if (local.RequiresDtls || !KeyAgreement.TryAnswer(offered, local, out var keys)) return false;
        agreed = new([], keys.Lines, keys.Keys, null);
        return true;
    }

    /// <summary>False: the answer is not secured as our offer was.</summary>
    public static bool TryAccept(SdpMedia ours, SdpSession answer, SdpMedia theirs, out SrtpKeys? keys, out DtlsTerms? terms)
    {
        (keys, terms) = (null, null);
        return DtlsAgreement.IsSpoken(ours.Protocol) ? DtlsAgreement.TryAccept(ours, answer, theirs, out terms) : KeyAgreement.TryAccept(ours, theirs, out keys);
    }

    static bool IsByDtls(LocalAudio local) => local.Dtls is not null && (local.RequiresDtls || local.Terms is not null);
}
