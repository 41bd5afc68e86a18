using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Mixing;

/// <summary>Those who hear one leg, and how its packets reach them. One who hears others besides reads the leg's <see cref="SpeechRing"/> instead.</summary>
readonly struct Hearers(Leg speaker, Leg[] legs)
{
    public ReadOnlySpan<Leg> All => legs;

    /// <summary>
    /// Straight to each hearer that is not mixed for. Those of the same codec come first; for those of the other law the payload is
    /// translated in place, once.
    /// </summary>
    public void Pass(in RtpHeader header, Span<byte> packet, AudioCodec codec, long now)
    {
        var payload = packet.Slice(header.PayloadOffset, header.PayloadLength);
        var samples = Audio.SamplesIn(codec, payload);
        var other = codec == AudioCodec.Pcmu ? AudioCodec.Pcma : AudioCodec.Pcmu;
        var others = false;
        foreach (var hearer in All)
        {
            if (hearer.Output.IsStraight(codec)) hearer.Output.Relay(speaker, header, samples, packet, now);
            else others |= Audio.IsLaw(codec) && hearer.Output.IsStraight(other);
        }
        if (!others) return;
        G711.Translate(codec, other, payload, payload);
        foreach (var hearer in All)
            if (hearer.Output.IsStraight(other)) hearer.Output.Relay(speaker, header, samples, packet, now);
    }

    public void PassEvent(in RtpHeader header, Span<byte> packet, in DtmfEvent key, long now)
    {
        foreach (var hearer in All) hearer.Output.RelayEvent(speaker, header, packet, key, now);
    }
}
