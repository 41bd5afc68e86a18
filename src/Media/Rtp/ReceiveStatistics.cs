namespace CallCenter.Media.Rtp;

/// <summary>What a packet means to the sequence of its source.</summary>
public enum SequenceVerdict
{
    /// <summary>In order, or a plausible gap or late comer.</summary>
    Accepted,

    /// <summary>The source began anew: another SSRC, or two packets in a row far from the old sequence.</summary>
    Restarted,

    /// <summary>Far from the sequence; believed only if the next one follows it.</summary>
    Rejected,
}

/// <summary>
/// Sequence, loss and jitter of one source: RFC 3550 appendix A.1 (sequence), A.3 (loss), A.8 (jitter).
/// The probation of A.1 is 0: which source may speak is settled before, by <see cref="SourceLatch"/>.
/// </summary>
public struct ReceiveStatistics
{
    const int MaxDropout = 3000, MaxMisorder = 100;
    const uint SequenceModulus = 1 << 16;

    /// <summary>Samples: a transit time that changes by more than a second is another timeline (a phone back from hold), and no jitter.</summary>
    const uint LongestChange = 8000;

    ushort maxSequence;
    uint cycles, baseSequence, badSequence, received;
    uint expectedPrior, receivedPrior;
    uint transit, jitterScaled;
    ulong lostBefore, receivedBefore, timedCount, transitChange;
    LossPattern pattern;
    TransitSpread spread;
    bool started, timed;

    public uint Ssrc { get; private set; }

    public readonly bool Started => started;

    /// <summary>Packets of all sources so far.</summary>
    public readonly ulong Received => receivedBefore + received;

    /// <summary>The first sequence number of the present source.</summary>
    public readonly ushort First => (ushort)baseSequence;

    /// <summary>The highest sequence number with its cycles (report block, §6.4.1).</summary>
    public readonly uint ExtendedHighest => cycles + maxSequence;

    readonly uint Expected => started ? ExtendedHighest - baseSequence + 1 : 0;

    /// <summary>Cumulative loss of the present source; negative where duplicates arrived (A.3).</summary>
    public readonly int Lost => (int)Math.Clamp((long)Expected - received, -0x800000, 0x7FFFFF);

    /// <summary>Loss over all sources of the leg, never negative.</summary>
    public readonly ulong TotalLost => lostBefore + (ulong)Math.Max(0, Lost);

    /// <summary>Interarrival jitter in samples (A.8); 8 samples are 1 ms.</summary>
    public readonly uint Jitter => jitterScaled >> 4;

    /// <summary>How the losses of all sources of the leg lie.</summary>
    public readonly LossPattern Pattern => pattern;

    /// <summary>Packets whose transit time was compared with that of the one before, and Σ of the differences |D| in samples (§6.4.1), of all sources.</summary>
    public readonly (ulong Count, ulong Sum) TransitChanges => (timedCount, transitChange);

    /// <summary>The differences since the last call.</summary>
    public TransitSpread TakeSpread()
    {
        var taken = spread;
        spread = default;
        return taken;
    }

    /// <param name="arrival">Arrival in samples of any steady clock; wraps.</param>
    /// <param name="timed">False for packets whose timestamp is not their sending time (telephone-event repeats one, RFC 4733 §2.5.1.2).</param>
    public SequenceVerdict Update(uint ssrc, ushort sequence, uint timestamp, uint arrival, bool timed = true)
    {
        if (!started || ssrc != Ssrc)
        {
            var verdict = started ? SequenceVerdict.Restarted : SequenceVerdict.Accepted;
            Begin(ssrc, sequence);
            pattern.Take(sequence);
            if (timed) UpdateJitter(timestamp, arrival);
            received = 1;
            return verdict;
        }
        var step = UpdateSequence(sequence);
        if (step == SequenceVerdict.Rejected) return step;
        received++;
        pattern.Take(ExtendedHighest - (ushort)(maxSequence - sequence));
        if (timed) UpdateJitter(timestamp, arrival);
        return step;
    }

    /// <summary>Loss since the last call, as the 8-bit fraction of a report block (A.3).</summary>
    public byte TakeFractionLost()
    {
        var expectedInterval = Expected - expectedPrior;
        var lostInterval = (int)(expectedInterval - (received - receivedPrior));
        expectedPrior = Expected;
        receivedPrior = received;
        return expectedInterval == 0 || lostInterval <= 0 ? (byte)0 : (byte)Math.Min(255, (long)lostInterval * 256 / expectedInterval);
    }

    SequenceVerdict UpdateSequence(ushort sequence)
    {
        var delta = (ushort)(sequence - maxSequence);
        if (delta < MaxDropout)
        {
            if (sequence < maxSequence) cycles += SequenceModulus;
            maxSequence = sequence;
            return SequenceVerdict.Accepted;
        }
        if (delta > SequenceModulus - MaxMisorder) return SequenceVerdict.Accepted; // late or twice
        if (sequence != badSequence)
        {
            badSequence = sequence + 1u & SequenceModulus - 1;
            return SequenceVerdict.Rejected;
        }
        Begin(Ssrc, sequence);
        return SequenceVerdict.Restarted;
    }

    void Begin(uint ssrc, ushort sequence)
    {
        lostBefore = TotalLost;
        receivedBefore += received;
        pattern.Restart();
        (Ssrc, started, timed) = (ssrc, true, false);
        maxSequence = sequence;
        baseSequence = sequence;
        badSequence = SequenceModulus + 1; // no sequence number can equal it
        cycles = received = expectedPrior = receivedPrior = jitterScaled = 0;
    }

    void UpdateJitter(uint timestamp, uint arrival)
    {
        var now = arrival - timestamp;
        var distance = timed ? (uint)Math.Abs((long)(int)(now - transit)) : 0;
        if (timed && distance <= LongestChange)
        {
            timedCount++;
            transitChange += distance;
            spread.Add(distance);
        }
        (transit, timed) = (now, true);
        jitterScaled += distance - (jitterScaled + 8 >> 4);
    }
}
