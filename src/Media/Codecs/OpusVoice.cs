using CallCenter.Media.Sdp;

namespace CallCenter.Media.Codecs;

/// <summary>
/// Opus made from 8 kHz audio, which the library takes as it is. Each packet repeats the one before it at a lower rate (in-band FEC), so that
/// a single lost one is heard; unless the peer has no use for it.
/// </summary>
sealed unsafe class OpusVoiceEncoder : IVoiceEncoder
{
    /// <summary>
    /// Bits a second, repeats included, if the peer takes as many: what is heard has been through a law of telephony already, and shall lose no more (at 20,000 a
    /// tone of 1 kHz came through at 8 dB; docs/measurements.md).
    /// </summary>
    public const int Bitrate = 32_000;

    /// <summary>Of 10. Below 4 a tone comes through at less than 20 dB, at 1 nothing is repeated; the cost is in docs/measurements.md.</summary>
    const int Complexity = 5;

    /// <summary>Percent: what the encoder shall reckon with; 0 would leave the repeats out.</summary>
    const int ExpectedLoss = 10;

    readonly OpusEncoderHandle handle = OpusLibrary.CreateEncoder(Audio.Rate, 1, OpusLibrary.ForVoice, out _);

    public OpusVoiceEncoder(OpusTerms terms)
    {
        if (handle.IsInvalid) throw new InvalidOperationException("libopus made no encoder");
        Set(OpusLibrary.SetBitrate, Math.Min(Bitrate, terms.Bitrate));
        Set(OpusLibrary.SetComplexity, Complexity);
        Set(OpusLibrary.SetSignal, OpusLibrary.SignalVoice);
        Set(OpusLibrary.SetInbandFec, terms.Repeats ? 1 : 0);
        Set(OpusLibrary.SetPacketLoss, terms.Repeats ? ExpectedLoss : 0);
    }

    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        fixed (short* said = samples)
        fixed (byte* bytes = payload)
            return Math.Max(0, OpusLibrary.Encode(handle, said, samples.Length, bytes, payload.Length));
    }

    public void Dispose() => handle.Dispose();

    void Set(int request, int value)
    {
        if (OpusLibrary.Control(handle, request, value) != OpusLibrary.Ok) throw new InvalidOperationException($"libopus refused {request}={value}");
    }
}

/// <summary>Opus heard as 8 kHz audio, mono, whatever was sent.</summary>
sealed unsafe class OpusVoiceDecoder : IVoiceDecoder
{
    /// <summary>After five lost packets nothing is left to go on from.</summary>
    const int MostMissing = 5;

    readonly OpusDecoderHandle handle = OpusLibrary.CreateDecoder(Audio.Rate, 1, out _);

    public OpusVoiceDecoder()
    {
        if (handle.IsInvalid) throw new InvalidOperationException("libopus made no decoder");
    }

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples) => OpusPacket.Samples(payload) == 0 ? 0 : Decode(payload, samples, repeated: false);

    /// <summary>The lost packets are made up, which nobody hears, so that the decoder's memory fits what follows; but for the last, if it is repeated here.</summary>
    public int Recover(int missing, ReadOnlySpan<byte> next, Span<short> samples)
    {
        var length = Math.Min(OpusPacket.Samples(next), samples.Length);
        if (length == 0) return 0;
        var repeats = OpusPacket.RepeatsTheLast(next);
        for (var i = repeats ? 1 : 0; i < Math.Min(missing, MostMissing); i++) Decode([], samples[..length], repeated: false);
        return repeats ? Decode(next, samples[..length], repeated: true) : 0;
    }

    int Decode(ReadOnlySpan<byte> payload, Span<short> samples, bool repeated)
    {
        fixed (byte* bytes = payload) // null for an empty one
        fixed (short* heard = samples)
            return Math.Max(0, OpusLibrary.Decode(handle, bytes, payload.Length, heard, samples.Length, repeated ? 1 : 0));
    }

    public void Dispose() => handle.Dispose();
}
