using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Srtp;
using CallCenter.Media.Stun;

namespace CallCenter.Media.Tests.Stun;

public sealed class StunMessageTests
{
    static readonly byte[] transaction = [.. Enumerable.Range(1, StunMessage.TransactionSize).Select(n => (byte)n)];

    static readonly HmacSha1 key = new("a password of twenty-two"u8);

    delegate void Writing(ref StunWriter writer);

    static byte[] Write(Writing write, StunType type = StunType.BindingRequest)
    {
        var buffer = new byte[500];
        buffer.AsSpan().Fill(0xEE); // whatever was there before must not show
        var writer = new StunWriter(buffer, type, transaction);
        write(ref writer);
        return buffer[..writer.Length];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(257)]
    public void Whatever_is_written_is_read_again(int length)
    {
        var value = Enumerable.Range(0, length).Select(n => (byte)(n % 200 + 1)).ToArray();
        var bytes = Write((ref StunWriter w) =>
        {
            w.Add(StunAttribute.Username, value);
            w.Add(StunAttribute.Priority, 0x6E0001FFu);
            w.Add(StunAttribute.IceControlling, 0x0102030405060708ul);
            w.Sign(key);
            w.AddFingerprint();
        });
        Assert.Equal(0, bytes.Length % 4);
        Assert.True(StunMessage.TryRead(bytes, out var message));
        Assert.Equal((StunType.BindingRequest, true, true), (message.Type, message.HasFingerprint, message.IsIntact(key)));
        Assert.Equal(transaction, message.Transaction.ToArray());
        Assert.True(message.TryFind(StunAttribute.Username, out var name));
        Assert.Equal(value, name.ToArray());
        Assert.True(message.TryFind(StunAttribute.IceControlling, out var tieBreaker));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], tieBreaker.ToArray());
        Assert.Equal(-1, bytes.AsSpan(StunMessage.HeaderSize + StunMessage.AttributeHeadSize + length, StunAttributes.Padded(length) - length).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_refusal_says_its_code_and_what_was_not_understood()
    {
        var bytes = Write((ref StunWriter w) =>
        {
            w.AddError(StunError.UnknownAttribute);
            w.AddUnknown([(StunAttribute)0x7777, (StunAttribute)0x0003, StunAttribute.Realm]);
        }, StunType.BindingError);
        Assert.True(StunMessage.TryRead(bytes, out var message));
        Assert.True(message.TryFind(StunAttribute.ErrorCode, out var error));
        Assert.Equal([0, 0, 4, 20, .. "Unknown Attribute"u8], error.ToArray());
        Assert.True(message.TryFind(StunAttribute.UnknownAttributes, out var unknown));
        Assert.Equal("777700030014", Convert.ToHexString(unknown));
    }

    [Fact]
    public void What_stands_behind_the_signature_is_not_read()
    {
        var bytes = Write((ref StunWriter w) =>
        {
            w.Add(StunAttribute.Username, "a:b"u8);
            w.Sign(key);
            w.Add(StunAttribute.UseCandidate, []);
            w.AddFingerprint();
        });
        Assert.True(StunMessage.TryRead(bytes, out var message));
        Assert.True(message.IsIntact(key));
        Assert.True(message.TryFind(StunAttribute.Username, out _));
        Assert.False(message.TryFind(StunAttribute.UseCandidate, out _));
    }

    [Fact]
    public void A_message_without_signature_is_not_intact()
    {
        Assert.True(StunMessage.TryRead(Write((ref StunWriter w) => w.AddFingerprint()), out var message));
        Assert.False(message.IsIntact(key));
    }

    [Fact]
    public void Every_bit_up_to_the_signature_counts()
    {
        foreach (var (sample, behind) in new[] { (StunSamples.Request, StunMessage.AttributeHeadSize + StunMessage.FingerprintSize), (StunSamples.LongTerm, 0) })
        {
            for (var bit = 0; bit < 8 * (sample.Length - behind); bit++)
            {
                var spoilt = (byte[])sample.Clone();
                spoilt[bit / 8] ^= (byte)(1 << bit % 8);
                var good = StunMessage.TryRead(spoilt, out var message) && message.IsIntact(new(System.Text.Encoding.ASCII.GetBytes(StunSamples.Password)));
                Assert.False(good, $"bit {bit}");
            }
        }
    }

    [Fact]
    public void A_message_cut_short_or_too_long_is_refused()
    {
        for (var length = 0; length < StunSamples.Request.Length; length++) Assert.False(StunMessage.TryRead(StunSamples.Request.AsSpan(0, length), out _), $"{length} bytes");
        Assert.False(StunMessage.TryRead([.. StunSamples.Request, 0], out _));
        Assert.False(StunMessage.TryRead([.. StunSamples.Request, 0, 0, 0, 0], out _));
    }

    /// <summary>Head of 20 bytes with a right cookie; then the attributes.</summary>
    [Theory]
    [InlineData("0004", "00060004")] // the value is missing
    [InlineData("0008", "0006000500000000")] // its padding goes beyond the end
    [InlineData("0008", "0008000400000000")] // MESSAGE-INTEGRITY of 4 bytes
    [InlineData("000C", "802800080000000000000000")] // FINGERPRINT of 8 bytes
    [InlineData("0003", "000600")] // no whole word
    public void Lengths_that_do_not_add_up_are_refused(string length, string attributes) =>
        Assert.False(StunMessage.TryRead(Convert.FromHexString($"0001{length}2112a442{Convert.ToHexString(transaction)}{attributes}"), out _));

    [Fact]
    public void A_fingerprint_is_the_last_attribute() =>
        Assert.False(StunMessage.TryRead(Write((ref StunWriter w) =>
        {
            w.AddFingerprint();
            w.Add(StunAttribute.Software, "x"u8);
        }), out _));

    [Theory]
    [InlineData(0x00, true)]
    [InlineData(0x03, true)]
    [InlineData(0x04, false)]
    [InlineData(0x16, false)] // DTLS
    [InlineData(0x80, false)] // RTP
    public void The_first_byte_tells_stun_from_what_shares_its_port(byte first, bool isStun) => Assert.Equal(isStun, StunMessage.IsMeant([first, 0]));

    [Fact]
    public void Nothing_at_all_is_not_stun() => Assert.False(StunMessage.IsMeant([]));
}
