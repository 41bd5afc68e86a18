using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CallCenter.Media.Codecs;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Recording;

/// <summary>A filled segment, or the end of a track.</summary>
readonly record struct SegmentJob(SegmentHead Head, SegmentBuffer? Buffer, bool WasLost, TrackEnded? End);

/// <summary>One recording thread: takes filled buffers from the loops, states their gaps, hashes and hands them to the sink, one after another.</summary>
sealed class SegmentLane
{
    /// <summary>The loops go first where both want a core: a segment may wait a second, a packet may not. Refused, it is as it was.</summary>
    const int Niceness = 10;

    static readonly byte[] Silence = [.. Enumerable.Repeat(Audio.Silence(AudioCodec.Pcmu), Segment.Samples)];

    readonly ConcurrentQueue<SegmentJob> jobs = new();
    readonly AutoResetEvent work = new(false);
    readonly Dictionary<TrackId, Chain> chains = [];
    readonly List<SegmentGap> gaps = [];
    readonly ISegmentSink sink;
    readonly IMediaEvents events;
    readonly Action<SegmentBuffer> giveBack;
    readonly Action stock;
    readonly Thread thread;
    byte[] bytes = new byte[Segment.Size(Segment.Samples, 64)];
    long kept, lost;
    volatile bool stopping;

    /// <param name="stock">Called whenever it was woken, beside its jobs.</param>
    public SegmentLane(ISegmentSink sink, IMediaEvents events, Action<SegmentBuffer> giveBack, Action stock)
    {
        (this.sink, this.events, this.giveBack, this.stock) = (sink, events, giveBack, stock);
        thread = new(Run) { Name = "media-recording", IsBackground = true };
        thread.Start();
    }

    public long Kept => Volatile.Read(ref kept);
    public long Lost => Volatile.Read(ref lost);

    /// <summary>Hands over what waits, and ends.</summary>
    public void Finish()
    {
        stopping = true;
        work.Set();
    }

    public void Join()
    {
        thread.Join();
        work.Dispose();
    }

    /// <summary>What the thread remembers of a running track.</summary>
    sealed class Chain
    {
        public readonly byte[] Hash = new byte[Segment.HashSize];
        public readonly List<SegmentGap> Owed = [];
        public readonly SpeechMeter Speech = new();
        public int Kept, Lost;
    }

    public void Put(in SegmentJob job)
    {
        jobs.Enqueue(job);
        Wake();
    }

    public void Wake() => work.Set();

    void Run()
    {
        ThreadOrder.Set(Niceness);
        while (true)
        {
            var last = stopping; // read before the queue is emptied
            while (jobs.TryDequeue(out var job)) Do(job);
            if (last) return;
            stock();
            work.WaitOne();
        }
    }

    void Do(in SegmentJob job)
    {
        if (job.End is { } end)
        {
            chains.Remove(end.Track, out var ended);
            var seal = ended is { Kept: > 0 } ? Convert.ToHexStringLower(ended.Hash) : "";
            var speech = (ended?.Speech ?? new()).Finish(end.Start, end.Samples);
            events.Happened(end with { Segments = ended?.Kept ?? 0, LostSegments = ended?.Lost ?? 0, Seal = seal, Speech = speech });
            return;
        }
        if (!chains.TryGetValue(job.Head.Track, out var chain)) chains.Add(job.Head.Track, chain = new());
        if (job.Buffer is { } heard) chain.Speech.Take(job.Head.First, heard.Samples[..job.Head.Count]);
        if (job.WasLost) Lose(chain, job.Head, GapReason.Overrun);
        else if (Keep(chain, job.Head, job.Buffer)) (chain.Kept, kept) = (chain.Kept + 1, kept + 1);
        else Lose(chain, job.Head, GapReason.NotKept);
        if (job.Buffer is not { } used) return;
        used.Reset();
        giveBack(used);
    }

    bool Keep(Chain chain, in SegmentHead head, SegmentBuffer? buffer)
    {
        gaps.Clear();
        gaps.AddRange(chain.Owed);
        if (buffer is not null) buffer.AddGaps(gaps, head.First, head.Count);
        else if (head.Count > 0) gaps.Add(new(head.First, (uint)head.Count, GapReason.NothingSent));
        var size = Segment.Size(head.Count, gaps.Count);
        if (bytes.Length < size) bytes = new byte[size];
        Segment.Write(bytes, head, CollectionsMarshal.AsSpan(gaps), buffer is null ? Silence : buffer.Samples, chain.Hash);
        if (!TryKeep(head, bytes.AsSpan(0, size))) return false;
        bytes.AsSpan(size - Segment.HashSize, Segment.HashSize).CopyTo(chain.Hash);
        chain.Owed.Clear();
        return true;
    }

    /// <summary>What the sink lets out costs this segment, not the thread and with it the process.</summary>
    bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> segment)
    {
        try
        {
            return sink.TryKeep(head, segment);
        }
        catch (Exception bug)
        {
            events.Faulted(bug);
            return false;
        }
    }

    void Lose(Chain chain, in SegmentHead head, GapReason reason)
    {
        chain.Lost++;
        lost++;
        chain.Owed.Add(new(head.First, (uint)head.Count, reason));
    }
}
