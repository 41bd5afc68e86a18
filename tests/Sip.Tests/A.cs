using System.Net;
using System.Text;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests;

/// <summary>Messages and values that many tests begin with.</summary>
static class A
{
    public static readonly UasRules Rules = new(
        [SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Options, SipMethod.Register, SipMethod.Update, SipMethod.Info], [], ["application/sdp"]);

    public const string Invite = """
        INVITE sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds
        Max-Forwards: 70
        To: Bob <sip:bob@biloxi.com>
        From: Alice <sip:alice@atlanta.com>;tag=1928301774
        Call-ID: a84b4c76e66710@pc33.atlanta.com
        CSeq: 314159 INVITE
        Contact: <sip:alice@pc33.atlanta.com>
        Content-Type: application/sdp
        Content-Length: 4

        v=0

        """;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static SipMessage Message(string text)
    {
        Assert.True(SipParser.TryParse(Bytes(text), out var message, out var fault), fault.ToString());
        return message;
    }

    public static SipRequest Request(string text) => (SipRequest)Message(text);

    public static SipResponse Response(string text) => (SipResponse)Message(text);

    public static SipResponse Response(byte[] bytes) => SipParser.TryParse(bytes, out var message, out var fault) ? (SipResponse)message : throw new InvalidDataException(fault.ToString());

    /// <summary>An OPTIONS with one header changed or added.</summary>
    public static string Options(string line = "X: y", string method = "OPTIONS") =>
        $"{method} sip:user@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\nMax-Forwards: 70\nTo: <sip:user@example.com>\nFrom: <sip:caller@example.net>;tag=1\nCall-ID: c1\nCSeq: 8 {method}\n{line}\nContent-Length: 0\n\n";

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static IPEndPoint At(string address, int port) => new(IPAddress.Parse(address), port);

    public static SipUri Uri(string text) => SipUri.TryParse(text, out var uri) ? uri : throw new InvalidDataException(text);
}

/// <summary>A transport that keeps what it is given.</summary>
sealed class Recorder(bool reliable = false, string sentBy = "192.0.2.100:5060") : SipTransport
{
    public readonly List<(string Text, IPEndPoint To)> Sent = [];
    public bool Broken { get; set; }
    public override string ViaName => reliable ? "TCP" : "UDP";
    public override bool IsReliable => reliable;
    public override ReadOnlyMemory<byte> SentBy { get; } = Encoding.ASCII.GetBytes(sentBy);

    public override bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to)
    {
        if (Broken) return false;
        Sent.Add((Encoding.UTF8.GetString(message), to));
        return true;
    }
}

/// <summary>Time that stands still until told.</summary>
sealed class HandClock : TimeProvider
{
    long ticks = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => ticks;
    public override DateTimeOffset GetUtcNow() => new(ticks, TimeSpan.Zero);
    public void Advance(TimeSpan by) => ticks += by.Ticks;
}
