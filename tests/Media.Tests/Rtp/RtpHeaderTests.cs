using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Rtp;

public sealed class RtpHeaderTests
{
    [Theory]
    [InlineData(false, 0, 0, 0u, 0u)]
    [InlineData(true, 127, 65535, uint.MaxValue, uint.MaxValue)]
    [InlineData(true, 101, 4711, 160u, 0xDEADBEEFu)]
    public void What_is_written_is_read(bool marker, byte type, ushort sequence, uint timestamp, uint ssrc)
    {
        var packet = new byte[RtpHeader.Size + 160];
        RtpHeader.Write(packet, marker, type, sequence, timestamp, ssrc);
        Assert.True(RtpHeader.TryRead(packet, out var read));
        Assert.Equal(new(marker, type, sequence, timestamp, ssrc, RtpHeader.Size, 160), read);
    }

    [Fact]
    public void Payload_lies_behind_csrcs_and_extension_and_before_padding()
    {
        byte[] packet = [0xB2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, 0xAA, 0xBB, 0, 0, 3];
        Assert.True(RtpHeader.TryRead(packet, out var read));
        Assert.Equal((28, 2), (read.PayloadOffset, read.PayloadLength));
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0 })] // short
    [InlineData(new byte[] { 0x40, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3 })] // version 1
    [InlineData(new byte[] { 0x82, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1 })] // one of two CSRCs
    [InlineData(new byte[] { 0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0 })] // half an extension head
    [InlineData(new byte[] { 0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1 })] // an extension longer than the packet
    [InlineData(new byte[] { 0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0 })] // padding of 0
    [InlineData(new byte[] { 0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 2 })] // more padding than payload
    public void Nonsense_is_refused(byte[] packet) => Assert.False(RtpHeader.TryRead(packet, out _));
}
