using CallCenter.Media.Codecs;

namespace CallCenter.Media.Mixing;

/// <summary>
/// Speech in place of speech that did not come, after the idea of ITU-T G.711 Appendix I: the last pitch period is said over and over, from
/// 10 ms on the last two, from 20 ms on the last three, so that it does not hum; and ever more quietly from 10 ms on, until
/// nothing is left at 60 ms. Pure.
/// </summary>
sealed class Concealment
{
    /// <summary>Samples: after so many there is silence.</summary>
    public const int Length = 60 * Audio.SamplesPerMs;

    /// <summary>Samples of what was said that it looks at: three periods and what is blended before them.</summary>
    public const int History = MostPeriods * LongestPitch + LongestPitch / 4;

    /// <summary>5–15 ms: voices from 66 to 200 Hz; of a higher voice it takes two or more periods for one.</summary>
    const int ShortestPitch = 5 * Audio.SamplesPerMs, LongestPitch = 15 * Audio.SamplesPerMs;

    const int MostPeriods = 3;

    /// <summary>Each lasts 10 ms.</summary>
    const int Stage = 10 * Audio.SamplesPerMs;

    /// <summary>Samples over which periods are compared: 20 ms.</summary>
    const int Compared = 20 * Audio.SamplesPerMs;

    readonly short[] history = new short[History];
    int pitch, periods, position, made, step;

    /// <summary>So many samples were made since the last one that was said.</summary>
    public int Made => made;

    /// <summary>A hole begins.</summary>
    /// <param name="said">The last <see cref="History"/> samples before it.</param>
    public void Begin(ReadOnlySpan<short> said)
    {
        said.CopyTo(history);
        pitch = FindPitch();
        (periods, position, made) = (1, 0, 0);
        step = history[^1] - history[^(pitch + 1)]; // what was said last is not quite what the period before it ended with
    }

    public short Next()
    {
        if (made >= Length) return 0;
        if (made % Stage == 0 && made > 0 && periods < MostPeriods)
        {
            periods++;
            position += pitch; // the same place, in a longer cycle
        }
        var quarter = pitch / 4;
        var value = Cycle(position, quarter);
        if (made < quarter) value += step * (quarter - made) / quarter;
        if (++position == periods * pitch) position = 0;
        var left = Length - Math.Max(made++, Stage);
        return (short)Math.Clamp(value * left / (Length - Stage), short.MinValue, short.MaxValue);
    }

    /// <summary>A sample of the last periods as a cycle; its last quarter period goes over into what was before its first sample, so that it closes.</summary>
    int Cycle(int at, int quarter)
    {
        var length = periods * pitch;
        int value = history[History - length + at];
        var blend = at - (length - quarter) + 1;
        return blend <= 0 ? value : (value * (quarter + 1 - blend) + history[History - 2 * length + at] * blend) / (quarter + 1);
    }

    /// <summary>The lag at which what was said last resembles itself best: on every second sample and lag first, then exactly around the best.</summary>
    int FindPitch()
    {
        var (best, likeness) = (LongestPitch, double.MinValue);
        for (var lag = ShortestPitch; lag <= LongestPitch; lag += 2) Compare(lag, 2, ref best, ref likeness);
        var coarse = best;
        likeness = double.MinValue;
        for (var lag = Math.Max(ShortestPitch, coarse - 1); lag <= Math.Min(LongestPitch, coarse + 1); lag++) Compare(lag, 1, ref best, ref likeness);
        return best;
    }

    /// <summary>Correlation over the root of the earlier part's energy (App. I §I.2.2).</summary>
    void Compare(int lag, int stride, ref int best, ref double likeness)
    {
        long product = 0, energy = 1;
        for (var i = History - Compared; i < History; i += stride)
        {
            int earlier = history[i - lag];
            product += history[i] * earlier;
            energy += earlier * earlier;
        }
        var like = product / Math.Sqrt(energy);
        if (like > likeness) (best, likeness) = (lag, like);
    }
}
