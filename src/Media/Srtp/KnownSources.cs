namespace CallCenter.Media.Srtp;

/// <summary>
/// The windows of the sources (SSRC) that have proved authentic under one key. None is ever forgotten: packets of a forgotten one could be played back
/// as those of a new one. A peer that goes through more sources than <see cref="Most"/> under one key is not heard any more.
/// </summary>
struct KnownSources()
{
    public const int Most = 256;

    uint[] ssrcs = new uint[2];
    ReplayWindow[] windows = new ReplayWindow[2];
    int count, last;

    public readonly bool IsFull => count == Most;

    /// <summary>Negative if unknown.</summary>
    public int Find(uint ssrc)
    {
        if (last < count && ssrcs[last] == ssrc) return last;
        var found = ssrcs.AsSpan(0, count).IndexOf(ssrc);
        if (found >= 0) last = found;
        return found;
    }

    public readonly ref ReplayWindow this[int at] => ref windows[at];

    public void Add(uint ssrc, ulong index)
    {
        if (count == ssrcs.Length)
        {
            Array.Resize(ref ssrcs, 2 * count);
            Array.Resize(ref windows, 2 * count);
        }
        (ssrcs[count], windows[count]) = (ssrc, new(index));
        last = count++;
    }
}
