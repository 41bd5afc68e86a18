namespace CallCenter.Media.Srtp;

/// <summary>Which of the last 128 indexes were used (RFC 3711 §3.3.2, which asks for 64 at least): each is good once, and one that is older never.</summary>
struct ReplayWindow
{
    public const int Size = 128;

    /// <summary>Bit n: the highest index less n was used.</summary>
    UInt128 used;

    public ReplayWindow(ulong first) => (Highest, used) = (first, 1);

    public ulong Highest { get; private set; }

    public readonly bool Admits(ulong index)
    {
        if (index > Highest) return true;
        var behind = Highest - index;
        return behind < Size && (used >> (int)behind & 1) == 0;
    }

    /// <summary>Said of an admitted one only once it has proved authentic (§3.3 step 7).</summary>
    public void Note(ulong index)
    {
        if (index <= Highest)
        {
            used |= UInt128.One << (int)(Highest - index);
            return;
        }
        var ahead = index - Highest;
        used = (ahead < Size ? used << (int)ahead : 0) | 1;
        Highest = index;
    }
}
