using CallCenter.Kit.Media;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>They run alone: whatever takes the processor from this browser is missing in what it says.</summary>
public sealed class FirefoxTests(LanProductFixture product, FirefoxFixture firefox) : BrowserCalls(product, firefox.Browser), IClassFixture<LanProductFixture>, IClassFixture<FirefoxFixture>
{
    /// <summary>Its sound without a card is slower than time: what is relayed packet by packet is whole all the same, what is made anew of it has holes.</summary>
    protected override string[] Codecs => [Plain];

    [Fact]
    public async Task An_agent_signs_in_at_the_desk_takes_a_call_and_talks()
    {
        await using var desk = await FirefoxDesk.Open(firefox.Browser, product.Product, "agent1017", Ears.Agent);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        await desk.Shows("Incoming call");
        await desk.Click("Answer");
        await Heard.Begins(call.Ear, Ears.Agent, within: 8);
        Assert.InRange(await desk.Ear.Hears(Ears.Customer, Pure), Pure, double.PositiveInfinity);
        call.Ear.Forget();
        await call.Ear.HearsPackets(50);
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(call.Ear.Heard()), Ears.Agent), Pure, double.PositiveInfinity);
        await desk.Click("Hang up");
        await call.Ended();
        await desk.Shows("Available");
        var (record, _) = await product.Told(caller);
        Assert.Equal(("agent hangUp nobody", "agent1017"), (record.Ended, Assert.Single(record.Agents)));
        Assert.Empty(await desk.Violations());
        await desk.Click("Sign out");
        await desk.Shows("Password");
    }

    [Fact, Trait("Speed", "Long")]
    public Task A_caller_in_a_page_works_the_menu_and_talks_in_Opus() => WorksTheMenuAndTalks("1013");

    /// <summary>The same for the product as with Chromium.</summary>
    [Fact, Trait("Speed", "Long")]
    public override Task A_page_that_was_loaded_again_calls_anew() => base.A_page_that_was_loaded_again_calls_anew();
}
