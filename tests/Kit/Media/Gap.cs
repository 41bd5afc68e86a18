using System.Globalization;

namespace CallCenter.Kit.Media;

/// <summary>The longest time between two packets that an ear heard, one after another.</summary>
/// <param name="Length">ms, without the time in which this process itself stood still.</param>
/// <param name="StoodStill">ms within the gap.</param>
/// <param name="After">ms since the first packet.</param>
/// <param name="Sequence">Numbers from the packet before to that after: 1 if nothing was lost between them.</param>
/// <param name="Samples">Of the timestamps, likewise: what the sender says passed.</param>
public readonly record struct Gap(double Length, double StoodStill, double After, int Sequence, uint Samples)
{
    public static Gap Longest(IReadOnlyList<HeardPacket> packets)
    {
        var longest = default(Gap);
        for (var i = 1; i < packets.Count; i++)
        {
            var (before, after) = (packets[i - 1], packets[i]);
            if (Clock(before, after) <= longest.Length) continue;
            var still = Standstill.Within(before.At, after.At) / 1e6;
            var gap = new Gap(Clock(before, after) - still, still, Clock(packets[0], before), (ushort)(after.Sequence - before.Sequence), after.Timestamp - before.Timestamp);
            if (gap.Length > longest.Length) longest = gap;
        }
        return longest;
    }

    static double Clock(HeardPacket from, HeardPacket to) => (to.At - from.At) / 1e6;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"a gap of {Length:f1} ms (and {StoodStill:f1} ms in which the test stood still), {After:f0} ms after the first packet; {Sequence} in sequence, {Samples} samples");
}
