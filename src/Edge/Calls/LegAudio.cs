using System.Diagnostics.CodeAnalysis;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;

namespace CallCenter.Edge.Calls;

/// <summary>Offer and answer of one leg (RFC 3264) in either role, and what they settled.</summary>
/// <param name="other">What the other party of the call speaks, if it is known: it is offered first.</param>
sealed class LegAudio(MediaLeg media, ulong sessionId, AudioCodec? other = null)
{
    readonly LocalAudio local = new(sessionId, media.Local, LocalAudio.Spoken);
    AudioCodec? offered = other;
    SdpSession? ours;

    /// <summary>The far end sent an offer (INVITE or re-INVITE): our answer, or false for a 488.</summary>
    public bool TryAnswer(ReadOnlySpan<byte> offer, [NotNullWhen(true)] out byte[]? answer, out NegotiatedAudio? settled)
    {
        (answer, settled) = (null, null);
        if (!SdpReader.TryRead(offer, out var session, out _) || !OfferAnswer.TryAnswer(session, local, ours, out var made, out _)) return false;
        (ours, answer, settled, offered) = (made.Session, made.ToBytes(), made.Audio, made.Audio.Codec);
        return true;
    }

    /// <summary>Our offer: in an INVITE of ours, or in the 200 to an INVITE that brought none.</summary>
    public byte[] Offer(MediaDirection direction = MediaDirection.SendReceive)
    {
        ours = OfferAnswer.Offer(local with { Codecs = LocalAudio.OfferedFor(offered), Direction = direction }, ours);
        return SdpWriter.Write(ours);
    }

    /// <summary>The far end's answer to our offer; false if it is none.</summary>
    public bool TryAccept(ReadOnlySpan<byte> answer, [NotNullWhen(true)] out NegotiatedAudio? settled)
    {
        settled = null;
        if (ours is null || !SdpReader.TryRead(answer, out var session, out _) || !OfferAnswer.TryAccept(ours, session, out var audio, out _)) return false;
        (settled, offered) = (audio, audio.Codec);
        return true;
    }
}
