using System.Buffers.Binary;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>
/// Tracks of two sides as one stereo WAV (8 kHz, 16 bits), made while it is read: the length is known at once, any position can be sought (range
/// requests), and no more than one segment of each track that sounds is held. Tracks of one side may follow each other (transfer, pause) or
/// overlap (conference), in which case they are added; between them is silence.
/// </summary>
public sealed class StereoRecording : Stream
{
    public const int HeadSize = 44, BytesPerSample = 4;
    const int Channels = 2, Bits = 16, Block = 4000;

    readonly Side left, right;
    readonly long samples;
    readonly byte[] head = new byte[HeadSize];
    readonly short[] leftBlock = new short[Block], rightBlock = new short[Block];
    long position;

    StereoRecording(IEnumerable<RecordedTrack> left, IEnumerable<RecordedTrack> right, ISegmentSource source, DateTimeOffset from, long samples)
    {
        this.left = new(left, source, from);
        this.right = new(right, source, from);
        this.samples = Math.Max(0, samples);
        WriteHead();
    }

    /// <summary>From the recording's start to its stop, whatever its tracks cover, so that a hold at either end keeps its time.</summary>
    /// <param name="start">Time of day of the first sample. What a track holds before it is cut.</param>
    /// <param name="length">Null: up to the end of the last track (of a recording that was never stopped).</param>
    public static StereoRecording Of(DateTimeOffset start, TimeSpan? length, IReadOnlyList<RecordedTrack> left, IReadOnlyList<RecordedTrack> right, ISegmentSource source) =>
        new(left, right, source, start, length is { } told ? SamplesOf(told) : left.Concat(right).Select(t => SamplesOf(t.Start - start) + t.Samples).DefaultIfEmpty().Max());

    /// <summary>The span all tracks cover.</summary>
    public static StereoRecording Of(IReadOnlyList<RecordedTrack> left, IReadOnlyList<RecordedTrack> right, ISegmentSource source) =>
        Of(left.Concat(right).Select(t => t.Start).DefaultIfEmpty().Min(), null, left, right, source);

    const long TicksPerSample = TimeSpan.TicksPerSecond / Audio.Rate;

    public TimeSpan Duration => TimeSpan.FromTicks(samples * TicksPerSample);

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => HeadSize + samples * BytesPerSample;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
    {
        if (position >= Length || buffer.IsEmpty) return 0;
        if (position < HeadSize)
        {
            var count = (int)Math.Min(buffer.Length, HeadSize - position);
            head.AsSpan((int)position, count).CopyTo(buffer.Span);
            position += count;
            return count;
        }
        var first = (position - HeadSize) / BytesPerSample;
        var skip = (int)((position - HeadSize) % BytesPerSample); // a range may begin within a sample
        var wanted = (int)Math.Min(Math.Min(Block, samples - first), (skip + (long)buffer.Length + BytesPerSample - 1) / BytesPerSample);
        await left.Read(first, leftBlock.AsMemory(0, wanted), stop);
        await right.Read(first, rightBlock.AsMemory(0, wanted), stop);
        return Interleave(buffer.Span, skip, wanted);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="NotSupportedException">Always: segments are fetched asynchronously.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => Length,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int Interleave(Span<byte> target, int skip, int count)
    {
        Span<byte> sample = stackalloc byte[BytesPerSample];
        var done = 0;
        for (var i = 0; i < count && done < target.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(sample, leftBlock[i]);
            BinaryPrimitives.WriteInt16LittleEndian(sample[2..], rightBlock[i]);
            var part = sample[skip..];
            if (part.Length > target.Length - done) part = part[..(target.Length - done)];
            part.CopyTo(target[done..]);
            done += part.Length;
            skip = 0;
        }
        position += done;
        return done;
    }

    void WriteHead()
    {
        var b = head.AsSpan();
        var data = (uint)Math.Min(samples * BytesPerSample, uint.MaxValue - HeadSize); // 37 hours fit
        "RIFF"u8.CopyTo(b);
        BinaryPrimitives.WriteUInt32LittleEndian(b[4..], data + HeadSize - 8);
        "WAVEfmt "u8.CopyTo(b[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(b[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(b[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(b[22..], Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(b[24..], Audio.Rate);
        BinaryPrimitives.WriteUInt32LittleEndian(b[28..], Audio.Rate * BytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(b[32..], BytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(b[34..], Bits);
        "data"u8.CopyTo(b[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(b[40..], data);
    }

    /// <summary>Whole samples in a time, to the nearest: anchors of one bridge are one instant and must not part by rounding.</summary>
    static long SamplesOf(TimeSpan time) => (time.Ticks + Math.Sign(time.Ticks) * (TicksPerSample / 2)) / TicksPerSample;

    /// <summary>One channel: its tracks on the recording's own sample numbers, and the last segment fetched of each.</summary>
    sealed class Side(IEnumerable<RecordedTrack> tracks, ISegmentSource source, DateTimeOffset from)
    {
        readonly Lane[] lanes = [.. tracks.Select(t => new Lane(t, SamplesOf(t.Start - from)))];

        sealed class Lane(RecordedTrack track, long start)
        {
            public readonly RecordedTrack Track = track;
            public readonly long Start = start;
            public int Loaded = -1;
            public ReadOnlyMemory<byte> Mulaw;

            public void Forget() => (Loaded, Mulaw) = (-1, default);
        }

        public async ValueTask Read(long first, Memory<short> block, CancellationToken stop)
        {
            block.Span.Clear();
            foreach (var lane in lanes)
            {
                var (low, high) = (first - lane.Start, first - lane.Start + block.Length);
                if (low >= lane.Track.Samples || high <= 0) lane.Forget();
                for (var i = FirstEndingAfter(lane.Track.Segments, low); i < lane.Track.Segments.Count && lane.Track.Segments[i].First < high; i++)
                {
                    await Load(lane, lane.Track.Segments[i], stop);
                    Add(lane, lane.Track.Segments[i], low, block.Span);
                }
            }
        }

        static int FirstEndingAfter(IReadOnlyList<SegmentEntry> segments, long sample)
        {
            var (low, high) = (0, segments.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (segments[middle].First + segments[middle].Count > sample) high = middle;
                else low = middle + 1;
            }
            return low;
        }

        async ValueTask Load(Lane lane, SegmentEntry entry, CancellationToken stop)
        {
            if (lane.Loaded == entry.Number) return;
            var bytes = await source.Fetch(lane.Track.Id, entry.Number, stop);
            lane.Mulaw = bytes is { } b && Segment.TryRead(b, out var content) && content.Head.Track == lane.Track.Id ? content.Mulaw : default;
            lane.Loaded = entry.Number;
        }

        static void Add(Lane lane, SegmentEntry entry, long low, Span<short> block)
        {
            var mulaw = lane.Mulaw.Span;
            var from = Math.Max(0, low - entry.First);
            var to = Math.Min(Math.Min(entry.Count, mulaw.Length), low + block.Length - entry.First);
            for (var i = from; i < to; i++)
            {
                ref var sum = ref block[(int)(entry.First + i - low)];
                sum = (short)Math.Clamp(sum + G711.Decode(AudioCodec.Pcmu, mulaw[(int)i]), short.MinValue, short.MaxValue);
            }
        }
    }
}
