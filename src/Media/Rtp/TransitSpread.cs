namespace CallCenter.Media.Rtp;

/// <summary>Differences |D| of transit times between packets that came one after another (RFC 3550 §6.4.1), in samples.</summary>
public struct TransitSpread
{
    double squares;

    public uint Count { get; private set; }
    public ulong Sum { get; private set; }
    public uint Least { get; private set; }
    public uint Most { get; private set; }

    public readonly uint Mean => Count == 0 ? 0 : (uint)(Sum / Count);

    /// <summary>Standard deviation.</summary>
    public readonly uint Deviation => Count == 0 ? 0 : (uint)Math.Sqrt(Math.Max(0, squares / Count - (double)Sum / Count * Sum / Count));

    public void Add(uint difference)
    {
        Least = Count == 0 ? difference : Math.Min(Least, difference);
        Most = Math.Max(Most, difference);
        Count++;
        Sum += difference;
        squares += (double)difference * difference;
    }
}
