using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Messages;

public sealed class MessageHeadTests
{
    [Theory]
    [InlineData("INVITE sip:1@a SIP/2.0\r\nVia: SIP/2.0/UDP b;branch=z9hG4bK1\r\nCall-ID: abc@b\r\nCSeq: 7 INVITE\r\nContent-Length: 0\r\n\r\n", "abc@b", SipMethod.Invite, 0, 7u)]
    [InlineData("SIP/2.0 180 Ringing\r\nCall-ID: abc@b\r\nCSeq: 7 INVITE\r\n\r\n", "abc@b", SipMethod.Invite, 180, 7u)]
    [InlineData("SIP/2.0 200 OK\r\nCSeq: 8 BYE\r\nCall-ID: x\r\n\r\n", "x", SipMethod.Bye, 200, 8u)]
    public void The_head_is_read_off_the_bytes(string message, string callId, SipMethod method, int status, uint number)
    {
        Assert.True(MessageHead.TryRead(Encoding.ASCII.GetBytes(message), out var head));
        Assert.Equal((callId, method, status, number), (Encoding.ASCII.GetString(head.CallId), head.Method, head.Status, head.Number));
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("")]
    [InlineData("INVITE sip:1@a SIP/2.0\r\nCall-ID: abc")]
    [InlineData("INVITE sip:1@a SIP/2.0\r\nCall-ID: abc\r\nCSeq: x\r\n\r\n")]
    [InlineData("SIP/2.0 x\r\nCall-ID: abc\r\nCSeq: 1 INVITE\r\n\r\n")]
    public void Anything_else_is_none(string message) => Assert.False(MessageHead.TryRead(Encoding.ASCII.GetBytes(message), out _));
}
