using CallCenter.Domain.Tenants;

namespace CallCenter.Domain.Tests.Tenants;

public sealed class BrandingTests
{
    private static readonly Branding Plain = new(new("acme"));

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#ffffff", "#ffffff", 1)]
    [InlineData("#777777", "#ffffff", 4.48)] // the well-known grey that is just too light
    [InlineData("#767676", "#ffffff", 4.54)]
    public void Contrast_is_as_the_guidelines_count_it(string one, string other, double expected)
    {
        Assert.True(HexColour.TryParse(one, out var a) & HexColour.TryParse(other, out var b));
        Assert.Equal(expected, HexColour.Contrast(a, b), 0.005);
        Assert.Equal(HexColour.Contrast(a, b), HexColour.Contrast(b, a));
    }

    [Fact]
    public void A_firm_without_any_wish_is_well() => Assert.True(Plain.Check().IsEmpty);

    [Theory]
    [InlineData("#1257c0", null, null)]
    [InlineData(null, "#102030", "#ffffff")]
    [InlineData(null, "#ffe0a0", null)] // under the bar's own dark text
    [InlineData(null, null, "#803000")]
    public void What_can_be_read_passes(string? colour, string? bar, string? text) => Assert.True((Plain with { Colour = colour, BarColour = bar, BarText = text }).Check().IsEmpty);

    [Theory]
    [InlineData("#ffcc00", null, null, "colour")]
    [InlineData("blue", null, null, "colour")]
    [InlineData("#12345", null, null, "colour")]
    [InlineData("#12345g", null, null, "colour")]
    [InlineData("url(x)", null, null, "colour")]
    [InlineData(null, "#102030", null, "barColour")] // its own text is dark
    [InlineData(null, "#888888", "#999999", "barText")]
    [InlineData(null, null, "#eeeeee", "barText")]
    public void What_cannot_be_read_is_refused_by_its_name(string? colour, string? bar, string? text, string field) =>
        Assert.Equal([field], (Plain with { Colour = colour, BarColour = bar, BarText = text }).Check().Select(fault => fault.Field));

    [Theory]
    [InlineData("a.example.com", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    public void A_name_is_within_another_by_whole_labels(string name, string parent, bool within) => Assert.Equal(within, HostName.IsWithin(name, parent));

    [Theory]
    [InlineData("service.example.com", true)]
    [InlineData("Service.example.com", false)]
    [InlineData("service.example.com.", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("a/b.example.com", false)]
    [InlineData("a b.example.com", false)]
    [InlineData("", false)]
    public void A_host_is_a_name_and_nothing_else(string name, bool valid) => Assert.Equal(valid, HostName.IsValid(name));
}
