using System.Globalization;
using System.Net;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Sdp;

/// <summary>Our answer and what it settled.</summary>
public sealed record SdpAnswer(SdpSession Session, NegotiatedAudio Audio)
{
    public byte[] ToBytes() => SdpWriter.Write(Session);
}

/// <summary>
/// The offer/answer model (RFC 3264) for one audio line with telephone-event. Other lines of an offer are rejected with
/// port 0, in place. Pure: what was said before comes in as <c>previous</c>, and decides the version of the o= line.
/// </summary>
public static class OfferAnswer
{
    const string User = "-", SessionName = "-";
    const int PacketMs = Audio.FrameMs;

    /// <summary>An offer for an outgoing leg, or a re-offer if <paramref name="previous"/> is what we said last.</summary>
    public static SdpSession Offer(LocalAudio local, SdpSession? previous = null)
    {
        var types = local.Codecs.Aggregate(new PayloadTypes(null, null, local.Events ? LocalAudio.EventType : null), static (all, codec) => all.With(codec, (byte)codec));
        var security = Security.Offer(local, previous);
        List<SdpMedia> media = [AudioLine(local, local.Codecs, types, local.Direction, Security.ProtocolOf(local), security.Lines)];
        if (previous is not null) media.AddRange(previous.Media.Skip(1).Select(Reject)); // lines never go away (RFC 3264 §8)
        return Session(local, SdpSession.NoTiming, security.SessionLines, media, previous);
    }

    /// <summary>Answers an offer. False: say 488 with <paramref name="refusal"/>.</summary>
    /// <param name="previous">What we said last in this dialog, if this is a re-offer.</param>
    public static bool TryAnswer(SdpSession offer, LocalAudio local, SdpSession? previous, out SdpAnswer answer, out SdpRefusal refusal)
    {
        answer = null!;
        refusal = SdpRefusal.NoAudio;
        var chosen = -1;
        var types = default(PayloadTypes);
        var codec = AudioCodec.Pcmu;
        var agreed = AgreedSecurity.None;
        for (var i = 0; i < offer.Media.Count && chosen < 0; i++)
        {
            if (offer.Media[i] is not { Kind: SdpMedia.Audio, Port: > 0 } line || !Security.IsSpoken(line.Protocol)) continue;
            types = PayloadTypes.Read(line, local.Codecs, out var first); // the offerer's order is kept (RFC 3264 §6.1); our own does not matter here
            if (first is null) refusal = SdpRefusal.NoCodec;
            else if (!Security.TryAnswer(offer, line, local, out agreed)) refusal = SdpRefusal.NoSecurity;
            else (chosen, codec) = (i, first.Value);
        }
        if (chosen < 0) return false;
        var offered = offer.Media[chosen];
        types = new PayloadTypes(null, null, local.Events ? types.Event : null).With(codec, types.Of(codec));
        var remote = RemoteOf(offer, offered);
        var direction = offer.DirectionOf(offered).Mirror() & local.Direction;
        if (agreed.Dtls?.TheirIce is null && IsHold(offer, offered)) direction &= ~MediaDirection.SendOnly; // the old way to hold (RFC 3264 §8.4); with ICE it only means "not known yet"
        var media = offer.Media.Select((m, i) => i == chosen ? AudioLine(local, [codec], types, direction, m.Protocol, agreed.Lines) : Reject(m));
        var session = Session(local, offer.Timing, agreed.SessionLines, [.. media], previous);
        answer = new(session, new(codec, types, types, remote, RemoteControlOf(offer, offered, remote), direction) { Keys = agreed.Keys, Dtls = agreed.Dtls, Opus = OpusTerms.Read(offered, types.Opus) });
        refusal = SdpRefusal.None;
        return true;
    }

    /// <summary>Reads the answer to our offer. False: the call cannot have audio; hang up (RFC 3261 §13.2.2.4: ACK, then BYE).</summary>
    public static bool TryAccept(SdpSession offer, SdpSession answer, out NegotiatedAudio audio, out SdpRefusal refusal)
    {
        audio = null!;
        refusal = SdpRefusal.NotAnAnswer;
        var index = offer.Media.TakeWhile(m => m.Kind != SdpMedia.Audio || m.Port == 0).Count();
        if (index >= offer.Media.Count || index >= answer.Media.Count || answer.Media[index].Kind != SdpMedia.Audio) return false;
        var (ours, theirs) = (offer.Media[index], answer.Media[index]);
        refusal = SdpRefusal.NoAudio;
        if (theirs.Port == 0) return false;
        refusal = SdpRefusal.NoSecurity;
        if (!Security.TryAccept(ours, answer, theirs, out var keys, out var dtls)) return false;
        var receive = PayloadTypes.Read(ours, [], out _);
        var send = PayloadTypes.Read(theirs, receive.All, out var preferred);
        refusal = SdpRefusal.NoCodec;
        if (preferred is not { } codec) return false;
        if (receive.Event is null) send = send with { Event = null };
        var remote = RemoteOf(answer, theirs);
        var direction = answer.DirectionOf(theirs).Mirror() & offer.DirectionOf(ours);
        if (dtls?.TheirIce is null && IsHold(answer, theirs)) direction &= ~MediaDirection.SendOnly;
        audio = new(codec, send, receive, remote, RemoteControlOf(answer, theirs, remote), direction) { Keys = keys, Dtls = dtls, Opus = OpusTerms.Read(theirs, send.Opus) };
        refusal = SdpRefusal.None;
        return true;
    }

    static SdpSession Session(LocalAudio local, string timing, IReadOnlyList<SdpAttribute> lines, IReadOnlyList<SdpMedia> media, SdpSession? previous)
    {
        var address = local.Address.Address.ToString();
        SdpSession With(ulong version) => new(new(User, local.SessionId, version, address), SessionName, address, timing, lines, media);
        if (previous is null) return With(1);
        var same = With(previous.Origin.Version);
        return SdpWriter.Write(same).AsSpan().SequenceEqual(SdpWriter.Write(previous)) ? same : With(previous.Origin.Version + 1);
    }

    static SdpMedia AudioLine(LocalAudio local, IReadOnlyList<AudioCodec> codecs, PayloadTypes types, MediaDirection direction, string protocol, IEnumerable<SdpAttribute> security)
    {
        List<string> formats = [];
        List<SdpAttribute> attributes = [.. security];
        foreach (var codec in codecs)
        {
            formats.Add(Text(types.Of(codec)!.Value));
            attributes.Add(new("rtpmap", $"{formats[^1]} {Audio.Encoding(codec)}"));
            if (codec == AudioCodec.Opus) attributes.Add(new("fmtp", $"{formats[^1]} useinbandfec=1")); // we make use of what is repeated (RFC 7587 §6.1)
        }
        if (types.Event is { } events)
        {
            formats.Add(Text(events));
            attributes.Add(new("rtpmap", $"{formats[^1]} telephone-event/8000"));
            attributes.Add(new("fmtp", $"{formats[^1]} 0-16"));
        }
        attributes.Add(new("ptime", Text(PacketMs)));
        attributes.Add(new(direction.Name()));
        return new(SdpMedia.Audio, local.Address.Port, protocol, formats, null, attributes);
    }

    static SdpMedia Reject(SdpMedia offered) => new(offered.Kind, 0, offered.Protocol, offered.Formats, null, [.. offered.Attributes.Where(a => a.Name == "mid")]); // a browser knows its lines by that name

    static bool IsHold(SdpSession session, SdpMedia media) => session.AddressOf(media) is "0.0.0.0" or "::";

    static IPEndPoint? RemoteOf(SdpSession session, SdpMedia media) =>
        !IsHold(session, media) && IPAddress.TryParse(session.AddressOf(media), out var address) ? new(address, media.Port) : null;

    static IPEndPoint? RemoteControlOf(SdpSession session, SdpMedia media, IPEndPoint? remote)
    {
        if (remote is null) return null;
        if (media.Value("rtcp")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var portText, .. var rest]
            || !ushort.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            return remote.Port == IPEndPoint.MaxPort ? null : new(remote.Address, remote.Port + 1);
        return rest is ["IN", "IP4" or "IP6", var text] && IPAddress.TryParse(text, out var address) ? new(address, port) : new(remote.Address, port);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
