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
    readonly ulong[] written = new ulong[(Cells + 63) / 64];

    public ReadOnlySpan<byte> Samples => new(samples, Segment.Samples);

    Span<byte> Writable => new(samples, Segment.Samples);

    public void Reset()
    {
        Writable.Fill(Audio.Silence(AudioCodec.Pcmu));
        written.AsSpan().Clear();
    }

    public void Write(int at, ReadOnlySpan<byte> codes, AudioCodec codec)
    {
        if (codes.IsEmpty) return;
        G711.Translate(codec, AudioCodec.Pcmu, codes, Writable[at..]);
        for (var cell = at / Cell; cell <= (at + codes.Length - 1) / Cell; cell++) written[cell >> 6] |= 1ul << (cell & 63);
    }

    /// <summary>Stretches of the first <paramref name="count"/> samples never written, as gaps of a track.</summary>
    public void AddGaps(List<SegmentGap> gaps, long first, int count)
    {
        var from = -1;
        var cells = (count + Cell - 1) / Cell;
        for (var cell = 0; cell <= cells; cell++)
        {
            var open = cell < cells && (written[cell >> 6] & 1ul << (cell & 63)) == 0;
            if (open && from < 0) from = cell;
            if (open || from < 0) continue;
            var length = Math.Min(cell * Cell, count) - from * Cell;
            gaps.Add(new(first + from * Cell, (uint)length, length > Segment.LongestLoss ? GapReason.NothingSent : GapReason.Lost));
            from = -1;
        }
    }

    public void Dispose() => NativeMemory.Free(samples);
}
