using System.Text;

namespace CallCenter.Kit.Sip;

/// <summary>Breaks SIP messages as attackers, bad phones and worse links do. The same seed breaks them the same way.</summary>
/// <remarks>Three of four mutations leave the start line alone, so that most messages get deep enough to do harm.</remarks>
public sealed class SipMutator(int seed)
{
    static readonly string[] Numbers = ["0", "-1", "1", "255", "256", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "99999999999999999999", "0x10", "1e9", "", " ", "٣"];
    static readonly string[] Pieces = [",", ";", ";;", "=", "\"", "\\", "<", ">", "<>", "@", ":", "%", "%00", "%0d%0a", "[", "]", "[::1]", "?", "&", "*", "\r", "\n", "\r\n", "\r\n ", "\r\n\r\n", "\t", "\0", "é", "\u2028", "z9hG4bK", ";tag=", ";lr", ";branch=", ";rport", ";expires=0", "sip:", "SIP/2.0"];
    static readonly string[] Methods = ["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "UPDATE", "INFO", "PRACK", "REFER", "invite", "X", ""];
    static readonly string[] Headers = ["Via", "From", "To", "Call-ID", "CSeq", "Contact", "Max-Forwards", "Route", "Record-Route", "Require", "Expires", "Content-Length", "Content-Type", "Authorization", "X-Odd", "Subject", "User-Agent", "P-Asserted-Identity", "Date", "Reason", "v", "f", "t", "i", "m", "l", "c", "k"];

    readonly Random random = new(seed);

    /// <summary>One to four mutations of a message.</summary>
    /// <param name="other">A message to steal parts from.</param>
    public byte[] Mutate(ReadOnlySpan<byte> message, ReadOnlySpan<byte> other)
    {
        var bytes = new List<byte>(message.Length + 64);
        bytes.AddRange(message);
        for (var i = random.Next(3) > 0 ? 1 : 2 + random.Next(3); i > 0; i--) Once(bytes, other);
        return [.. bytes];
    }

    void Once(List<byte> bytes, ReadOnlySpan<byte> other)
    {
        if (bytes.Count == 0) return;
        switch (random.Next(12))
        {
            case 0: bytes[Place(bytes)] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes.Insert(Place(bytes), (byte)random.Next(256)); break;
            case 2: Cut(bytes); break;
            case 3: Insert(bytes, Place(bytes), Pick(Pieces)); break;
            case 4: ReplaceNumber(bytes); break;
            case 5: RepeatLine(bytes); break;
            case 6: DropLine(bytes); break;
            case 7: InsertLine(bytes); break;
            case 8: Steal(bytes, other); break;
            case 9: Swell(bytes); break;
            case 10 when random.Next(3) == 0: ReplaceMethod(bytes); break;
            case 11 when random.Next(3) == 0: Truncate(bytes); break;
            default: InsertLine(bytes); break;
        }
    }

    string Pick(string[] list) => list[random.Next(list.Length)];

    /// <summary>A quarter anywhere, the rest behind the start line, and most of that in the second half, where what is broken is less often fatal.</summary>
    int Place(List<byte> bytes)
    {
        var start = random.Next(4) == 0 ? 0 : random.Next(3) == 0 ? bytes.IndexOf((byte)'\n') + 1 : bytes.Count / 2;
        return start >= bytes.Count ? random.Next(bytes.Count) : start + random.Next(bytes.Count - start);
    }

    static void Insert(List<byte> bytes, int at, string text) => bytes.InsertRange(at, Encoding.UTF8.GetBytes(text));

    void Cut(List<byte> bytes)
    {
        var at = Place(bytes);
        bytes.RemoveRange(at, Math.Min(1 + random.Next(16), bytes.Count - at));
    }

    void ReplaceNumber(List<byte> bytes)
    {
        var at = bytes.FindIndex(Place(bytes), b => b is >= (byte)'0' and <= (byte)'9');
        if (at < 0) return;
        var end = at;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9') end++;
        bytes.RemoveRange(at, end - at);
        Insert(bytes, at, Pick(Numbers));
    }

    /// <summary>The header line around a place: start, and length with its end.</summary>
    (int Start, int Length) Line(List<byte> bytes)
    {
        var at = Place(bytes);
        var start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        var end = bytes.IndexOf((byte)'\n', start);
        return (start, (end < 0 ? bytes.Count : end + 1) - start);
    }

    void RepeatLine(List<byte> bytes)
    {
        var (start, length) = Line(bytes);
        bytes.InsertRange(start, bytes.GetRange(start, length));
    }

    void DropLine(List<byte> bytes)
    {
        var (start, length) = Line(bytes);
        bytes.RemoveRange(start, length);
    }

    void InsertLine(List<byte> bytes) => Insert(bytes, Line(bytes).Start, $"{Pick(Headers)}: {Pick(Pieces)}{Pick(Numbers)}{Pick(Pieces)}\r\n");

    void Steal(List<byte> bytes, ReadOnlySpan<byte> other)
    {
        if (other.IsEmpty) return;
        var from = random.Next(other.Length);
        var piece = other.Slice(from, Math.Min(1 + random.Next(120), other.Length - from));
        bytes.InsertRange(Place(bytes), piece.ToArray());
    }

    void Swell(List<byte> bytes) => bytes.InsertRange(Place(bytes), Enumerable.Repeat((byte)"a,;%\""[random.Next(5)], 1 << random.Next(4, 13)));

    void ReplaceMethod(List<byte> bytes)
    {
        var end = bytes.IndexOf((byte)' ');
        if (end < 0) return;
        bytes.RemoveRange(0, end);
        Insert(bytes, 0, Pick(Methods));
    }

    void Truncate(List<byte> bytes)
    {
        var keep = bytes.Count - random.Next(Math.Min(bytes.Count, 80));
        bytes.RemoveRange(keep, bytes.Count - keep);
    }
}
