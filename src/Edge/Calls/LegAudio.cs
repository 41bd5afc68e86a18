using System.Diagnostics.CodeAnalysis;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;

namespace CallCenter.Edge.Calls;

/// <summary>Offer and answer of one leg (RFC 3264) in either role, and what they settled.</summary>
/// <param name="codecs">No other is offered or taken.</param>
/// <param name="srtp">Of a leg that we call.</param>
/// <param name="dtls">What is said of DTLS and ICE; null = what the leg says for all its life.</param>
sealed class LegAudio(MediaLeg media, ulong sessionId, IReadOnlyList<AudioCodec> codecs, SrtpUse srtp = SrtpUse.Off, DtlsAbility? dtls = null)
{
    LocalAudio local = new(sessionId, media.Local, codecs) { RequiresSrtp = srtp == SrtpUse.Required, RequiresDtls = srtp == SrtpUse.Dtls, Dtls = dtls ?? media.Dtls };
    SdpSession? ours;

    /// <summary>Offered first: what the other party of the call speaks, and then what was settled; null where nothing is known.</summary>
    public AudioCodec? Preferred { get; set; }

    /// <summary>False: the leg must be secured by DTLS, which its engine does not speak.</summary>
    public bool CanOffer => !local.RequiresDtls || local.Dtls is not null;

    /// <summary>The far end sent an offer (INVITE or re-INVITE): our answer, or false for a 488.</summary>
    public bool TryAnswer(ReadOnlySpan<byte> offer, [NotNullWhen(true)] out byte[]? answer, out NegotiatedAudio? settled)
    {
        (answer, settled) = (null, null);
        if (!SdpReader.TryRead(offer, out var session, out _) || !OfferAnswer.TryAnswer(session, local, ours, out var made, out _)) return false;
        (ours, answer, settled) = (made.Session, made.ToBytes(), made.Audio);
        Keep(settled);
        return true;
    }

    /// <summary>Our offer: in an INVITE of ours, or in the 200 to an INVITE that brought none.</summary>
    public byte[] Offer(MediaDirection direction = MediaDirection.SendReceive)
    {
        if (local.RequiresDtls) media.Await();
        ours = OfferAnswer.Offer(local with { Codecs = LocalAudio.OfferedFor(Preferred, codecs), Direction = direction }, ours);
        return SdpWriter.Write(ours);
    }

    /// <summary>The far end's answer to our offer; false if it is none.</summary>
    public bool TryAccept(ReadOnlySpan<byte> answer, [NotNullWhen(true)] out NegotiatedAudio? settled)
    {
        settled = null;
        if (ours is null || !SdpReader.TryRead(answer, out var session, out _) || !OfferAnswer.TryAccept(ours, session, out var audio, out _)) return false;
        settled = audio;
        Keep(settled);
        return true;
    }

    void Keep(NegotiatedAudio settled) => (local, Preferred) = (local with { Keys = settled.Keys, Terms = settled.Dtls }, settled.Codec);
}
