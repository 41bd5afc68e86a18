using System.Collections.Concurrent;

namespace CallCenter.Media.Recording;

/// <summary>
/// Recording beside the loops, which never wait for it: buffers are counted, and where none is free a segment is lost, counted, and
/// stated by the next one. A track stays on one of several threads, so that its segments follow each other while those of other tracks are
/// on their way: a store on another machine takes its time for each.
/// </summary>
sealed class SegmentWriter
{
    /// <summary>So many segments are on their way at once. 300 calls have 120 a second, and a store in the same region takes some 30 ms for one.</summary>
    const int Lanes = 8;

    readonly ConcurrentQueue<SegmentBuffer> free = new();
    readonly SegmentLane[] lanes;
    readonly int maxBuffers;
    int buffers, inUse;

    public SegmentWriter(MediaClock clock, ISegmentSink sink, IMediaEvents events, int maxBuffers)
    {
        (Clock, this.maxBuffers) = (clock, maxBuffers);
        lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SegmentLane(sink, events, GiveBack, Stock))];
    }

    public MediaClock Clock { get; }

    public MediaFigures Figures => new(0, 0, 0, 0, 0, 0, 0, lanes.Sum(static lane => lane.Kept), lanes.Sum(static lane => lane.Lost));

    /// <summary>Loop threads. False: as many buffers are in use as may be.</summary>
    public bool TryRent(out SegmentBuffer? buffer)
    {
        if (!free.TryDequeue(out buffer) && !TryMake(out buffer)) return false;
        buffer!.Reset(); // one that no recording thread had
        if (Interlocked.Increment(ref inUse) > free.Count) lanes[0].Wake();
        return true;
    }

    /// <summary>Buffers that a loop would get without making one.</summary>
    public int Ready => free.Count;

    public void GiveBack(SegmentBuffer buffer)
    {
        Interlocked.Decrement(ref inUse);
        free.Enqueue(buffer);
    }

    /// <summary>
    /// Recording threads: for each buffer in use another one is ready, but for the last few that may be, which are the loops' own: one in the making would be missed. Many tracks that began together need their second one together, and a loop that made a
    /// thousand would stand still for 30 ms.
    /// </summary>
    void Stock()
    {
        while (Volatile.Read(ref buffers) < maxBuffers - Lanes && free.Count < Volatile.Read(ref inUse) && TryMake(out var buffer)) free.Enqueue(buffer!);
    }

    bool TryMake(out SegmentBuffer? buffer)
    {
        var may = Interlocked.Increment(ref buffers) <= maxBuffers;
        if (!may) Interlocked.Decrement(ref buffers);
        buffer = may ? new() : null;
        return may;
    }

    /// <param name="buffer">Null: nothing was said, or (<paramref name="wasLost"/>) no buffer was free.</param>
    public void Enqueue(in SegmentHead head, SegmentBuffer? buffer, bool wasLost) => lanes[LaneOf(head.Track)].Put(new(head, buffer, wasLost, null));

    public void End(MediaLeg leg, TrackId track, MediaInstant start, MediaInstant at, long samples) =>
        lanes[LaneOf(track)].Put(new(default, null, false, new(leg, at, track, start, samples, 0, 0, "", new(start, 0, []))));

    public static int LaneOf(TrackId track) => (int)((uint)track.GetHashCode() % Lanes);

    /// <summary>Hands over what waits, then ends the threads. The loops must have ended.</summary>
    public void Stop()
    {
        foreach (var lane in lanes) lane.Finish();
        foreach (var lane in lanes) lane.Join();
        while (free.TryDequeue(out var buffer)) buffer.Dispose();
    }
}
