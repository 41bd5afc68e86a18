using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>
/// The recording thread: takes filled buffers from the loops, states their gaps, hashes and hands them to the sink. The loops never
/// wait for it: buffers are counted, and where none is free a segment is lost, counted, and stated by the next one.
/// </summary>
sealed class SegmentWriter
{
    readonly ConcurrentQueue<Job> jobs = new();
    readonly ConcurrentQueue<SegmentBuffer> free = new();
    readonly AutoResetEvent work = new(false);
    readonly Dictionary<TrackId, Chain> chains = [];
    readonly List<SegmentGap> gaps = [];
    readonly byte[] silence = [.. Enumerable.Repeat(Audio.Silence(AudioCodec.Pcmu), Segment.Samples)];
    readonly ISegmentSink sink;
    readonly IMediaEvents events;
    readonly int maxBuffers;
    readonly Thread thread;
    byte[] bytes = new byte[Segment.Size(Segment.Samples, 64)];
    int buffers;
    long kept, lost;
    volatile bool stopping;

    public SegmentWriter(MediaClock clock, ISegmentSink sink, IMediaEvents events, int maxBuffers)
    {
        (Clock, this.sink, this.events, this.maxBuffers) = (clock, sink, events, maxBuffers);
        thread = new(Run) { Name = "media-recording", IsBackground = true };
        thread.Start();
    }

    /// <summary>A filled segment, or the end of a track.</summary>
    readonly record struct Job(SegmentHead Head, SegmentBuffer? Buffer, bool WasLost, TrackEnded? End);

    /// <summary>What the thread remembers of a running track.</summary>
    sealed class Chain
    {
        public readonly byte[] Hash = new byte[Segment.HashSize];
        public readonly List<SegmentGap> Owed = [];
        public int Kept, Lost;
    }

    public MediaClock Clock { get; }

    public MediaFigures Figures => new(0, 0, 0, 0, 0, 0, 0, Volatile.Read(ref kept), Volatile.Read(ref lost));

    /// <summary>Loop threads. False: as many buffers are in use as may be.</summary>
    public bool TryRent(out SegmentBuffer? buffer)
    {
        if (!free.TryDequeue(out buffer))
        {
            if (Interlocked.Increment(ref buffers) > maxBuffers)
            {
                Interlocked.Decrement(ref buffers);
                return false;
            }
            buffer = new();
        }
        buffer.Reset();
        return true;
    }

    public void GiveBack(SegmentBuffer buffer) => free.Enqueue(buffer);

    /// <param name="buffer">Null: nothing was said, or (<paramref name="wasLost"/>) no buffer was free.</param>
    public void Enqueue(in SegmentHead head, SegmentBuffer? buffer, bool wasLost) => Put(new(head, buffer, wasLost, null));

    public void End(MediaLeg leg, TrackId track, MediaInstant start, MediaInstant at, long samples) =>
        Put(new(default, null, false, new(leg, at, track, start, samples, 0, 0, "")));

    /// <summary>Hands over what waits, then ends the thread. The loops must have ended.</summary>
    public void Stop()
    {
        stopping = true;
        work.Set();
        thread.Join();
        work.Dispose();
        while (free.TryDequeue(out var buffer)) buffer.Dispose();
    }

    void Put(in Job job)
    {
        jobs.Enqueue(job);
        work.Set();
    }

    void Run()
    {
        while (true)
        {
            var last = stopping; // read before the queue is emptied
            while (jobs.TryDequeue(out var job)) Do(job);
            if (last) return;
            work.WaitOne();
        }
    }

    void Do(in Job job)
    {
        if (job.End is { } end)
        {
            chains.Remove(end.Track, out var ended);
            var seal = ended is { Kept: > 0 } ? Convert.ToHexStringLower(ended.Hash) : "";
            events.Happened(end with { Segments = ended?.Kept ?? 0, LostSegments = ended?.Lost ?? 0, Seal = seal });
            return;
        }
        if (!chains.TryGetValue(job.Head.Track, out var chain)) chains.Add(job.Head.Track, chain = new());
        if (job.WasLost) Lose(chain, job.Head, GapReason.Overrun);
        else if (Keep(chain, job.Head, job.Buffer)) (chain.Kept, kept) = (chain.Kept + 1, kept + 1);
        else Lose(chain, job.Head, GapReason.NotKept);
        if (job.Buffer is { } used) GiveBack(used);
    }

    bool Keep(Chain chain, in SegmentHead head, SegmentBuffer? buffer)
    {
        gaps.Clear();
        gaps.AddRange(chain.Owed);
        if (buffer is not null) buffer.AddGaps(gaps, head.First, head.Count);
        else if (head.Count > 0) gaps.Add(new(head.First, (uint)head.Count, GapReason.NothingSent));
        var size = Segment.Size(head.Count, gaps.Count);
        if (bytes.Length < size) bytes = new byte[size];
        Segment.Write(bytes, head, CollectionsMarshal.AsSpan(gaps), buffer is null ? silence : buffer.Samples, chain.Hash);
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
