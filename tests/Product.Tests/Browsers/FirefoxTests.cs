namespace CallCenter.Product.Tests.Browsers;

/// <summary>They run alone: whatever takes the processor from this browser is missing in what it says.</summary>
public sealed class FirefoxTests(LanProductFixture product, FirefoxFixture firefox) : BrowserCalls(product, firefox.Browser), IClassFixture<LanProductFixture>, IClassFixture<FirefoxFixture>
{
    /// <summary>Its sound without a card is slower than time: what is relayed packet by packet is whole all the same, what is made anew of it has holes.</summary>
    protected override string[] Codecs => [Plain];

    [Fact, Trait("Speed", "Long")]
    public Task A_caller_in_a_page_works_the_menu_and_talks_in_Opus() => WorksTheMenuAndTalks("1013");

    /// <summary>The same for the product as with Chromium.</summary>
    [Fact, Trait("Speed", "Long")]
    public override Task A_page_that_was_loaded_again_calls_anew() => base.A_page_that_was_loaded_again_calls_anew();
}
