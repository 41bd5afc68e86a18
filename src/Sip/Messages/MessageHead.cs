using System.Buffers.Text;

namespace CallCenter.Sip.Messages;

/// <summary>What tells a message of ours from others, read off its bytes without parsing it: <see cref="SipWriter"/> writes names in their long spelling.</summary>
/// <param name="Method">Of the request, or of the one that is answered.</param>
/// <param name="Status">0 of a request.</param>
public readonly ref struct MessageHead(ReadOnlySpan<byte> callId, SipMethod method, int status, uint number)
{
    public ReadOnlySpan<byte> CallId { get; } = callId;
    public SipMethod Method { get; } = method;
    public int Status { get; } = status;

    /// <summary>Of CSeq.</summary>
    public uint Number { get; } = number;

    /// <summary>False where it is no message that <see cref="SipWriter"/> wrote, such as a keep-alive.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHead head)
    {
        head = default;
        var callId = Value(message, "\r\nCall-ID: "u8);
        if (callId.IsEmpty || !Messages.CSeq.TryParse(Value(message, "\r\nCSeq: "u8), out var cseq)) return false;
        var status = 0;
        if (message.StartsWith("SIP/2.0 "u8) && !Utf8Parser.TryParse(message[8..], out status, out _)) return false;
        head = new(callId, cseq.Method, status, cseq.Number);
        return true;
    }

    static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var at = message.IndexOf(name);
        if (at < 0) return default;
        var rest = message[(at + name.Length)..];
        var end = rest.IndexOf((byte)'\r');
        return end < 0 ? default : rest[..end];
    }
}
