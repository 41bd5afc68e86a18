using CallCenter.Media.Codecs;

namespace CallCenter.Kit.Media;

/// <summary>One RTP packet as it came in.</summary>
/// <param name="At">ns, CLOCK_MONOTONIC.</param>
public sealed record HeardPacket(long At, bool Marker, byte PayloadType, ushort Sequence, uint Timestamp, uint Ssrc, byte[] Payload)
{
    public bool IsAudio => PayloadType is (byte)AudioCodec.Pcmu or (byte)AudioCodec.Pcma;

    public bool IsSilence => IsAudio && Payload.AsSpan().IndexOfAnyExcept(Audio.Silence((AudioCodec)PayloadType)) < 0;

    public short[] Samples()
    {
        var samples = new short[Payload.Length];
        G711.Decode((AudioCodec)PayloadType, Payload, samples);
        return samples;
    }
}
