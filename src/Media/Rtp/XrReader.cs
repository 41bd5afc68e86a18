using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>
/// Walks the report blocks of an extended report (RFC 3611 §3). It ends at a block that says it is longer than what is left.
/// <code>
/// | block type    | type-specific | length in words − 1           |
/// </code>
/// </summary>
public ref struct XrReader(ReadOnlySpan<byte> blocks)
{
    const int HeadSize = 4;

    ReadOnlySpan<byte> rest = blocks;

    public bool TryNext(out XrBlock block)
    {
        block = default;
        if (rest.Length < HeadSize) return false;
        var size = HeadSize + 4 * BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (size > rest.Length) return false;
        block = new(rest[..size]);
        rest = rest[size..];
        return true;
    }
}

/// <summary>One report block; kinds that are not asked for are passed over, as §3 wants it.</summary>
public readonly ref struct XrBlock(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    public byte Type => bytes[0];

    public bool TryReadVoipMetrics(out VoipMetrics metrics)
    {
        var fits = bytes.Length == VoipMetrics.Size && Type == VoipMetrics.BlockType;
        metrics = fits ? VoipMetrics.Read(bytes) : default;
        return fits;
    }

    public bool TryReadStatistics(out StatisticsSummary summary)
    {
        var fits = bytes.Length == StatisticsSummary.Size && Type == StatisticsSummary.BlockType;
        summary = fits ? StatisticsSummary.Read(bytes) : default;
        return fits;
    }
}
