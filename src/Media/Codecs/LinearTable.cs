namespace CallCenter.Media.Codecs;

/// <summary>G.711 codes as floating-point samples on the 16-bit scale, for what is measured and not played.</summary>
static class LinearTable
{
    static readonly float[] pcmu = Table(AudioCodec.Pcmu), pcma = Table(AudioCodec.Pcma);

    /// <summary>Decodes <paramref name="codes"/> into as many samples.</summary>
    public static void Decode(AudioCodec codec, ReadOnlySpan<byte> codes, Span<float> samples)
    {
        var table = (codec == AudioCodec.Pcmu ? pcmu : pcma).AsSpan(0, 256);
        samples = samples[..codes.Length];
        for (var i = 0; i < codes.Length; i++) samples[i] = table[codes[i]];
    }

    static float[] Table(AudioCodec codec) => [.. Enumerable.Range(0, 256).Select(code => (float)G711.Decode(codec, (byte)code))];
}
