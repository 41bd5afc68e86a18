using CallCenter.Media.Sdp;

namespace CallCenter.Media.Codecs;

/// <summary>Makes packets of a leg's own codec from audio of 8 kHz. One per stream, since it remembers what it has sent.</summary>
interface IVoiceEncoder : IDisposable
{
    /// <param name="samples">One frame, 20 ms.</param>
    /// <returns>Bytes written; 0 if it failed.</returns>
    int Encode(ReadOnlySpan<short> samples, Span<byte> payload);
}

/// <summary>Reads packets of a leg's own codec as audio of 8 kHz. One per stream, in order, since it remembers what came.</summary>
interface IVoiceDecoder : IDisposable
{
    /// <param name="samples">Room for <see cref="Audio.LongestPacket"/>.</param>
    /// <returns>Samples written; 0 if the payload is none of the codec.</returns>
    int Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>Packets are missing before this one, which may tell what the last of them said.</summary>
    /// <param name="missing">1 or more.</param>
    /// <returns>Samples of the packet just before; 0 if nothing is known of it.</returns>
    int Recover(int missing, ReadOnlySpan<byte> next, Span<short> samples);
}

static class VoiceCodecs
{
    /// <summary>All that can be spoken on this machine: Opus only where its library is installed.</summary>
    public static IReadOnlyList<AudioCodec> Spoken { get; } = OpusLibrary.IsInstalled
        ? [AudioCodec.Pcmu, AudioCodec.Pcma, AudioCodec.G722, AudioCodec.Opus]
        : [AudioCodec.Pcmu, AudioCodec.Pcma, AudioCodec.G722];

    /// <summary>Null for the laws, which need none.</summary>
    /// <param name="opus">What the peer wants of Opus; null: as usual.</param>
    public static IVoiceEncoder? Encoder(AudioCodec codec, OpusTerms? opus = null) => codec switch
    {
        AudioCodec.G722 => new G722Encoder(),
        AudioCodec.Opus => new OpusVoiceEncoder(opus ?? OpusTerms.Usual),
        _ => null,
    };

    /// <summary>As <see cref="Encoder"/>.</summary>
    public static IVoiceDecoder? Decoder(AudioCodec codec) => codec switch
    {
        AudioCodec.G722 => new G722Decoder(),
        AudioCodec.Opus => new OpusVoiceDecoder(),
        _ => null,
    };
}
