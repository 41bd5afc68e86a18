namespace CallCenter.Domain.Tests.Numbers;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("4008001001", "86-4008001001")]
    [InlineData("400-800-1001", "86-4008001001")]
    [InlineData("+864008001001", "86-4008001001")]
    [InlineData("86-4008001001", "86-4008001001")]
    [InlineData("8008100000", "86-8008100000")]
    [InlineData("13800138000", "+8613800138000")]
    [InlineData("013800138000", "+8613800138000")]
    [InlineData("8613800138000", "+8613800138000")]
    [InlineData("010 6552 9988", "+861065529988")]
    [InlineData("(0311) 8702-1234", "+8631187021234")]
    [InlineData("+86 010 6552 9988", "+861065529988")]
    [InlineData("008675512345678", "+8675512345678")]
    [InlineData("0014155550123", "+14155550123")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("1001", "1001")]
    [InlineData("10086", "10086")]
    [InlineData("*57#", "*57#")]
    public void A_number_has_one_canonical_form(string dialled, string canonical)
    {
        Assert.True(PhoneNumber.TryParse(dialled, out var number));
        Assert.Equal(new PhoneNumber(dialled, canonical), number);
        Assert.True(PhoneNumber.TryParse(canonical, out var again));
        Assert.Equal(canonical, again.Canonical);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("anonymous")]
    [InlineData("+")]
    [InlineData("+0861")]
    [InlineData("+1234567890123456")]
    [InlineData("12+34")]
    [InlineData("１００１")]
    [InlineData("sip:1001@acme.localhost")]
    public void What_is_no_number_is_refused(string? text) => Assert.False(PhoneNumber.TryParse(text, out _));

    [Theory]
    [InlineData("01065529988", "北京")]
    [InlineData("+862012345678", "广东广州")]
    [InlineData("031187021234", "河北石家庄")]
    [InlineData("089812345678", "海南海口")]
    [InlineData("13800138000", null)]
    [InlineData("+14155550123", null)]
    [InlineData("4008001001", null)]
    [InlineData("1001", null)]
    [InlineData("", null)]
    [InlineData("anonymous", null)]
    [InlineData(null, null)]
    public void The_area_code_tells_the_home_area(string? number, string? area) => Assert.Equal(area, HomeArea.Of(number));

    [Fact]
    public void There_are_all_area_codes_and_none_begins_another()
    {
        Assert.True(HomeArea.Count > 300);
        Assert.Equal("cn-1", HomeArea.Version);
    }

    [Fact]
    public void No_text_throws()
    {
        var chance = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(45)).Select(_ => "0123456789+*#-() .x一"[chance.Next(20)]));
            if (PhoneNumber.TryParse(text, out var number)) Assert.Equal(text, number.Dialled);
            HomeArea.Of(text);
        }
    }
}
