namespace CallCenter.Domain.Tests.Dialling;

public class DialledNumberTests
{
    [Theory]
    [InlineData("110", "110", DialClass.Emergency)]
    [InlineData("9110", "110", DialClass.Emergency)]
    [InlineData("112", "112", DialClass.Emergency)]
    [InlineData("119", "119", DialClass.Emergency)]
    [InlineData("1 2 0", "120", DialClass.Emergency)]
    [InlineData("122", "122", DialClass.Emergency)]
    [InlineData("0311 110", "+86311110", DialClass.Emergency)]
    [InlineData("+86 110", "110", DialClass.Emergency)]
    [InlineData("0086119", "119", DialClass.Emergency)]
    [InlineData("13800138000", "+8613800138000", DialClass.Mobile)]
    [InlineData("913800138000", "+8613800138000", DialClass.Mobile)]
    [InlineData("9-013800138000", "+8613800138000", DialClass.Mobile)]
    [InlineData("+86 138-0013-8000", "+8613800138000", DialClass.Mobile)]
    [InlineData("008613800138000", "+8613800138000", DialClass.Mobile)]
    [InlineData("8613800138000", "+8613800138000", DialClass.Mobile)]
    [InlineData("19912345678", "+8619912345678", DialClass.Mobile)]
    [InlineData("010-65529988", "+861065529988", DialClass.Landline)]
    [InlineData("901065529988", "+861065529988", DialClass.Landline)]
    [InlineData("+86 010 6552 9988", "+861065529988", DialClass.Landline)]
    [InlineData("(0311) 87021234", "+8631187021234", DialClass.Landline)]
    [InlineData("0898 2345678", "+868982345678", DialClass.Landline)]
    [InlineData("010-12345678", "+861012345678", DialClass.Landline)]
    [InlineData("65529988", "+861065529988", DialClass.Landline)]
    [InlineData("965529988", "+861065529988", DialClass.Landline)]
    [InlineData("400-800-1001", "86-4008001001", DialClass.TollFree)]
    [InlineData("94008001001", "86-4008001001", DialClass.TollFree)]
    [InlineData("8008100000", "86-8008100000", DialClass.TollFree)]
    [InlineData("114", "114", DialClass.Service)]
    [InlineData("10086", "10086", DialClass.Service)]
    [InlineData("12345", "12345", DialClass.Service)]
    [InlineData("912345", "12345", DialClass.Service)]
    [InlineData("116114", "116114", DialClass.Service)]
    [InlineData("10106666", "10106666", DialClass.Service)]
    [InlineData("95588", "95588", DialClass.Service)]
    [InlineData("995588", "95588", DialClass.Service)]
    [InlineData("96110", "96110", DialClass.Service)]
    [InlineData("031112345", "+8631112345", DialClass.Service)]
    [InlineData("+14155550123", "+14155550123", DialClass.International)]
    [InlineData("0085223456789", "+85223456789", DialClass.International)]
    [InlineData("90085223456789", "+85223456789", DialClass.International)]
    public void A_number_is_read_by_the_numbering_plan(string dialled, string canonical, DialClass kind)
    {
        Assert.True(DialledNumber.TryParse(dialled, "9", "010", out var number));
        Assert.Equal((canonical, kind), (number.Canonical, number.Class));
        Assert.True(DialledNumber.TryParse(canonical, "9", "010", out var again));
        Assert.Equal((canonical, kind), (again.Canonical, again.Class));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("9")]
    [InlineData("+")]
    [InlineData("1001")]
    [InlineData("anna")]
    [InlineData("1380013800")]
    [InlineData("12800138000")]
    [InlineData("010655299")]
    [InlineData("0106552998877")]
    [InlineData("17951013800138000")]
    [InlineData("16899")]
    [InlineData("*57#")]
    [InlineData("+0852")]
    [InlineData("1065529988")]
    [InlineData("00000000")]
    [InlineData("+1234567890123456")]
    [InlineData("１３８００１３８０００")]
    public void What_is_no_number_is_refused(string? dialled) => Assert.False(DialledNumber.TryParse(dialled, "9", "010", out _));

    [Fact]
    public void Without_an_area_code_of_its_own_a_short_landline_number_is_none()
    {
        Assert.False(DialledNumber.TryParse("65529988", null, null, out _));
        Assert.True(DialledNumber.TryParse("2345678", null, "0898", out var number));
        Assert.Equal("+868982345678", number.Canonical);
    }

    [Theory]
    [InlineData("13800138000", "13800138000", "+8613800138000")]
    [InlineData("+8613800138000", "13800138000", "+8613800138000")]
    [InlineData("01065529988", "01065529988", "+861065529988")]
    [InlineData("65529988", "01065529988", "+861065529988")]
    [InlineData("4008001001", "4008001001", "+864008001001")]
    [InlineData("12345", "12345", "12345")]
    [InlineData("031112345", "031112345", "+8631112345")]
    [InlineData("+85223456789", "0085223456789", "+85223456789")]
    [InlineData("110", "110", "110")]
    public void A_number_is_written_as_the_trunk_wants_it(string dialled, string national, string e164)
    {
        Assert.True(DialledNumber.TryParse(dialled, "9", "010", out var number));
        Assert.Equal((national, e164), (number.In(NumberFormat.National), number.In(NumberFormat.E164)));
        Assert.True(DialledNumber.TryParse(national, null, null, out var again));
        Assert.Equal(number.Canonical, again.Canonical);
    }

    [Fact]
    public void As_dialled_is_without_the_prefix_for_an_outside_line()
    {
        Assert.True(DialledNumber.TryParse("9 010-6552 9988", "9", null, out var number));
        Assert.Equal("01065529988", number.In(NumberFormat.AsDialled));
    }

    [Fact]
    public void No_text_throws_and_what_is_read_is_read_again_from_its_canonical_form()
    {
        var chance = new Random(7);
        var numbers = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(18)).Select(_ => "0123456789012345678901+- x"[chance.Next(26)]));
            if (!DialledNumber.TryParse(text, chance.Next(2) == 0 ? "9" : null, chance.Next(2) == 0 ? "010" : null, out var number)) continue;
            numbers++;
            foreach (var form in new[] { number.Canonical, number.In(NumberFormat.E164), number.In(NumberFormat.National) })
            {
                Assert.True(DialledNumber.TryParse(form, null, null, out var again), $"'{text}' → {number.Canonical}, but not '{form}'");
                Assert.Equal((number.Canonical, number.Class), (again.Canonical, again.Class));
            }
        }
        Assert.True(numbers > 1_000);
    }
}
