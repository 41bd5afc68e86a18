using System.Buffers.Text;
using System.Text;
using CallCenter.Media.Dtmf;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Calls;

/// <summary>
/// A key in a SIP INFO (RFC 2976), as gateways and phones send it that have no telephone-event. No standard tells the body; two are in use:
/// <c>application/dtmf-relay</c> with lines <c>Signal=5</c> and <c>Duration=160</c> (ms), and <c>application/dtmf</c> with the key alone.
/// </summary>
static class InfoKey
{
    const string Bodies = "application/dtmf-relay, application/dtmf";

    /// <summary>No such body is longer; a key and a duration take 30 bytes.</summary>
    const int Longest = 200;

    /// <summary>Answers an INFO: 200 with a key or without a body, 400 for a key that cannot be read, 415 for all else; 469 where it belongs to a package (RFC 6086 §4.2.1). Null: no key.</summary>
    public static char? Answer(ServerTransaction transaction, SipRequest info)
    {
        var status = Read(info, out var key);
        var answer = transaction.Answer(status, status == 469 ? "Bad Info Package" : null);
        if (status == 415) answer.Header(HeaderName.Accept, Bodies);
        if (status == 469) answer.Header("Recv-Info"u8, ""u8); // none
        transaction.Respond(status, answer.Finish());
        return key;
    }

    static int Read(SipRequest info, out char? key)
    {
        key = null;
        if (!info.Value("Info-Package"u8).IsEmpty) return 469;
        var body = info.Body.Span;
        if (body.IsEmpty) return 200; // somebody asks whether we are still there
        var isRelay = info.ContentIs("application/dtmf-relay"u8);
        if (!isRelay && !info.ContentIs("application/dtmf"u8)) return 415;
        if (TryRead(body, isRelay, out var read)) key = read;
        return key is null ? 400 : 200;
    }

    /// <summary>Reads a body. False: it names no key, or says what cannot be.</summary>
    /// <param name="isRelay">Lines with names; else the key alone, though some write the lines there too.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, bool isRelay, out char key)
    {
        key = default;
        if (body.Length > Longest) return false;
        if (!isRelay && !body.Contains((byte)'=')) return TryKey(body.Trim(" \t\r\n"u8), out key);
        var found = false;
        var rest = body;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty) continue;
            var equals = line.IndexOf((byte)'=');
            if (equals < 0) return false;
            var name = line[..equals].Trim(" \t"u8);
            var value = line[(equals + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "Signal"u8))
            {
                if (found || !TryKey(value, out key)) return false;
                found = true;
            }
            else if (Ascii.EqualsIgnoreCase(name, "Duration"u8) && !IsDuration(value)) return false;
        }
        return found;
    }

    /// <summary>A key as people write it, or the number of its event (RFC 4733 §3.2): 10 for *, 11 for #, 12–15 for A–D, 16 for flash.</summary>
    static bool TryKey(ReadOnlySpan<byte> text, out char key)
    {
        key = default;
        if (text.Length == 1) return DtmfKeys.TryCode((char)text[0], out var code) && DtmfKeys.TryKey(code, out key);
        return text.Length == 2 && Utf8Parser.TryParse(text, out byte number, out var used) && used == 2 && number >= 10 && DtmfKeys.TryKey(number, out key);
    }

    static bool IsDuration(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ushort _, out var used) && used == text.Length;
}
