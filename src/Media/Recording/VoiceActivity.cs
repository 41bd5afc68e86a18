namespace CallCenter.Media.Recording;

/// <summary>
/// Whether somebody speaks, by loudness against a floor that follows the line: the quietest frame of the last one to two seconds, which
/// is the background, since speech pauses more often than that. A steady sound becomes background after two seconds, unless it is loud. Where nothing
/// is sent between words the floor is that of a quiet line; a lost packet or two tell nothing of it.
/// </summary>
struct VoiceActivity
{
    // Mean magnitudes of 16-bit samples.
    const int Background = 64;  // −54 dB below full scale: what is taken for granted before anything was heard
    const int Whisper = 160;    // −46 dB: what is quieter is no voice on any line
    const int Loud = 3000;      // −21 dB: what is louder is one on every line

    /// <summary>Frames over which one minimum is taken: a second.</summary>
    const int Block = 50;

    /// <summary>Frames without any sound that are no loss any more: 200 ms.</summary>
    const int Pause = 10;

    int quietest, quietestBefore, inBlock, empty;

    /// <summary>8 dB above the floor.</summary>
    const double AboveFloor = 2.5;

    /// <param name="magnitude">Mean of a frame of 20 ms; 0 = nothing came.</param>
    public bool IsVoice(int magnitude)
    {
        if (quietestBefore == 0) (quietest, quietestBefore) = (int.MaxValue, Background);
        empty = magnitude == 0 ? empty + 1 : 0;
        if (magnitude > 0 || empty >= Pause) quietest = Math.Min(quietest, magnitude > 0 ? magnitude : Background);
        var voice = magnitude > Math.Clamp(AboveFloor * Math.Min(quietest, quietestBefore), Whisper, Loud);
        if (++inBlock == Block) (quietestBefore, quietest, inBlock) = (quietest, int.MaxValue, 0);
        return voice;
    }
}
