using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CallCenter.Domain.Calls;

/// <summary>The SIP messages of one leg, without anything personal: no headers, no bodies, the peer's address cut short. Some 15 bytes a message.</summary>
/// <param name="Peer">Transport and masked address, such as <c>UDP 192.0.2.x</c>.</param>
/// <param name="Since">The first message.</param>
/// <param name="Steps">In order, parted by blanks: ms since the first, <c>&lt;</c> (to us) or <c>&gt;</c> (from us), then <c>METHOD.cseq</c> or <c>status.METHOD.cseq</c>.</param>
/// <param name="More">Messages that came after <see cref="Most"/> and were not kept.</param>
[GenerateSerializer, Immutable, Alias("LegSignalling")]
public sealed record LegSignalling([property: Id(0)] string Peer, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] string Steps, [property: Id(3)] int More = 0)
{
    /// <summary>Messages that are kept of a leg: an INVITE with a challenge, two holds and a BYE have half as many.</summary>
    public const int Most = 48;

    /// <param name="method">As in the request line, or in CSeq.</param>
    /// <param name="status">0 of a request.</param>
    /// <param name="after">Since the first message, ms.</param>
    public static void Write(StringBuilder steps, long after, bool fromUs, string method, int status, uint number)
    {
        if (steps.Length > 0) steps.Append(' ');
        steps.Append(CultureInfo.InvariantCulture, $"{after}{(fromUs ? '>' : '<')}");
        if (status > 0) steps.Append(CultureInfo.InvariantCulture, $"{status}.");
        steps.Append(CultureInfo.InvariantCulture, $"{method}.{number}");
    }

    /// <summary>What of <see cref="Steps"/> can be read, in order.</summary>
    public Items<SignallingStep> Read()
    {
        var read = new List<SignallingStep>();
        foreach (var step in Steps.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (TryRead(step, out var one)) read.Add(one);
        return read.ToItems();
    }

    private bool TryRead(string step, [NotNullWhen(true)] out SignallingStep? read)
    {
        read = null;
        var mark = step.AsSpan().IndexOfAny('<', '>');
        if (mark <= 0 || !long.TryParse(step.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture, out var after)) return false;
        var parts = step[(mark + 1)..].Split('.');
        if (parts.Length is not (2 or 3) || !uint.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var status = 0;
        if (parts.Length == 3 && !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out status)) return false;
        read = new(Since.AddMilliseconds(after), step[mark] == '>', parts[^2], status == 0 ? null : status, number);
        return true;
    }
}

/// <summary>One SIP message of a leg.</summary>
/// <param name="FromUs">We sent it.</param>
/// <param name="Method">Of the request, or of the one that is answered.</param>
/// <param name="Status">Null of a request.</param>
/// <param name="Number">Its CSeq number (RFC 3261 §20.16).</param>
public sealed record SignallingStep(DateTimeOffset At, bool FromUs, string Method, int? Status, uint Number);
