namespace CallCenter.Media.Dtmf;

/// <summary>
/// Lets each key press of a party through once, in whatever ways it reaches us: a gateway may tell the keys by INFO and leave their tones in the
/// audio. The most certain way ever used is believed from then on; when a better one begins, what it tells may have come by
/// a lesser one already.
/// </summary>
public sealed class KeyGate
{
    /// <summary>The same key by two ways within this time is one press: a lost INFO is sent again after 0.5 and 1.5 s (RFC 3261 §17.1.2.1).</summary>
    static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    readonly List<(KeySource Source, char Key, MediaInstant At)> admitted = [];
    KeySource best;

    /// <summary>True: the press is new. Ask in the order in which presses are heard of.</summary>
    /// <param name="at">When it was heard of.</param>
    public bool Admits(KeySource source, char key, MediaInstant at)
    {
        if (source < best) return false;
        best = source;
        admitted.RemoveAll(press => at - press.At > Together);
        var known = admitted.FindIndex(press => press.Source < source && press.Key == key);
        if (known < 0) admitted.Add((source, key, at));
        else admitted[known] = (source, key, at); // told once more, and perhaps again by a better way yet
        return known < 0;
    }

    /// <summary>The session was settled anew: keys may come another way from now on.</summary>
    public void Reset() => best = default;
}
