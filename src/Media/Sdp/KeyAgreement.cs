using CallCenter.Media.Srtp;

namespace CallCenter.Media.Sdp;

/// <summary>What an answer says of keys, and what they are; empty and null for plain RTP.</summary>
readonly record struct AgreedKeys(IReadOnlyList<SdpAttribute> Lines, SrtpKeys? Keys);

/// <summary>
/// Keys of SRTP in offer and answer (RFC 4568 §7.1): each side says the key of what it sends. Keys stay as they are while the peer keeps its own;
/// a new one of the peer's is answered with a new one of ours.
/// </summary>
static class KeyAgreement
{
    const int ReofferTag = 1;

    public static string ProtocolOf(LocalAudio local) => local.RequiresSrtp || local.Keys is not null ? SdpMedia.RtpSavp : SdpMedia.RtpAvp;

    /// <summary>At first each suite with a key of its own; later only what is in use (§7.1.4).</summary>
    public static IReadOnlyList<SdpAttribute> Offer(LocalAudio local)
    {
        if (local.Keys is { } now) return [new CryptoLine(ReofferTag, now.Suite, now.Ours).ToAttribute()];
        return local.RequiresSrtp ? [.. SrtpSuite.Offered.Select((suite, i) => new CryptoLine(i + 1, suite, SrtpMasterKey.Create(suite)).ToAttribute())] : [];
    }

    /// <summary>False: secured with nothing that we can do, or plain where it may not be.</summary>
    public static bool TryAnswer(SdpMedia offered, LocalAudio local, out AgreedKeys agreed)
    {
        agreed = new([], null);
        if (offered.Protocol != SdpMedia.RtpSavp) return !local.RequiresSrtp;
        var lines = Lines(offered).ToList();
        if ((lines.Find(IsInUse) ?? lines.FirstOrDefault()) is not { } theirs) return false;
        var ours = IsInUse(theirs) ? local.Keys!.Ours : SrtpMasterKey.Create(theirs.Suite);
        agreed = new([new CryptoLine(theirs.Tag, theirs.Suite, ours).ToAttribute()], new(theirs.Suite, ours, theirs.Key, theirs.Lifetime));
        return true;

        bool IsInUse(CryptoLine line) => local.Keys is { } now && now.Suite == line.Suite && now.Theirs.Equals(line.Key);
    }

    /// <summary>False: the answer takes none of our lines, or is not secured although our offer was.</summary>
    public static bool TryAccept(SdpMedia ours, SdpMedia theirs, out SrtpKeys? keys)
    {
        keys = null;
        if (ours.Protocol != SdpMedia.RtpSavp) return theirs.Protocol != SdpMedia.RtpSavp;
        if (theirs.Protocol != SdpMedia.RtpSavp || Lines(theirs).FirstOrDefault() is not { } answer) return false;
        if (Lines(ours).FirstOrDefault(line => line.Tag == answer.Tag && line.Suite == answer.Suite) is not { } offer) return false;
        keys = new(offer.Suite, offer.Key, answer.Key, answer.Lifetime);
        return true;
    }

    /// <summary>Those that we can do, preferred first (§5.1.2).</summary>
    static IEnumerable<CryptoLine> Lines(SdpMedia media)
    {
        foreach (var attribute in media.Attributes)
            if (attribute is { Name: SdpAttribute.Crypto, Value: { } value } && CryptoLine.TryRead(value, out var line)) yield return line;
    }
}
