using System.Text;

namespace CallCenter.Domain.Tests.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory] // RFC 6238 appendix B, SHA1
    [InlineData(59L, "94287082")]
    [InlineData(1111111109L, "07081804")]
    [InlineData(1111111111L, "14050471")]
    [InlineData(1234567890L, "89005924")]
    [InlineData(2000000000L, "69279037")]
    [InlineData(20000000000L, "65353130")]
    public void Codes_are_those_of_the_rfc(long seconds, string code) => Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    [Theory] // RFC 4648 §10, without padding
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_rfc(string plain, string text) => Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(plain)));

    [Fact]
    public void A_clock_may_be_one_step_off_and_a_used_step_counts_no_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = Totp.StepAt(now);
        foreach (var off in new[] { -1, 0, 1 })
        {
            Assert.True(Totp.TryMatch(Secret, Totp.Code(Secret, step + off), now, 0, out var matched));
            Assert.Equal(step + off, matched);
        }
        Assert.False(Totp.TryMatch(Secret, Totp.Code(Secret, step - 2), now, 0, out _));
        Assert.False(Totp.TryMatch(Secret, Totp.Code(Secret, step + 2), now, 0, out _));
        Assert.False(Totp.TryMatch(Secret, Totp.Code(Secret, step), now, lastUsed: step, out _));
        Assert.False(Totp.TryMatch(Secret, Totp.Code(Secret, step - 1), now, lastUsed: step, out _));
        foreach (var wrong in new[] { null, "", "12345", "1234567", "１２３４５６" }) Assert.False(Totp.TryMatch(Secret, wrong, now, 0, out _));
    }

    [Fact]
    public void The_uri_names_firm_and_account_escaped() =>
        Assert.Equal("otpauth://totp/A%20%26%20B:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B&algorithm=SHA1&digits=6&period=30", Totp.Uri(Secret, "A & B", "bob"));
}
