using System.Buffers;

namespace CallCenter.Sip.Messages;

/// <summary>What stands at the front of a byte stream.</summary>
public enum StreamPiece : byte
{
    /// <summary>Nothing whole yet.</summary>
    Incomplete,
    Message,
    /// <summary>An empty line: the answer to a ping of ours, or what phones send to keep a NAT open.</summary>
    EmptyLine,
    /// <summary>Two empty lines: answered with one (RFC 5626 §4.4.1).</summary>
    Ping,
    /// <summary>A head without a readable Content-Length, which a stream cannot do without (RFC 3261 §18.3, §20.14): where it ends is unknown.</summary>
    NoLength,
    /// <summary>Larger than <see cref="SipStream.Largest"/>.</summary>
    TooLarge,
}

/// <summary>Cuts a byte stream into messages (RFC 3261 §18.3). Nothing of a message is judged here but its length.</summary>
public static class SipStream
{
    /// <summary>Bytes of one message, as much as a datagram could carry.</summary>
    public const int Largest = ushort.MaxValue;

    /// <summary>Takes the first piece off the front of <paramref name="stream"/>.</summary>
    /// <param name="piece">The message, or with <see cref="StreamPiece.NoLength"/> its head; else empty.</param>
    public static StreamPiece Cut(ref ReadOnlySequence<byte> stream, out byte[] piece)
    {
        piece = [];
        var reader = new SequenceReader<byte>(stream);
        if (reader.IsNext((byte)'\r') || reader.IsNext((byte)'\n')) return EmptyLines(ref stream, ref reader);
        if (!TryHead(ref reader, out var head)) return stream.Length > Largest ? StreamPiece.TooLarge : StreamPiece.Incomplete;
        if (head > Largest) return StreamPiece.TooLarge;
        var bytes = stream.Slice(0, head).ToArray();
        if (!TryLength(bytes, out var body))
        {
            piece = bytes;
            return StreamPiece.NoLength;
        }
        if (head + body > Largest) return StreamPiece.TooLarge;
        if (stream.Length < head + body) return StreamPiece.Incomplete;
        piece = body == 0 ? bytes : stream.Slice(0, head + body).ToArray();
        stream = stream.Slice(head + body);
        return StreamPiece.Message;
    }

    static StreamPiece EmptyLines(ref ReadOnlySequence<byte> stream, ref SequenceReader<byte> reader)
    {
        if (!TakeLineEnd(ref reader)) return StreamPiece.Incomplete;
        var one = reader.Position;
        if (reader.End || (reader.TryPeek(out var next) && next is not ((byte)'\r' or (byte)'\n')) || !TakeLineEnd(ref reader))
        {
            stream = stream.Slice(one);
            return StreamPiece.EmptyLine;
        }
        stream = stream.Slice(reader.Position);
        return StreamPiece.Ping;
    }

    /// <summary>CRLF, or a bare LF.</summary>
    static bool TakeLineEnd(ref SequenceReader<byte> reader)
    {
        var before = reader;
        if (reader.IsNext((byte)'\r', advancePast: true) && reader.End)
        {
            reader = before;
            return false;
        }
        if (reader.IsNext((byte)'\n', advancePast: true)) return true;
        return reader.Consumed > before.Consumed; // a lone CR is no line end, and nothing else either: it is dropped
    }

    /// <summary>Length of the head, the empty line included.</summary>
    static bool TryHead(ref SequenceReader<byte> reader, out int length)
    {
        length = 0;
        while (reader.TryAdvanceTo((byte)'\n'))
        {
            reader.IsNext((byte)'\r', advancePast: true);
            if (!reader.IsNext((byte)'\n', advancePast: true)) continue;
            length = (int)Math.Min(reader.Consumed, int.MaxValue);
            return true;
        }
        return false;
    }

    /// <summary>The value of the first Content-Length line; whether there are more, and what they say, is the parser's business.</summary>
    static bool TryLength(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].TrimEnd((byte)'\r');
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || HeaderNames.Of(line[..colon].TrimEnd(" \t"u8)) != HeaderName.ContentLength) continue;
            if (!SipText.TryNumber(SipText.Trim(line[(colon + 1)..]), out var number)) return false;
            length = (int)Math.Min(number, Largest + 1);
            return true;
        }
        return false;
    }
}
