using System.Net;

namespace CallCenter.Sip.Messages;

/// <summary>The Vias of a response: those of the request, the top one told where the request was seen from (RFC 3261 §18.2.1, RFC 3581 §4).</summary>
static class ResponseVia
{
    public static void Write(SipWriter writer, SipRequest request)
    {
        var first = true;
        foreach (var line in request.Lines(HeaderName.Via))
        {
            if (first) WriteTop(writer, request, line);
            else writer.Header(HeaderName.Via, line.Span);
            first = false;
        }
    }

    static void WriteTop(SipWriter writer, SipRequest request, ReadOnlyMemory<byte> line)
    {
        var end = SipText.ElementLength(line.Span);
        var remote = request.Source.Remote;
        writer.Put("Via: "u8);
        if (remote is null || !IsNeeded(request.Via, remote)) writer.PutSafe(line.Span);
        else
        {
            WriteSeen(writer, request.Via, remote);
            writer.PutSafe(line.Span[end..]); // further elements of the same line, comma and all
        }
        writer.Put("\r\n"u8);
    }

    /// <summary>received is due where sent-by is a name or another address, or where rport is asked for.</summary>
    static bool IsNeeded(in Via via, IPEndPoint remote) => via.WantsRport || !SipHost.TryAddress(via.Host, out var address) || !address.Equals(remote.Address);

    /// <summary>received and rport that the client wrote itself are replaced.</summary>
    static void WriteSeen(SipWriter writer, in Via via, IPEndPoint remote)
    {
        var head = via.Text.Length - via.Parameters.Length;
        writer.PutSafe(SipText.Trim(via.Text[..head]));
        foreach (var parameter in new SipParameters(via.Parameters))
        {
            if (SipText.Same(parameter.Name, "received"u8) || SipText.Same(parameter.Name, "rport"u8)) continue;
            writer.Put(";"u8).PutSafe(parameter.Name);
            if (parameter.HasValue) writer.Put("="u8).PutSafe(parameter.Value);
        }
        Span<byte> address = stackalloc byte[64];
        remote.Address.TryFormat(address, out var length);
        writer.Put(";received="u8).Put(address[..length]); // IPv6 without brackets (RFC 3261 §25.1 via-received)
        if (via.WantsRport) writer.Put(";rport="u8).PutNumber(remote.Port);
    }
}
