using System.Buffers.Binary;

namespace CallCenter.Media.Dtls;

/// <summary>
/// Where one record of DTLS ends and the next begins (RFC 6347 §4.1): OpenSSL's buffer in memory knows no borders of datagrams.
/// <code>type 1 | version 2 | epoch 2 | sequence 6 | length 2 | fragment</code>
/// </summary>
static class DtlsRecords
{
    public const int HeaderSize = 13;
    const int LengthAt = 11;

    /// <summary>How many bytes of whole records, from the first on, fit into one datagram; one that does not fit alone is sent whole.</summary>
    public static int Fit(ReadOnlySpan<byte> records, int limit)
    {
        var end = 0;
        while (records.Length - end >= HeaderSize)
        {
            var next = end + HeaderSize + BinaryPrimitives.ReadUInt16BigEndian(records[(end + LengthAt)..]);
            if (next > records.Length || next > limit && end > 0) break;
            end = next;
        }
        return end == 0 ? records.Length : end;
    }

    /// <summary>What the first byte of a datagram says (RFC 7983 §7).</summary>
    public static bool IsRecord(ReadOnlySpan<byte> datagram) => datagram.Length >= HeaderSize && datagram[0] is >= 20 and <= 63;
}
