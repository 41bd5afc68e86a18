using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Sip.Messages;

/// <summary>Bytes to messages. Wire input never throws: what cannot be read is a <see cref="SipFault"/>, with the status that answers it.</summary>
public static class SipParser
{
    /// <summary>More header lines than this is an attack: 64 hops of Via and Record-Route fit with room to spare.</summary>
    const int MostHeaders = 256;

    /// <summary>Reads one datagram; the message gets its own copy. Line ends may be CRLF or bare LF.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out SipMessage? message, out SipFault fault)
    {
        message = null;
        datagram = datagram.TrimStart("\r\n\0"u8);
        if (datagram.IsEmpty)
        {
            fault = SipFault.Of(SipFaultKind.KeepAlive);
            return false;
        }
        var first = datagram.IndexOf((byte)'\n');
        if (first < 0 || datagram.Length > ushort.MaxValue || datagram[..first].IndexOf("SIP/"u8) < 0)
        {
            fault = SipFault.Of(SipFaultKind.NotSip);
            return false;
        }
        var problem = TryFrame(datagram.ToArray(), out var frame);
        return frame.Bytes.AsSpan().StartsWith("SIP/"u8) ? TryResponse(frame, problem, out message, out fault) : TryRequest(frame, problem, out message, out fault);
    }

    static bool TryRequest(in SipFrame frame, SipFaultKind problem, out SipMessage? message, out SipFault fault)
    {
        message = null;
        var lineProblem = StartLines.ReadRequest(frame, out var line);
        var headerProblem = MessageRules.Check(frame, line.Method, out var essentials, out var name, out var answerable);
        if (problem == SipFaultKind.None) problem = lineProblem != SipFaultKind.None ? lineProblem : headerProblem;
        if (problem == SipFaultKind.None)
        {
            fault = default;
            message = new SipRequest(frame, essentials, line);
            return true;
        }
        // An ACK is never answered, whatever is wrong with it (RFC 3261 §17).
        answerable &= line.Method.Length > 0 && SipMethods.Of(line.Method.Of(frame.Bytes)) != SipMethod.Ack && essentials.CSeq.Method != SipMethod.Ack;
        if (!answerable) fault = SipFault.Of(problem);
        else fault = new(problem, problem == SipFaultKind.BadVersion ? 505 : 400, ReasonOf(problem, name), new SipRequest(frame, essentials, line));
        return false;
    }

    static bool TryResponse(in SipFrame frame, SipFaultKind problem, out SipMessage? message, out SipFault fault)
    {
        message = null;
        var lineProblem = StartLines.ReadResponse(frame, out var line);
        var headerProblem = MessageRules.Check(frame, default, out var essentials, out _, out _);
        if (problem == SipFaultKind.None) problem = lineProblem != SipFaultKind.None ? lineProblem : headerProblem;
        fault = SipFault.Of(problem);
        if (problem != SipFaultKind.None) return false;
        message = new SipResponse(frame, essentials, line);
        return true;
    }

    static string ReasonOf(SipFaultKind kind, HeaderName name) => kind switch
    {
        SipFaultKind.BadVersion => Statuses.Reason(505),
        SipFaultKind.BadStartLine => "Bad Request Line",
        SipFaultKind.MissingHeader => $"Missing {Named(name)}",
        SipFaultKind.RepeatedHeader => $"Repeated {Named(name)}",
        SipFaultKind.MethodMismatch => "CSeq Method Mismatch",
        SipFaultKind.BodyCut => "Body Shorter Than Content-Length",
        SipFaultKind.TooManyHeaders => "Too Many Headers",
        _ => name == HeaderName.Other ? "Bad Header" : $"Bad {Named(name)}",
    };

    static string Named(HeaderName name) => System.Text.Encoding.ASCII.GetString(name.Text());

    /// <summary>Cuts the message. A fault does not stop the cut, so that a broken request can still be answered.</summary>
    static SipFaultKind TryFrame(byte[] bytes, out SipFrame frame)
    {
        Span<HeaderSlot> slots = stackalloc HeaderSlot[MostHeaders];
        var problem = SipFaultKind.None;
        var count = 0;
        var at = TakeLine(bytes, 0, out var startLine);
        for (; ; )
        {
            if (at >= bytes.Length) break; // no empty line: everything was headers
            var next = TakeLine(bytes, at, out var line);
            if (line.Length == 0)
            {
                at = next;
                break;
            }
            next = Unfold(bytes, at, next, ref line);
            at = next;
            if (count == MostHeaders) problem = SipFaultKind.TooManyHeaders;
            else if (TryHeader(bytes, line, out var slot)) slots[count++] = slot;
            else problem = SipFaultKind.BadHeader;
        }
        frame = new(bytes, startLine, slots[..count].ToArray(), new(at, bytes.Length - at));
        return problem;
    }

    /// <summary>The line that starts at <paramref name="at"/> without its end; returns where the next one starts.</summary>
    static int TakeLine(byte[] bytes, int at, out Slice line)
    {
        var length = bytes.AsSpan(at).IndexOf((byte)'\n');
        var next = length < 0 ? bytes.Length : at + length + 1;
        if (length < 0) length = bytes.Length - at;
        if (length > 0 && bytes[at + length - 1] == '\r') length--;
        line = new(at, length);
        return next;
    }

    /// <summary>A line that begins with white space continues the one before (§7.3.1): the line end in our own copy becomes blanks.</summary>
    static int Unfold(byte[] bytes, int start, int next, ref Slice line)
    {
        while (next < bytes.Length && bytes[next] is (byte)' ' or (byte)'\t')
        {
            bytes.AsSpan(line.Start + line.Length, next - line.Start - line.Length).Fill((byte)' ');
            next = TakeLine(bytes, next, out var more);
            line = new(start, more.Start + more.Length - start);
        }
        return next;
    }

    /// <summary><c>name HCOLON value</c>. A carriage return inside a value would be a line end to a less careful reader.</summary>
    static bool TryHeader(byte[] bytes, Slice line, out HeaderSlot slot)
    {
        slot = default;
        var text = bytes.AsSpan(line.Start, line.Length);
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || text.Contains((byte)'\r')) return false;
        var name = text[..colon].TrimEnd(" \t"u8);
        if (!SipText.IsToken(name)) return false;
        var value = text[(colon + 1)..];
        var start = value.Length - value.TrimStart(" \t"u8).Length;
        slot = new(HeaderNames.Of(name), new(line.Start, name.Length), new(line.Start + colon + 1 + start, SipText.Trim(value).Length));
        return true;
    }
}
