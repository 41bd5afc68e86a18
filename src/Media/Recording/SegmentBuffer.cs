using System.Runtime.InteropServices;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>
/// 5 s of a track being filled: samples, and which 5 ms cells were ever written. Late and reordered packets go to their place.
/// Pooled, in native memory: thousands of them would make the collector's work, and its pauses, longer.
/// </summary>
sealed unsafe class SegmentBuffer : IDisposable
{
    /// <summary>Samples a cell: 5 ms. Packets are multiples of 10 ms as a rule; finer gaps are not worth stating.</summary>
    public const int Cell = 40;
    const int Cells = Segment.Samples / Cell;

    readonly byte* samples = (byte*)NativeMemory.Alloc(Segment.Samples);
    readonly ulong[] written = new ulong[(Cells + 63) / 64], silenced = new ulong[(Cells + 63) / 64];
    bool isClean;

    public SegmentBuffer() => Reset();

    public ReadOnlySpan<byte> Samples => new(samples, Segment.Samples);

    Span<byte> Writable => new(samples, Segment.Samples);

    /// <summary>As new: it takes some µs, and more where the machine has yet to give the memory, so recording threads do it.</summary>
    public void Reset()
    {
        if (isClean) return;
        isClean = true;
        Writable.Fill(Audio.Silence(AudioCodec.Pcmu));
        written.AsSpan().Clear();
        silenced.AsSpan().Clear();
    }

    public void Write(int at, ReadOnlySpan<byte> codes, AudioCodec codec)
    {
        if (codes.IsEmpty) return;
        isClean = false;
        G711.Translate(codec, AudioCodec.Pcmu, codes, Writable[at..]);
        Mark(written, at, codes.Length);
    }

    /// <summary>Overwrites what tells a key.</summary>
    public void Silence(int at, int count)
    {
        if (count <= 0) return;
        isClean = false;
        Writable.Slice(at, count).Fill(Audio.Silence(AudioCodec.Pcmu));
        Mark(silenced, at, count);
    }

    static void Mark(ulong[] cells, int at, int count)
    {
        for (var cell = at / Cell; cell <= (at + count - 1) / Cell; cell++) cells[cell >> 6] |= 1ul << (cell & 63);
    }

    static bool Is(ulong[] cells, int cell) => (cells[cell >> 6] & 1ul << (cell & 63)) != 0;

    /// <summary>Stretches of the first <paramref name="count"/> samples that were silenced or never written, as gaps of a track.</summary>
    public void AddGaps(List<SegmentGap> gaps, long first, int count)
    {
        var from = 0;
        var cells = (count + Cell - 1) / Cell;
        for (var cell = 1; cell <= cells; cell++)
        {
            var before = StateOf(cell - 1);
            if (cell < cells && StateOf(cell) == before) continue;
            var length = Math.Min(cell * Cell, count) - from * Cell;
            if (before != CellState.Written) gaps.Add(new(first + from * Cell, (uint)length, ReasonOf(before, length)));
            from = cell;
        }
    }

    enum CellState : byte { Written, Open, Silenced }

    CellState StateOf(int cell) => Is(silenced, cell) ? CellState.Silenced : Is(written, cell) ? CellState.Written : CellState.Open;

    static GapReason ReasonOf(CellState state, int length) =>
        state == CellState.Silenced ? GapReason.Key : length > Segment.LongestLoss ? GapReason.NothingSent : GapReason.Lost;

    public void Dispose() => NativeMemory.Free(samples);
}
