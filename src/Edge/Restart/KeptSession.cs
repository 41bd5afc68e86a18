using System.Net;
using System.Text;

namespace CallCenter.Edge.Restart;

/// <summary>What is kept of one SIP session: whose it is, where its far end is, and the request by which it can be ended. Three lines and the request's bytes.</summary>
/// <param name="Request">The last will of an answered session; the INVITE of one that rings, without its body.</param>
readonly record struct KeptSession(CallId Call, string Transport, IPEndPoint Remote, ReadOnlyMemory<byte> Request)
{
    const int Lines = 3;

    public byte[] ToBytes()
    {
        var head = $"{Call}\n{Transport}\n{Remote}\n";
        var bytes = new byte[Encoding.ASCII.GetByteCount(head) + Request.Length];
        Request.Span.CopyTo(bytes.AsSpan(Encoding.ASCII.GetBytes(head, bytes)));
        return bytes;
    }

    public static bool TryRead(ReadOnlyMemory<byte> bytes, out KeptSession session)
    {
        session = default;
        Span<Range> lines = stackalloc Range[Lines];
        if (!TrySplit(bytes.Span, lines, out var request)) return false;
        if (!CallId.TryParse(Text(bytes, lines[0]), null, out var call) || !IPEndPoint.TryParse(Text(bytes, lines[2]), out var remote)) return false;
        session = new(call, Text(bytes, lines[1]), remote, bytes[request..]);
        return true;
    }

    static bool TrySplit(ReadOnlySpan<byte> bytes, Span<Range> lines, out int end)
    {
        end = 0;
        for (var i = 0; i < Lines; i++)
        {
            var length = bytes[end..].IndexOf((byte)'\n');
            if (length < 0) return false;
            lines[i] = end..(end + length);
            end += length + 1;
        }
        return true;
    }

    static string Text(ReadOnlyMemory<byte> bytes, Range line) => Encoding.ASCII.GetString(bytes[line].Span);
}
