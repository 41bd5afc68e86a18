using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// Notes the SIP messages of sessions by their Call-ID, from the INVITE on, until a leg takes its own along. What never was a leg is forgotten after
/// <see cref="Memory"/>. Methods, statuses, numbers and instants only. Lives on the loop.
/// </summary>
sealed class SipTraces(TimeProvider time) : IMessageTap
{
    /// <summary>No phone rings longer (RFC 3261 §16.6, timer C: 3 min).</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(4);

    /// <summary>A flood of INVITEs fills no memory: beyond, nothing is noted. 10,000 live calls have half as many.</summary>
    public const int Most = 50_000;

    readonly Dictionary<string, SipTrace> traces = new(StringComparer.Ordinal);
    readonly Queue<SipTrace> oldest = new();

    /// <summary>Noted now.</summary>
    public int Count => traces.Count;

    public void Came(SipMessage message, SipFlow from)
    {
        var request = message as SipRequest;
        Note(message.CallId, new(false, request?.Method ?? message.CSeq.Method, (message as SipResponse)?.Status ?? 0, message.CSeq.Number), from);
    }

    public void Left(ReadOnlySpan<byte> message, SipFlow to)
    {
        if (MessageHead.TryRead(message, out var head)) Note(head.CallId, new(true, head.Method, head.Status, head.Number), to);
    }

    /// <summary>What was noted of a session, once.</summary>
    public LegSignalling? Take(string callId) => traces.Remove(callId, out var trace) ? trace.Written() : null;

    void Note(ReadOnlySpan<byte> callId, in SipTrace.Step step, SipFlow flow)
    {
        if (step.Method is SipMethod.Register or SipMethod.Options) return; // no leg has those, or none that tell anything
        Span<char> name = stackalloc char[Longest];
        if (callId.Length > Longest || !Encoding.UTF8.TryGetChars(callId, name, out var length)) return;
        var known = traces.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name[..length], out var trace))
        {
            if (step.Method != SipMethod.Invite || step.Status != 0 || !MakeRoom()) return;
            trace = new(name[..length].ToString(), Peer(flow), time.GetUtcNow(), time.GetTimestamp());
            traces.Add(trace.CallId, trace);
            oldest.Enqueue(trace);
        }
        trace.Add(step, (long)time.GetElapsedTime(trace.Began).TotalMilliseconds);
    }

    /// <summary>Call-IDs that are longer are nobody's.</summary>
    const int Longest = 256;

    bool MakeRoom()
    {
        while (oldest.TryPeek(out var trace) && time.GetElapsedTime(trace.Looked == 0 ? trace.Began : trace.Looked) > Memory)
        {
            oldest.Dequeue();
            if (!traces.TryGetValue(trace.CallId, out var same) || !ReferenceEquals(same, trace)) continue;
            if (!trace.Talks) traces.Remove(trace.CallId);
            else
            {
                trace.Looked = time.GetTimestamp();
                oldest.Enqueue(trace);
            }
        }
        return traces.Count < Most;
    }

    /// <summary>Where from, as far as it is nobody's address: the last part of IPv4, and all but the first 48 bits of IPv6, are left out.</summary>
    static string Peer(SipFlow flow)
    {
        var address = flow.Remote?.Address ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var cut = address.AddressFamily == AddressFamily.InterNetwork ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}.x" : $"{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}:{bytes[4]:x2}{bytes[5]:x2}::x";
        return $"{flow.Transport?.ViaName} {cut}";
    }
}
