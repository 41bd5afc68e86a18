using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tones;

/// <summary>
/// Knows a fax machine by its tones, frame by frame. CNG (T.30 §4.3.3.7: 1100 ± 38 Hz, 0.5 s on and 3 s off, each ± 15 %) is told one second after one burst
/// of the right length, when nothing followed it: a voice or a melody goes on. CED (§4.3.3.2: 2100 ± 15 Hz) is told after two
/// seconds without a pause at one level: a struck string dies away. What was lost is taken for what was there before it. Pure.
/// </summary>
struct FaxTones
{
    /// <summary>Hz, with what noise 15 dB below the tone moves the measure by.</summary>
    const double CngLow = 1050, CngHigh = 1160, CedLow = 2070, CedHigh = 2130;

    /// <summary>Samples: 0.5 s ± 15 %, and a frame at either end.</summary>
    const int CngShortest = 400 * Audio.SamplesPerMs, CngLongest = 620 * Audio.SamplesPerMs, CngRest = Audio.Rate;

    /// <summary>Samples of CED, and of what else may be in between where ANSam turns its phase (every 450 ms).</summary>
    const int CedEnough = 2 * Audio.Rate, CedSlip = 40 * Audio.SamplesPerMs;

    /// <summary>After a burst it is quiet if 15 dB are gone (power).</summary>
    const double Gone = 0.03;

    /// <summary>From its loudest to its quietest frame CED varies by 6 dB at most: ANSam's 15 Hz make 4.</summary>
    const double Steady = 0.25;

    /// <summary>T.30 asks receivers for −43 dBm.</summary>
    static readonly double weakest = ToneMeter.Power(-43);

    int cng, cngRest, ced, cedSlip;
    double cngPower, loudest, quietest;

    /// <summary>True: this is a fax machine.</summary>
    public bool Take(in ToneMeasure frame, int samples, out FaxTone tone)
    {
        var heard = frame.IsTone && frame.Power >= weakest;
        tone = FaxTone.Calling;
        if (TakeCng(frame, heard && frame.Hz is > CngLow and < CngHigh, samples)) return true;
        tone = FaxTone.Answering;
        return TakeCed(frame, heard && frame.Hz is > CedLow and < CedHigh, samples);
    }

    /// <summary>So many samples never came.</summary>
    public void Lose(int samples)
    {
        if (cngRest > 0) cngRest += samples;
        else if (cng > 0) cng += samples;
        if (ced > 0) ced += samples;
    }

    bool TakeCng(in ToneMeasure frame, bool isCng, int samples)
    {
        if (isCng && cngRest == 0)
        {
            cng += samples;
            cngPower = Math.Max(cngPower, frame.Power);
            return false;
        }
        if (cng is < CngShortest or > CngLongest || isCng || frame.Power > cngPower * Gone && cngRest > 0) return ForgetCng();
        cngRest += samples; // its first frame may still hold the end of the burst
        return cngRest >= CngRest && !ForgetCng();
    }

    bool ForgetCng()
    {
        (cng, cngRest, cngPower) = (0, 0, 0);
        return false;
    }

    bool TakeCed(in ToneMeasure frame, bool isCed, int samples)
    {
        if (isCed && (ced == 0 || IsSteady(frame.Power)))
        {
            if (ced == 0) (loudest, quietest) = (frame.Power, frame.Power);
            (loudest, quietest) = (Math.Max(loudest, frame.Power), Math.Min(quietest, frame.Power));
            (ced, cedSlip) = (ced + samples, 0);
        }
        else if (ced > 0 && (cedSlip += samples) <= CedSlip) ced += samples;
        else (ced, cedSlip) = (0, 0);
        if (ced < CedEnough || cedSlip > 0) return false;
        ced = 0;
        return true;
    }

    readonly bool IsSteady(double power) => power >= loudest * Steady && power * Steady <= quietest;
}
