using System.Net;
using CallCenter.Media.Codecs;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Sdp;

/// <summary>What we can do on one leg, and what stands in our o= line.</summary>
/// <param name="SessionId">Any number, the same for the leg's life; 62 bits at most, since some stacks read it as signed (RFC 3264 §5).</param>
/// <param name="Address">Advertised RTP address and port.</param>
/// <param name="Codecs">Preferred first.</param>
/// <param name="Events">Offer or accept telephone-event.</param>
/// <param name="Direction">What we wish; an answer never exceeds the offer.</param>
public sealed record LocalAudio(ulong SessionId, IPEndPoint Address, IReadOnlyList<AudioCodec> Codecs, bool Events = true, MediaDirection Direction = MediaDirection.SendReceive)
{
    public static readonly IReadOnlyList<AudioCodec> BothLaws = [AudioCodec.Pcmu, AudioCodec.Pcma];

    /// <summary>All that this machine can decode and make; an offer of any of them is answered.</summary>
    public static IReadOnlyList<AudioCodec> Spoken => VoiceCodecs.Spoken;

    /// <summary>What we offer: the laws, which everybody speaks, and before them what the other party of the call speaks, so that it passes as it is.</summary>
    /// <param name="other">Null where there is none, or none yet.</param>
    /// <param name="allowed">Nothing else is offered. The laws among them come in their order; where none is among them, all of them do.</param>
    public static IReadOnlyList<AudioCodec> OfferedFor(AudioCodec? other, IReadOnlyList<AudioCodec> allowed)
    {
        AudioCodec[] usual = [.. allowed.Any(Audio.IsLaw) ? allowed.Where(Audio.IsLaw) : allowed];
        return other is { } codec && !Audio.IsLaw(codec) && allowed.Contains(codec) ? [codec, .. usual.Where(c => c != codec)] : usual;
    }

    /// <summary>Offer nothing but SRTP, and accept nothing else. Off: what the peer offers is accepted, secured or not.</summary>
    public bool RequiresSrtp { get; init; }

    /// <summary>The keys at present: kept by an offer or answer of ours as long as the peer keeps its own. Null if the leg is not secured, or not yet.</summary>
    public SrtpKeys? Keys { get; init; }

    /// <summary>Offer nothing but DTLS-SRTP with ICE, and accept nothing else.</summary>
    public bool RequiresDtls { get; init; }

    /// <summary>What the leg can do of it; null: nothing, and an offer of it is refused.</summary>
    public DtlsAbility? Dtls { get; init; }

    /// <summary>What is settled of it at present; as <see cref="Keys"/>.</summary>
    public DtlsTerms? Terms { get; init; }

    /// <summary>The usual dynamic type of telephone-event in our offers.</summary>
    public const byte EventType = 101;
}
