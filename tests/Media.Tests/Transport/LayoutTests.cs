using System.Net;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Transport;

public sealed class LayoutTests
{
    [Fact]
    public unsafe void Mmsghdr_is_64_bytes_with_its_length_at_56()
    {
        Libc.MessageHeader header;
        Assert.Equal(64, sizeof(Libc.MessageHeader));
        Assert.Equal(56, (byte*)&header.Received - (byte*)&header);
    }

    [Theory]
    [InlineData("127.0.0.1:5060")]
    [InlineData("[2001:db8::7]:65535")]
    [InlineData("[fe80::1%3]:1024")]
    public void An_address_survives_the_kernels_layout(string text)
    {
        var point = IPEndPoint.Parse(text);
        var name = PeerName.Of(point);
        var copy = PeerName.FromKernel(name.Bytes[..(int)name.Length]);
        Assert.Equal(name, copy);
        Assert.Equal(point.Port, copy.Port);
        Assert.Equal(point.Address.GetAddressBytes(), copy.ToEndPoint()!.Address.GetAddressBytes());
        Assert.NotEqual(name, PeerName.Of(new(point.Address, point.Port - 1)));
    }

    [Fact]
    public void Default_options_have_no_fault_and_bad_ones_all_of_theirs()
    {
        Assert.Empty(new MediaOptions().Faults());
        Assert.Equal(4, new MediaOptions { PortFirst = 16385, PortLast = 16384, Dscp = 64, Shards = -1 }.Faults().Count());
    }
}
