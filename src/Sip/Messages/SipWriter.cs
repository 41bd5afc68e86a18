using System.Buffers.Text;
using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>A finished request and what its transaction is matched by.</summary>
public readonly record struct OutgoingRequest(SipMethod Method, ulong Branch, byte[] Bytes)
{
    /// <summary>The same request with nothing in it, to be written down: a body may hold keys (RFC 4568), which must not outlive the call.</summary>
    public OutgoingRequest WithoutBody()
    {
        var end = Bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var length = Bytes.AsSpan(0, end).LastIndexOf("\r\nContent-Length: "u8); // the last header of all that SipWriter writes
        return this with { Bytes = [.. Bytes.AsSpan(0, length), .. "\r\nContent-Length: 0\r\n\r\n"u8] };
    }
}

/// <summary>Writes one message from top to bottom: start line, headers, body. One per thread is kept for the next message, so finish one before starting another.</summary>
/// <remarks>A line end inside a value is written as a blank, so that nothing a peer sent can grow a header of its own.</remarks>
public sealed class SipWriter
{
    [ThreadStatic] static SipWriter? spare;

    byte[] buffer = new byte[2048];
    int length;
    bool ended;

    SipWriter() { }

    /// <summary>The branch that the top Via of a request carries, as a number (see <see cref="ViaStamp"/>).</summary>
    public ulong Branch { get; private set; }
    public SipMethod Method { get; private set; }

    /// <summary>Request line, Via and Max-Forwards 70 (RFC 3261 §8.1.1.6). The caller adds From, To, Call-ID, CSeq and what else is due.</summary>
    public static SipWriter Request(SipMethod method, ReadOnlySpan<byte> uri, in ViaStamp via)
    {
        var writer = Start();
        (writer.Branch, writer.Method) = (via.Branch, method);
        writer.Put(method.Name()).Put(" "u8).PutSafe(uri).Put(" SIP/2.0\r\n"u8);
        via.Write(writer);
        return writer.Put("Max-Forwards: 70\r\n"u8);
    }

    /// <summary>A request whose top Via repeats <paramref name="of"/>'s: the CANCEL and the ACK of a transaction (§9.1, §17.1.1.3), with its Route, From, Call-ID and number.</summary>
    internal static SipWriter Twin(SipMethod method, SipRequest of, in NameAddr to)
    {
        var writer = Start();
        writer.Method = method;
        writer.Put(method.Name()).Put(" "u8).PutSafe(of.Uri.Text).Put(" SIP/2.0\r\n"u8);
        writer.Header(HeaderName.Via, of.Via.Text).Put("Max-Forwards: 70\r\n"u8);
        writer.Copy(of, HeaderName.Route).Copy(of, HeaderName.From).Header(HeaderName.To, to.Text).Copy(of, HeaderName.CallId);
        return writer.CSeq(of.CSeq.Number, method);
    }

    /// <summary>Status line and what RFC 3261 §8.2.6.2 copies: every Via (the top one with received and rport), From, To, Call-ID, CSeq; Record-Route where a dialog may come of it (§12.1.1).</summary>
    /// <param name="toTag">Added to a To that has no tag; never to that of a 100.</param>
    public static SipWriter Response(SipRequest request, int status, ReadOnlySpan<byte> toTag = default, string? reason = null)
    {
        var writer = Start();
        writer.Put("SIP/2.0 "u8).PutNumber(status).Put(" "u8).PutSafe(reason ?? Statuses.Reason(status)).Put("\r\n"u8);
        ResponseVia.Write(writer, request);
        if (status is > 100 and < 300) writer.Copy(request, HeaderName.RecordRoute);
        // One line of each, also of a broken request that has more; To as written, for it may not parse.
        writer.Header(HeaderName.From, request.Value(HeaderName.From).Span).Put("To: "u8).PutSafe(request.Value(HeaderName.To).Span);
        if (status > 100 && !toTag.IsEmpty && request.To.Tag.IsEmpty) writer.Put(";tag="u8).PutSafe(toTag);
        writer.Put("\r\n"u8).Header(HeaderName.CallId, request.CallId).Header(HeaderName.CSeq, request.Value(HeaderName.CSeq).Span);
        return status == 100 ? writer.Copy(request, HeaderName.Timestamp) : writer;
    }

    public SipWriter Header(HeaderName name, ReadOnlySpan<byte> value) => Header(name.Text(), value);

    public SipWriter Header(HeaderName name, string value) => Put(name.Text()).Put(": "u8).PutSafe(value).Put("\r\n"u8);

    public SipWriter Header(HeaderName name, long value) => Put(name.Text()).Put(": "u8).PutNumber(value).Put("\r\n"u8);

    /// <summary>A header this stack has no name for. The name must be a token.</summary>
    public SipWriter Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!SipText.IsToken(name)) throw new ArgumentException("a header name is a token", nameof(name));
        return Put(name).Put(": "u8).PutSafe(value).Put("\r\n"u8);
    }

    public SipWriter CSeq(uint number, SipMethod method) => Put("CSeq: "u8).PutNumber(number).Put(" "u8).Put(method.Name()).Put("\r\n"u8);

    /// <summary>Every line of one header as it came.</summary>
    public SipWriter Copy(SipMessage from, HeaderName name)
    {
        foreach (var value in from.Lines(name)) Header(name, value.Span);
        return this;
    }

    /// <summary>Ends the message without a body.</summary>
    public byte[] Finish() => Finish(default, default);

    /// <summary>Ends the message; Content-Length is always written (§20.14). The writer may not be used after it.</summary>
    public byte[] Finish(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        if (ended) throw new InvalidOperationException("this message is finished");
        if (!body.IsEmpty) Header(HeaderName.ContentType, contentType);
        Put("Content-Length: "u8).PutNumber(body.Length).Put("\r\n\r\n"u8).Put(body);
        ended = true;
        var message = buffer.AsSpan(0, length).ToArray();
        spare = this;
        return message;
    }

    /// <summary>Ends a request, ready for a client transaction.</summary>
    public OutgoingRequest FinishRequest(ReadOnlySpan<byte> contentType = default, ReadOnlySpan<byte> body = default) => new(Method, Branch, Finish(contentType, body));

    static SipWriter Start()
    {
        var writer = spare ?? new();
        spare = null;
        (writer.length, writer.ended, writer.Branch, writer.Method) = (0, false, 0, SipMethod.Other);
        return writer;
    }

    internal SipWriter Put(ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + bytes.Length));
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
        return this;
    }

    internal SipWriter PutSafe(ReadOnlySpan<byte> bytes)
    {
        var start = length;
        Put(bytes);
        var written = buffer.AsSpan(start, length - start);
        for (int at; (at = written.IndexOfAny((byte)'\r', (byte)'\n')) >= 0;) written[at] = (byte)' ';
        return this;
    }

    internal SipWriter PutSafe(string text)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var count) ? PutSafe(bytes[..count]) : PutSafe(Encoding.UTF8.GetBytes(text));
    }

    internal SipWriter PutNumber(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var count);
        return Put(digits[..count]);
    }

    internal SipWriter PutHex(ulong number)
    {
        Span<byte> digits = stackalloc byte[16];
        Utf8Formatter.TryFormat(number, digits, out _, new('x', 16));
        return Put(digits);
    }
}
