namespace CallCenter.Media.Codecs;

/// <summary>
/// ITU-T G.722 at 64 kbit/s (mode 1): an octet is two samples of 16 kHz, two bits of the upper sub-band above six of the lower. Since
/// audio inside has 8 kHz, only the lower one is spoken, which is that audio itself: no filter, no delay. Two parties
/// that both speak G.722 hear all of it, for their packets pass as they are.
/// </summary>
sealed class G722Encoder : IVoiceEncoder
{
    /// <summary>The upper sub-band's code for next to nothing (§3, table 11): it falls silent within some ms.</summary>
    const int NothingAbove = 0xC0;

    G722Band lower = G722Band.Start;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        for (var i = 0; i < samples.Length; i++) payload[i] = (byte)(NothingAbove | lower.Encode(samples[i] >> 1));
        return samples.Length;
    }

    public void Dispose() { }
}

/// <summary>Hears the lower sub-band (<see cref="G722Encoder"/>).</summary>
sealed class G722Decoder : IVoiceDecoder
{
    const int LowerBits = 0x3F;

    G722Band lower = G722Band.Start;

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        var count = Math.Min(payload.Length, samples.Length);
        for (var i = 0; i < count; i++) samples[i] = (short)(lower.Decode(payload[i] & LowerBits) << 1);
        return count;
    }

    /// <summary>Nothing is told twice; the predictor finds its way back by itself (its memory leaks).</summary>
    public int Recover(int missing, ReadOnlySpan<byte> next, Span<short> samples) => 0;

    /// <summary>
    /// What the codes add to what was predicted, on a scale of their own: no memory of what came before is needed, so a hole before them does no harm. Of steady
    /// tones it shows the same tones, since the predictor takes some of their strength and none of their frequency.
    /// </summary>
    public static void Differences(ReadOnlySpan<byte> payload, Span<float> differences)
    {
        for (var i = 0; i < payload.Length; i++) differences[i] = G722Tables.Steps6[payload[i] & LowerBits];
    }

    public void Dispose() { }
}
