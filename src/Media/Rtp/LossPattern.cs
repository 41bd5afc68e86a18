using System.Numerics;

namespace CallCenter.Media.Rtp;

/// <summary>
/// Which packets of a source came, and how the lost ones lie. A packet is judged when it is <see cref="Patience"/> older than the newest: until
/// then it may be late, and what comes twice hides no loss. Losses with fewer than <see cref="Gmin"/> packets between them are one burst; one that
/// stands alone lies in a gap (RFC 3611 §4.7.2).
/// </summary>
public struct LossPattern
{
    /// <summary>Packets: 1.28 s of 20 ms each, later than any receiver waits.</summary>
    public const int Patience = 64;

    /// <summary>The value that RFC 3611 recommends.</summary>
    public const int Gmin = 16;

    ulong came; // bit n: the packet n before the newest
    int held;
    uint newest;
    bool inRun;
    uint burstLength, burstLost, sinceLoss;

    /// <summary>Judged so far, as are all that follow.</summary>
    public ulong Received { get; private set; }

    public ulong Lost { get; private set; }

    /// <summary>Stretches of packets lost one after another.</summary>
    public ulong Runs { get; private set; }

    /// <summary>Came twice.</summary>
    public ulong Duplicates { get; private set; }

    /// <summary>Bursts that are over, the packets from first to last loss in them, and the lost ones of these.</summary>
    public uint Bursts { get; private set; }
    public ulong BurstPackets { get; private set; }
    public ulong BurstLosses { get; private set; }

    readonly ulong Missing => ~came & (held == Patience ? ulong.MaxValue : (1ul << held) - 1);

    /// <summary>Lost, were nothing late to come any more; as are the following.</summary>
    public readonly ulong LostByNow => Lost + (ulong)BitOperations.PopCount(Missing);

    public readonly ulong ReceivedByNow => Received + (ulong)held - (ulong)BitOperations.PopCount(Missing);

    public readonly ulong RunsByNow
    {
        get
        {
            var begun = BitOperations.PopCount(Missing & came >> 1); // the one before it came
            if (held > 0 && !inRun && (Missing >> held - 1 & 1) != 0) begun++;
            return Runs + (ulong)begun;
        }
    }

    /// <param name="number">Extended sequence number.</param>
    public void Take(uint number)
    {
        var ahead = (int)(number - newest);
        if (held == 0) (came, held, newest) = (1, 1, number);
        else if (ahead > 0) Advance(ahead, number);
        else if (-ahead >= held) return; // judged already: nobody waited so long
        else if ((came & 1ul << -ahead) != 0) Duplicates++;
        else came |= 1ul << -ahead;
    }

    /// <summary>The source begins anew: what is held is judged, sums go on.</summary>
    public void Restart()
    {
        Judge(held);
        (came, held) = (0, 0);
    }

    void Advance(int ahead, uint number)
    {
        Judge(Math.Max(0, held + ahead - Patience));
        came = ahead < Patience ? came << ahead | 1 : 1;
        held = Math.Min(Patience, held + ahead);
        newest = number;
    }

    /// <summary>The oldest ones; those beyond what is held never came.</summary>
    void Judge(int count)
    {
        var at = held - 1;
        for (; count > 0 && at >= 0; count--, at--) Judge((came >> at & 1) != 0);
        for (; count > 0; count--) Judge(false);
    }

    void Judge(bool arrived)
    {
        if (arrived)
        {
            Received++;
            sinceLoss++;
            inRun = false;
            if (sinceLoss == Gmin) EndBurst();
            return;
        }
        Lost++;
        if (!inRun) Runs++;
        inRun = true;
        burstLength = burstLost == 0 ? 1 : burstLength + sinceLoss + 1;
        burstLost++;
        sinceLoss = 0;
    }

    void EndBurst()
    {
        if (burstLost > 1)
        {
            Bursts++;
            BurstPackets += burstLength;
            BurstLosses += burstLost;
        }
        burstLost = 0;
    }
}
