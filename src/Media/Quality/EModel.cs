namespace CallCenter.Media.Quality;

/// <summary>
/// The E-model (ITU-T G.107, 2015) with the default values of its table 3 for all but delay, codec and loss:
/// <c>R = 93.2 − Id − Ie,eff</c>. 93.2 is R with all defaults and no delay, so that Id is what delay adds to that.
/// </summary>
public static class EModel
{
    /// <summary>R with all defaults.</summary>
    public const double Best = 93.2;

    // Defaults of table 3, and what follows from them alone.
    const double BasicSignalToNoise = 94.77; // Ro (§7.2), and Roe (§7.4) since no side tone is far from it
    const double TalkerEchoLoudness = 65;    // TELR, dB
    const double EchoPathLoss = 110;         // WEPL, dB
    const double DelaySensitivity = 6, LeastHeardDelay = 100; // sT = 1 makes the exponent 6; mT = 100 ms (§7.4)

    /// <summary>R, 93.2 at best; below 0 where nothing can be understood.</summary>
    /// <param name="delay">Mouth to ear in one direction, ms.</param>
    /// <param name="loss">%, 0–100; what comes too late to be played is lost.</param>
    /// <param name="burstRatio">1 = losses fall at random; see <see cref="BurstRatio"/>.</param>
    public static double Rating(double delay, double loss, double burstRatio, CodecImpairment codec) =>
        Best - DelayImpairment(delay) - EquipmentImpairment(loss, burstRatio, codec);

    /// <summary>Ie,eff (§7.5, equation 7-29).</summary>
    public static double EquipmentImpairment(double loss, double burstRatio, CodecImpairment codec) =>
        loss <= 0 ? codec.Ie : codec.Ie + (95 - codec.Ie) * loss / (loss / burstRatio + codec.Bpl);

    /// <summary>BurstR (§7.5): how long losses are on average, against how long they would be if they fell at random. Never below 1.</summary>
    /// <param name="runs">Of packets lost one after another.</param>
    public static double BurstRatio(double received, double lost, double runs) =>
        runs <= 0 ? 1 : Math.Max(1, lost / runs * received / (received + lost));

    /// <summary>Id less its value without delay (§7.4): echo to the talker, echo to the listener, and delay by itself.</summary>
    public static double DelayImpairment(double delay) =>
        delay <= 0 ? 0 : TalkerEcho(delay) + ListenerEcho(2 * delay) - ListenerEcho(0) + TooLong(delay);

    /// <summary>Mean opinion score of a conversation, 1–4.5 (annex B).</summary>
    public static double Mos(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        var r => Math.Max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6),
    };

    /// <summary>Idte.</summary>
    static double TalkerEcho(double delay)
    {
        var loudness = TalkerEchoLoudness - 40 * Math.Log10((1 + delay / 10) / (1 + delay / 150)) + 6 * Math.Exp(-0.3 * delay * delay); // TERV
        var half = (BasicSignalToNoise - (80 + 2.5 * (loudness - 14))) / 2; // (Roe − Re)/2
        return (half + Math.Sqrt(half * half + 100) - 1) * (1 - Math.Exp(-delay));
    }

    /// <summary>Idle.</summary>
    /// <param name="roundTrip">In the four-wire loop, ms.</param>
    static double ListenerEcho(double roundTrip)
    {
        var half = (BasicSignalToNoise - 10.5 * (EchoPathLoss + 7) / Math.Pow(roundTrip + 1, 0.25)) / 2; // (Ro − Rle)/2
        return half + Math.Sqrt(half * half + 169);
    }

    /// <summary>Idd.</summary>
    static double TooLong(double delay)
    {
        if (delay <= LeastHeardDelay) return 0;
        var x = Math.Log2(delay / LeastHeardDelay);
        return 25 * (Root(x) - 3 * Root(x / 3) + 2);

        static double Root(double x) => Math.Pow(1 + Math.Pow(x, DelaySensitivity), 1 / DelaySensitivity);
    }
}
