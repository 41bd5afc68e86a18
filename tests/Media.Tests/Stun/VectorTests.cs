using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Srtp;
using CallCenter.Media.Stun;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Stun;

/// <summary>The messages that RFC 5769 prints, read and written again.</summary>
public sealed class VectorTests
{
    static readonly IPEndPoint address4 = IPEndPoint.Parse("192.0.2.1:32853"), address6 = IPEndPoint.Parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853");

    static HmacSha1 ShortTerm => new(Encoding.ASCII.GetBytes(StunSamples.Password));

    [Fact]
    public void A_request_is_read_and_proves_intact()
    {
        Assert.True(StunMessage.TryRead(StunSamples.Request, out var message));
        Assert.Equal((StunType.BindingRequest, true), (message.Type, message.HasFingerprint));
        Assert.Equal("B7E7A701BC34D686FA87DFAE", Convert.ToHexString(message.Transaction));
        Assert.True(message.TryFind(StunAttribute.Username, out var name));
        Assert.Equal("evtj:h6vY"u8, name);
        Assert.True(message.TryFind(StunAttribute.Priority, out var priority));
        Assert.Equal("6E0001FF", Convert.ToHexString(priority));
        Assert.True(message.TryFind(StunAttribute.IceControlled, out var tieBreaker));
        Assert.Equal("932FF9B151263B36", Convert.ToHexString(tieBreaker));
        Assert.True(message.IsIntact(ShortTerm));
        Assert.False(message.IsIntact(new("another password of that sort"u8)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_is_read_and_proves_intact(bool v6)
    {
        Assert.True(StunMessage.TryRead(v6 ? StunSamples.Answer6 : StunSamples.Answer4, out var message));
        Assert.Equal((StunType.BindingSuccess, true), (message.Type, message.HasFingerprint));
        Assert.True(message.TryFind(StunAttribute.XorMappedAddress, out var mapped));
        Assert.True(XorAddress.TryRead(mapped, message.Mask, out var point));
        Assert.Equal(v6 ? address6 : address4, point);
        Assert.True(message.IsIntact(ShortTerm));
    }

    [Fact]
    public void A_request_without_fingerprint_is_read_and_proves_intact()
    {
        Assert.True(StunMessage.TryRead(StunSamples.LongTerm, out var message));
        Assert.False(message.HasFingerprint);
        Assert.True(message.TryFind(StunAttribute.Username, out var name));
        Assert.Equal("マトリックス", Encoding.UTF8.GetString(name));
        Assert.True(message.IsIntact(new(MD5.HashData(Encoding.UTF8.GetBytes("マトリックス:example.org:TheMatrIX")))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_is_written_as_printed(bool v6)
    {
        var printed = v6 ? StunSamples.Answer6 : StunSamples.Answer4;
        var buffer = new byte[200];
        var writer = new StunWriter(buffer, StunType.BindingSuccess, printed.AsSpan(StunMessage.TransactionAt, StunMessage.TransactionSize));
        writer.Add(StunAttribute.Software, "test vector"u8);
        buffer[writer.Length - 1] = (byte)' '; // it is printed with a space for padding
        writer.AddMapped(PeerName.Of(v6 ? address6 : address4));
        writer.Sign(ShortTerm);
        writer.AddFingerprint();
        Assert.Equal(Convert.ToHexString(printed), Convert.ToHexString(buffer.AsSpan(0, writer.Length)));
    }
}
