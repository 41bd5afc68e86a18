using System.Numerics;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Dtmf;

/// <summary>Tells from window to window whether two tones go on, and whether each keeps the frequency of a key's: by the turn of its phase.</summary>
struct ToneTrail
{
    /// <summary>A tone may be off by 1.5 % and 2 Hz (Q.24), and its measure by 2 Hz in noise; from 3.5 % on it must be refused.</summary>
    const double Tolerance = 0.015, Slack = 4;

    ToneGlance before = ToneGlance.Nothing;

    public ToneTrail() { }

    /// <returns>Whether it shows the same key as the window before, and how much of the power its two tones have, if both have kept their frequencies; else 0.</returns>
    public (bool Follows, double Share) Follow(in ToneGlance now)
    {
        var follows = before.Code != ToneBank.None && before.Code == now.Code;
        var share = follows ? SteadyShare(before, now) : 0;
        before = now;
        return (follows, share);
    }

    static double SteadyShare(in ToneGlance before, in ToneGlance now)
    {
        var (low, high) = ToneBank.TonesOf(now.Code);
        return IsRight(low, before.Low, now.Low, out var lowShare) && IsRight(high, before.High, now.High, out var highShare) ? lowShare + highShare : 0;
    }

    /// <param name="share">Of the power, as if the tone were at the middle of its filter.</param>
    static bool IsRight(int tone, in SeenTone before, in SeenTone now, out double share)
    {
        var hz = ToneBank.Hz(tone);
        var turn = (now.Sum * Complex.Conjugate(before.Sum)).Phase - 2 * Math.PI * hz * ToneBank.Hop / Audio.Rate;
        var off = (turn - 2 * Math.PI * Math.Round(turn / (2 * Math.PI))) * Audio.Rate / (2 * Math.PI * ToneBank.Hop);
        share = now.Share / ToneBank.Response(off);
        return Math.Abs(off) <= Tolerance * hz + Slack;
    }
}
