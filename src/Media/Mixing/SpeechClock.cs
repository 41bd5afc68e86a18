using CallCenter.Media.Codecs;

namespace CallCenter.Media.Mixing;

/// <summary>
/// Lays one sender's timeline on the loop's clock, both in samples. Lateness is arrival less place: 0 for the fastest packets while nothing
/// jitters. A packet that comes when its place has been read already moves the places later at once, itself included, so that it is heard: what
/// stalls, or runs slower than the loop's clock, costs the time that it was late, and no packet after it. One that others overtook moves nothing: it is
/// lost. Besides, twice a second the lateness of what came since is judged:
/// 1. None came in time: the sender's clock is slow or its way became longer; places move later by the least lateness.
/// 2. Some came later than <see cref="Patience"/>, which the slowest reader just bears: places move later, but never so far that the fastest
///    packet waits over <see cref="MaxWait"/> besides. One packet that is later than all others by over a frame moves nothing: it is lost.
/// 3. All came early, and none too late for <see cref="Hold"/>: places move back, since delay that buys nothing is not kept.
/// A move to a later place is made at once: until then packet after packet comes too late, and the hole it leaves is concealed. Back it goes a
/// frame at a time where nothing is said, and else by a sample every third packet, which is 0.2 % and not heard.
/// </summary>
struct SpeechClock
{
    /// <summary>Samples: lateness every packet may have.</summary>
    public const int Patience = SpeechRing.Delay - Audio.FrameSamples;

    /// <summary>Samples: the most a packet may be early, and so wait beyond <see cref="SpeechRing.Delay"/>: 100 ms, so that as much jitter is borne.</summary>
    public const int MaxWait = 5 * Audio.FrameSamples;

    /// <summary>Samples: later than this is no jitter but another way or another clock: 200 ms.</summary>
    const int Jump = Audio.Rate / 5;

    /// <summary>Samples: moves below 1 ms are the noise of arrival.</summary>
    const int Least = Audio.SamplesPerMs;

    /// <summary>Packets. What stalled once stalls again: delay that was needed is kept for two seconds.</summary>
    const int Window = 25, BackEvery = 3, Hold = 4 * Window;

    bool anchored, wasQuiet;
    uint ssrc, lastTimestamp, newest;
    long lastPlace;
    int least, most, second, inWindow, owed, sinceBack, held;

    /// <summary>Where on the loop's clock a packet belongs.</summary>
    /// <param name="arrival">In samples of the loop's clock.</param>
    /// <param name="read">The sample up to which somebody has read.</param>
    /// <param name="isQuiet">Nothing is said in it; what it covers may go.</param>
    /// <param name="shorten">The packet shall be made one sample shorter, so that the next one follows without a seam.</param>
    public long Place(uint fromSsrc, uint timestamp, long arrival, long read, bool isQuiet, out bool shorten)
    {
        var place = lastPlace + (int)(timestamp - lastTimestamp);
        if (!anchored || fromSsrc != ssrc || Math.Abs(arrival - place) > Jump)
        {
            (place, newest, held) = (arrival, timestamp, 0);
            BeginWindow(0);
        }
        if (place - arrival > MaxWait) place = arrival + MaxWait;
        if (place < read && (int)(timestamp - newest) > 0) place = Catch(arrival, read);
        else Judge((int)(arrival - place));
        if ((int)(timestamp - newest) > 0) newest = timestamp;
        if (owed > 0) (place, owed) = (place + owed, 0);
        if (owed < 0 && isQuiet && wasQuiet)
        {
            var back = Math.Max(owed, -Audio.FrameSamples);
            (place, owed) = (place + back, owed - back);
        }
        wasQuiet = isQuiet;
        shorten = owed < 0 && ++sinceBack == BackEvery;
        if (shorten) (owed, sinceBack) = (owed + 1, 0);
        (anchored, ssrc, lastTimestamp, lastPlace) = (true, fromSsrc, timestamp, shorten ? place - 1 : place);
        return place;
    }

    /// <summary>It would come too late: where each reader has it whole, whenever his tick is.</summary>
    long Catch(long arrival, long read)
    {
        BeginWindow(0);
        held = Hold;
        return Math.Max(arrival - Patience, read);
    }

    void Judge(int late)
    {
        if (held > 0) held--;
        if (late > Patience) owed = 0; // so much delay is needed after all
        if (owed != 0) return; // while places move, lateness does too
        least = Math.Min(least, late);
        if (late <= SpeechRing.Delay + MaxWait) // what is later no delay we allow would save
        {
            second = Math.Max(second, Math.Min(most, late));
            most = Math.Max(most, late);
        }
        if (++inWindow < Window) return;
        var worst = most - second > Audio.FrameSamples ? second : most;
        var later = Math.Max(least, Math.Min(worst - Patience, MaxWait + least));
        var move = later > 0 ? later : held > 0 ? 0 : -Math.Max(0, Math.Min(-least, Patience - worst));
        BeginWindow(Math.Abs(move) >= Least ? move : 0);
    }

    void BeginWindow(int move) => (least, most, second, inWindow, owed) = (int.MaxValue, -MaxWait, -MaxWait, 0, move);
}
