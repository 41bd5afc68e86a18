using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Mixing;

/// <summary>Those who hear one leg, and how its packets reach them. One who hears others besides reads the leg's <see cref="SpeechRing"/> instead.</summary>
readonly struct Hearers(Leg speaker, Leg[] legs)
{
    public ReadOnlySpan<Leg> All => legs;

    /// <summary>Straight to each hearer that is not mixed for. Those of the same law come first, since the translation for the rest is made in place, once.</summary>
    public void Pass(in RtpHeader header, Span<byte> packet, AudioCodec codec, long now)
    {
        var others = false;
        foreach (var hearer in All)
        {
            if (hearer.Output.IsStraight(codec)) hearer.Output.Relay(speaker, header, packet, now);
            else others |= !hearer.Output.IsMixed;
        }
        if (!others) return;
        var other = codec == AudioCodec.Pcmu ? AudioCodec.Pcma : AudioCodec.Pcmu;
        var payload = packet.Slice(header.PayloadOffset, header.PayloadLength);
        G711.Translate(codec, other, payload, payload);
        foreach (var hearer in All)
            if (hearer.Output.IsStraight(other)) hearer.Output.Relay(speaker, header, packet, now);
    }

    public void PassEvent(in RtpHeader header, Span<byte> packet, in DtmfEvent key, long now)
    {
        foreach (var hearer in All) hearer.Output.RelayEvent(speaker, header, packet, key, now);
    }
}
