namespace CallCenter.Media.Codecs;

/// <summary>
/// The lower sub-band of ITU-T G.722: 0–4 kHz, sampled at 8 kHz, six bits a sample by adaptive differential coding. Encoder and decoder
/// run the same predictor (two poles, six zeros) over what both know. Names of steps are those of the recommendation's blocks.
/// </summary>
struct G722Band
{
    /// <summary>Range of the sub-band signal: 15 bits.</summary>
    const int Most = 16_383;

    /// <summary>The least step, at which both ends begin.</summary>
    const int FirstScale = 32;

    /// <summary>Largest logarithm of the scale (block LOGSCL).</summary>
    const int MostLog = 18_432;

    /// <summary>Bounds of the poles, which keep the predictor stable: 0.75, and with the second one 15/16 (UPPOL2, UPPOL1).</summary>
    const int MostPole2 = 12_288, MostPoles = 15_360;

    int log, scale;
    int pole1, pole2;
    Six zeros, differences;
    int partial1, partial2, rebuilt1, rebuilt2;
    int fromZeros, predicted;

    [System.Runtime.CompilerServices.InlineArray(6)]
    struct Six
    {
        int first;
    }

    public static G722Band Start => new() { scale = FirstScale };

    /// <param name="sample">15 bits.</param>
    /// <returns>The code of six bits.</returns>
    public int Encode(int sample)
    {
        var error = Saturate(sample - predicted);
        var magnitude = error >= 0 ? error : -(error + 1);
        var level = 1;
        while (level < G722Tables.Levels && magnitude >= G722Tables.Decisions[level] * scale >> 12) level++;
        int code = error < 0 ? G722Tables.NegativeCodes[level] : G722Tables.PositiveCodes[level];
        Adapt(code >> 2);
        return code;
    }

    /// <param name="code">Six bits.</param>
    /// <returns>15 bits.</returns>
    public int Decode(int code)
    {
        var sample = predicted + (scale * G722Tables.Steps6[code] >> 15);
        Adapt(code >> 2);
        return Math.Clamp(sample, -Most - 1, Most);
    }

    /// <summary>Both ends learn from the upper four bits only: the others may be taken for data in the lower modes.</summary>
    void Adapt(int core)
    {
        var difference = scale * G722Tables.Steps4[core] >> 15;
        log = Math.Clamp((log * 127 >> 7) + G722Tables.LogWeights[core], 0, MostLog);
        var shift = 8 - (log >> 11);
        int mantissa = G722Tables.Exponents[log >> 6 & 31];
        scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
        Predict(difference);
    }

    /// <summary>Block 4: adapts poles and zeros by the signs of what came, then predicts the next sample.</summary>
    void Predict(int difference)
    {
        var rebuilt = Saturate(predicted + difference);
        var partial = Saturate(fromZeros + difference);
        AdaptPoles(partial);
        AdaptZeros(difference);
        (partial2, partial1, rebuilt2, rebuilt1) = (partial1, partial, rebuilt1, rebuilt);
        var fromPoles = Saturate((pole1 * Saturate(2 * rebuilt1) >> 15) + (pole2 * Saturate(2 * rebuilt2) >> 15));
        var sum = 0;
        for (var i = 0; i < 6; i++) sum += zeros[i] * Saturate(2 * differences[i]) >> 15;
        fromZeros = Saturate(sum);
        predicted = Saturate(fromPoles + fromZeros);
    }

    /// <summary>UPPOL2 and UPPOL1.</summary>
    void AdaptPoles(int partial)
    {
        bool like1 = (partial ^ partial1) >= 0, like2 = (partial ^ partial2) >= 0;
        var lean = Saturate(pole1 << 2);
        var second = (like1 ? Math.Min(-lean, short.MaxValue) : lean) >> 7;
        second += (like2 ? 128 : -128) + (pole2 * 32_512 >> 15);
        second = Math.Clamp(second, -MostPole2, MostPole2);
        var bound = MostPoles - second;
        pole1 = Math.Clamp(Saturate((like1 ? 192 : -192) + (pole1 * 32_640 >> 15)), -bound, bound);
        pole2 = second;
    }

    /// <summary>UPZERO and DELAYA.</summary>
    void AdaptZeros(int difference)
    {
        var step = difference == 0 ? 0 : 128;
        for (var i = 0; i < 6; i++) zeros[i] = Saturate(((differences[i] ^ difference) >= 0 ? step : -step) + (zeros[i] * 32_640 >> 15));
        for (var i = 5; i > 0; i--) differences[i] = differences[i - 1];
        differences[0] = difference;
    }

    static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);
}
