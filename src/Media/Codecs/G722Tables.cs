namespace CallCenter.Media.Codecs;

/// <summary>The constants of the lower sub-band (ITU-T G.722 §3 and §6.2.1: tables Q6, MIL, IL4, IL6, WL, ILB).</summary>
static class G722Tables
{
    /// <summary>Decision levels of the 60-level quantizer, 1–29; what lies above belongs to the last level.</summary>
    public const int Levels = 30;

    /// <summary>Q6: lower bound of each level, in 1/4096 of the scale · 8.</summary>
    public static ReadOnlySpan<short> Decisions =>
    [
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
        786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919, 0, 0,
    ];

    /// <summary>Code of each level of a negative error, and of a positive one.</summary>
    public static ReadOnlySpan<byte> NegativeCodes => [0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 0];

    public static ReadOnlySpan<byte> PositiveCodes => [0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 0];

    /// <summary>Rebuilt error of a code of six bits, in 1/32768 of the scale.</summary>
    public static ReadOnlySpan<short> Steps6 =>
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    /// <summary>The same of its upper four bits.</summary>
    public static ReadOnlySpan<short> Steps4 => [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];

    /// <summary>By how much the logarithm of the scale moves, by the upper four bits (WL after RL4).</summary>
    public static ReadOnlySpan<short> LogWeights => [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    /// <summary>ILB: 2048 · 2^(i/32).</summary>
    public static ReadOnlySpan<short> Exponents =>
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];
}
