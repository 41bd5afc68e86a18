using CallCenter.Sip.Dialogs;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class ReferWishTests
{
    static int Status(string lines, out ReferWish wish) =>
        ReferWish.TryRead(A.Request(A.Options(lines, "REFER")), out wish, out var status) ? 0 : status;

    [Theory]
    [InlineData("Refer-To: <sip:1002@acme.localhost>", "1002")]
    [InlineData("Refer-To: sip:1002@acme.localhost;x=y", "1002")]
    [InlineData("r: <sip:%2B861012345678@192.0.2.1;user=phone;method=INVITE>", "+861012345678")]
    [InlineData("Refer-To: <tel:13800138000;phone-context=+86>", "13800138000")]
    public void The_user_part_of_Refer_To_is_what_was_dialled(string line, string user)
    {
        Assert.Equal(0, Status(line, out var wish));
        Assert.Equal(new ReferWish(user, null, true), wish);
    }

    [Theory]
    [InlineData("X: y", 400)]
    [InlineData("Refer-To: <sip:1@a>\nRefer-To: <sip:2@a>", 400)]
    [InlineData("Refer-To: <sip:1@a>, <sip:2@a>", 400)]
    [InlineData("Refer-To: <sip:1@a", 400)]
    [InlineData("Refer-To: <sip:a>", 400)]
    [InlineData("Refer-To: <http://example.com/>", 416)]
    [InlineData("Refer-To: <sip:1@a;method=BYE>", 403)]
    [InlineData("Refer-To: <sip:1@a?Replaces=c%3Bto-tag%3Dt>", 400)]
    [InlineData("Refer-To: <sip:1@a?Replaces=c%3Bfrom-tag%3Df>", 400)]
    [InlineData("Refer-To: <sip:1@a?Replaces=%3Bto-tag%3Dt%3Bfrom-tag%3Df>", 400)]
    [InlineData("Refer-To: <sip:1@a?Replaces=c%3Bto-tag%3Dt%3Bfrom-tag%3Df%3Bto-tag%3Du>", 400)]
    [InlineData("Refer-To: <sip:1@a?Replaces=c%3Bto-tag%3Dt%3Bfrom-tag%3Df&Replaces=c%3Bto-tag%3Dt%3Bfrom-tag%3Df>", 400)]
    public void What_cannot_be_meant_is_refused(string lines, int status) => Assert.Equal(status, Status(lines, out _));

    [Fact]
    public void A_user_longer_than_any_number_is_refused() => Assert.Equal(400, Status($"Refer-To: <sip:{new string('1', 65)}@a>", out _));

    [Fact] // RFC 5589 §7.3: the URI's header is escaped; the to-tag is the reader's own
    public void Replaces_names_our_dialog()
    {
        Assert.Equal(0, Status("Refer-To: <sip:1002@acme.localhost?Accept-Contact=x&Replaces=abc%40host%3Bto-tag%3Dours%3Bfrom-tag%3Dtheirs%3Bearly-only>", out var wish));
        Assert.Equal(new DialogId("abc@host", "ours", "theirs"), wish.Replaces);
    }

    [Theory] // RFC 4488 §4
    [InlineData("false", false)]
    [InlineData("FALSE", false)]
    [InlineData("true", true)]
    public void Refer_Sub_false_wants_no_word(string value, bool subscribes)
    {
        Assert.Equal(0, Status($"Refer-To: <sip:1@a>\nRefer-Sub: {value}", out var wish));
        Assert.Equal(subscribes, wish.Subscribes);
    }
}
