using System.Buffers.Binary;
using System.Security.Cryptography;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>Why a stretch of a track holds no audio.</summary>
public enum GapReason : byte
{
    /// <summary>The leg sent nothing: not yet begun, on hold, muted, voice activity detection.</summary>
    NothingSent = 1,

    /// <summary>Packets were lost or too late; shorter than <see cref="Segment.LongestLoss"/>.</summary>
    Lost = 2,

    /// <summary>Whole segments found no free buffer here.</summary>
    Overrun = 3,

    /// <summary>Whole segments were refused by the sink.</summary>
    NotKept = 4,

    /// <summary>A key was pressed, and its tones are not kept.</summary>
    Key = 5,
}

/// <summary>Samples of the track without audio. It may lie before the segment that tells it.</summary>
public readonly record struct SegmentGap(long First, uint Count, GapReason Reason);

/// <summary>What a segment tells of itself.</summary>
/// <param name="Number">From 0; a number that is missing was not kept.</param>
/// <param name="AnchorUtc">Time of day of the track's sample 0.</param>
/// <param name="Anchor">The same on the engine's clock; comparable within one process run.</param>
/// <param name="First">Number of its first sample within the track.</param>
/// <param name="Count">Samples, 8 per ms; 40,000 but in the last.</param>
/// <param name="IsLast">The track ends with it.</param>
public readonly record struct SegmentHead(TrackId Track, int Number, DateTimeOffset AnchorUtc, MediaInstant Anchor, long First, int Count, bool IsLast);

/// <summary>
/// A recording segment as bytes, format version 1, little-endian; 5 s of µ-law at 8 kHz. Encryption is the sink's.
/// <code>
///   0   4  "CCRS"                       36  8  anchor, ns monotonic
///   4   2  format version               44  8  first sample
///   6   1  codec: 0 = µ-law             52  4  samples
///   7   1  flags: 1 = last              56  4  gaps
///   8  16  track id                     60 32  hash of the previous segment kept, 0 in the first
///  24   4  number                       92     gaps × (8 first, 4 count, 1 reason, 3 zero)
///  28   8  anchor, UTC in 100 ns            then the samples, then 32 bytes SHA-256 over all before
/// </code>
/// Each hash covers the one before, so that a track whose last hash is known cannot be changed, cut or reordered unseen.
/// </summary>
public static class Segment
{
    public const ushort FormatVersion = 1;
    public const int Seconds = 5, Samples = Seconds * Audio.Rate;

    /// <summary>Samples; a longer stretch without packets is a silence of the sender (200 ms), a shorter one loss.</summary>
    public const int LongestLoss = Audio.Rate / 5;
    public const int HashSize = SHA256.HashSizeInBytes;

    const int VersionAt = 4, CodecAt = 6, FlagsAt = 7, TrackAt = 8, NumberAt = 24, UtcAt = 28, AnchorAt = 36, FirstAt = 44, CountAt = 52, GapsAt = 56, PreviousAt = 60;
    const int HeadSize = 92, GapSize = 16, MaxGaps = Samples;
    const byte LastFlag = 1;
    static ReadOnlySpan<byte> Magic => "CCRS"u8;

    public static int Size(int samples, int gaps) => HeadSize + gaps * GapSize + samples + HashSize;

    /// <summary>Writes a segment; returns its size. The hash is its last 32 bytes.</summary>
    public static int Write(Span<byte> target, in SegmentHead head, ReadOnlySpan<SegmentGap> gaps, ReadOnlySpan<byte> mulaw, ReadOnlySpan<byte> previousHash)
    {
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[VersionAt..], FormatVersion);
        target[CodecAt] = (byte)AudioCodec.Pcmu;
        target[FlagsAt] = head.IsLast ? LastFlag : (byte)0;
        head.Track.Value.TryWriteBytes(target[TrackAt..]);
        BinaryPrimitives.WriteInt32LittleEndian(target[NumberAt..], head.Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[UtcAt..], head.AnchorUtc.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(target[AnchorAt..], head.Anchor.Nanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(target[FirstAt..], head.First);
        BinaryPrimitives.WriteInt32LittleEndian(target[CountAt..], head.Count);
        BinaryPrimitives.WriteInt32LittleEndian(target[GapsAt..], gaps.Length);
        previousHash.CopyTo(target[PreviousAt..]);
        var at = HeadSize;
        foreach (var gap in gaps)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[at..], gap.First);
            BinaryPrimitives.WriteUInt32LittleEndian(target[(at + 8)..], gap.Count);
            BinaryPrimitives.WriteUInt32LittleEndian(target[(at + 12)..], (uint)gap.Reason);
            at += GapSize;
        }
        mulaw[..head.Count].CopyTo(target[at..]);
        at += head.Count;
        SHA256.HashData(target[..at], target[at..]);
        return at + HashSize;
    }

    /// <summary>Reads a segment. False: not one, of another version, cut short, or changed since it was written.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out SegmentContent content)
    {
        content = default;
        var b = bytes.Span;
        if (b.Length < HeadSize + HashSize || !b[..4].SequenceEqual(Magic)) return false;
        if (BinaryPrimitives.ReadUInt16LittleEndian(b[VersionAt..]) != FormatVersion || b[CodecAt] != (byte)AudioCodec.Pcmu) return false;
        var count = BinaryPrimitives.ReadInt32LittleEndian(b[CountAt..]);
        var gaps = BinaryPrimitives.ReadInt32LittleEndian(b[GapsAt..]);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(b[UtcAt..]);
        if (count is < 0 or > Samples || gaps is < 0 or > MaxGaps || b.Length != Size(count, gaps)) return false;
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) return false;
        Span<byte> hash = stackalloc byte[HashSize];
        SHA256.HashData(b[..^HashSize], hash);
        if (!hash.SequenceEqual(b[^HashSize..])) return false;
        var head = new SegmentHead(new(new(b.Slice(TrackAt, 16))), BinaryPrimitives.ReadInt32LittleEndian(b[NumberAt..]), new(ticks, TimeSpan.Zero),
            new(BinaryPrimitives.ReadInt64LittleEndian(b[AnchorAt..])), BinaryPrimitives.ReadInt64LittleEndian(b[FirstAt..]), count, (b[FlagsAt] & LastFlag) != 0);
        content = new(head, ReadGaps(b.Slice(HeadSize, gaps * GapSize)), bytes.Slice(HeadSize + gaps * GapSize, count), bytes.Slice(PreviousAt, HashSize), bytes[^HashSize..]);
        return true;
    }

    static SegmentGap[] ReadGaps(ReadOnlySpan<byte> b)
    {
        var gaps = new SegmentGap[b.Length / GapSize];
        for (var i = 0; i < gaps.Length; i++)
        {
            var at = b[(i * GapSize)..];
            gaps[i] = new(BinaryPrimitives.ReadInt64LittleEndian(at), BinaryPrimitives.ReadUInt32LittleEndian(at[8..]), (GapReason)at[12]);
        }
        return gaps;
    }
}

/// <summary>A segment read back.</summary>
/// <param name="PreviousHash">Must equal the <paramref name="Hash"/> of the segment kept before it.</param>
public readonly record struct SegmentContent(SegmentHead Head, SegmentGap[] Gaps, ReadOnlyMemory<byte> Mulaw, ReadOnlyMemory<byte> PreviousHash, ReadOnlyMemory<byte> Hash);
