namespace CallCenter.Media.Quality;

/// <summary>What a codec costs in quality, and how it bears loss (ITU-T G.113 appendix I), on the R scale of narrow-band telephony.</summary>
/// <param name="Ie">Equipment impairment without loss.</param>
/// <param name="Bpl">Packet-loss robustness, %.</param>
public readonly record struct CodecImpairment(double Ie, double Bpl)
{
    /// <summary>G.711 where lost packets are heard as gaps.</summary>
    public static readonly CodecImpairment G711Bare = new(0, 4.3);

    /// <summary>
    /// G.711 with concealment (G.711 appendix I). It stands for every leg: phones and browsers conceal what they lose, and wideband codecs lose their
    /// advantage at our border, behind which all is 8 kHz. G.722 and Opus have no values on this scale (G.113 gives G.722 on that of G.107.1 only).
    /// </summary>
    public static readonly CodecImpairment G711Concealed = new(0, 25.1);
}
