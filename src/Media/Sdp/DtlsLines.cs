using System.Globalization;
using System.Net;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;

namespace CallCenter.Media.Sdp;

/// <summary>
/// What a session description says of DTLS and ICE on one media line; each may stand at the session's level instead (RFC 8122 §5, RFC 8839 §5).
/// </summary>
/// <param name="Setup">Null where the line says nothing.</param>
/// <param name="Ice">Null without ICE, and for a lite peer, which checks nothing either: it is where its description says.</param>
readonly record struct DtlsLines(IReadOnlyList<DtlsFingerprint> Fingerprints, string? Setup, IceCredentials? Ice, bool MuxesControl)
{
    public const string Fingerprint = "fingerprint", SetupName = "setup", UserFragment = "ice-ufrag", Password = SdpAttribute.IcePassword, Lite = "ice-lite", Mux = "rtcp-mux";
    public const string Active = "active", Passive = "passive", Either = "actpass";

    /// <summary>Type preferences and local preferences of RFC 8445 §5.1.2.1 and RFC 6544 §4.2: UDP first, TCP to us where nothing else passes.</summary>
    const int HostPreference = 126, StreamPreference = 90, MostPreferred = 65_535, PassivePreference = (4 << 13) + 8191, Component = 1;

    /// <summary>False: no certificate that we could know the peer by, or ICE that cannot be done.</summary>
    public static bool TryRead(SdpSession session, SdpMedia media, out DtlsLines lines)
    {
        lines = default;
        var fingerprints = DtlsFingerprint.Strongest(FingerprintsOf(media.Attributes));
        if (fingerprints.Count == 0) fingerprints = DtlsFingerprint.Strongest(FingerprintsOf(session.Attributes));
        if (fingerprints.Count == 0) return false;
        IceCredentials? ice = null;
        var hasIce = session.ValueFor(media, UserFragment) is not null;
        if (hasIce && !IceCredentials.TryOf(session.ValueFor(media, UserFragment), session.ValueFor(media, Password), out ice)) return false;
        var isLite = session.Attributes.Any(a => a.Name == Lite);
        lines = new(fingerprints, session.ValueFor(media, SetupName), isLite ? null : ice, media.Attributes.Any(a => a.Name == Mux));
        return true;
    }

    static IEnumerable<DtlsFingerprint> FingerprintsOf(IEnumerable<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
            if (attribute is { Name: Fingerprint, Value: { } value } && DtlsFingerprint.TryRead(value, out var read)) yield return read;
    }

    /// <summary>What we say of ourselves.</summary>
    /// <param name="ice">Null: the peer does not speak it.</param>
    public static IReadOnlyList<SdpAttribute> Of(LocalAudio local, IceCredentials? ice, string setup, bool muxesControl)
    {
        var ability = local.Dtls!;
        List<SdpAttribute> lines = [new(Fingerprint, ability.Fingerprint.ToString()), new(SetupName, setup)];
        if (muxesControl) lines.Add(new(Mux));
        if (ice is null) return lines;
        lines.Add(new(UserFragment, ice.Fragment));
        lines.Add(new(Password, ice.Password));
        lines.Add(new("candidate", Candidate(1, "udp", HostPreference, MostPreferred, local.Address)));
        if (ability.Stream is { } stream) lines.Add(new("candidate", Candidate(2, "tcp", StreamPreference, PassivePreference, stream) + " tcptype passive"));
        lines.Add(new("end-of-candidates"));
        return lines;
    }

    /// <summary>RFC 8839 §5.1.</summary>
    static string Candidate(int foundation, string transport, int type, int preference, IPEndPoint at)
    {
        var priority = ((uint)type << 24) + ((uint)preference << 8) + 256 - Component;
        return string.Create(CultureInfo.InvariantCulture, $"{foundation} {Component} {transport} {priority} {at.Address} {at.Port} typ host");
    }
}
