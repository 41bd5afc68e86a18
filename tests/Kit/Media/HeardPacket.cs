using CallCenter.Media.Codecs;

namespace CallCenter.Kit.Media;

/// <summary>One RTP packet as it came in.</summary>
/// <param name="At">ns, CLOCK_MONOTONIC.</param>
public sealed record HeardPacket(long At, bool Marker, byte PayloadType, ushort Sequence, uint Timestamp, uint Ssrc, byte[] Payload)
{
    /// <summary>Louder than that a codec does not make nothing.</summary>
    const int Hiss = 64;

    /// <summary>What a codec that is no law made of the payload; null for the laws and what is no audio.</summary>
    public short[]? Decoded { get; init; }

    public bool IsAudio => Decoded is not null || PayloadType is (byte)AudioCodec.Pcmu or (byte)AudioCodec.Pcma;

    public bool IsSilence => Decoded is { } samples
        ? samples.All(static s => Math.Abs((int)s) < Hiss)
        : IsAudio && Payload.AsSpan().IndexOfAnyExcept(Audio.Silence((AudioCodec)PayloadType)) < 0;

    public short[] Samples()
    {
        if (Decoded is not null) return Decoded;
        var samples = new short[Payload.Length];
        G711.Decode((AudioCodec)PayloadType, Payload, samples);
        return samples;
    }
}
