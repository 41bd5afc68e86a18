using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Faults;

/// <summary>Whoever calls a product that has just started hears no more of it than anybody else: what the runtime still has to do then stops no media thread.</summary>
public sealed class FirstTalkTests
{
    const int Starts = 4;

    [Fact]
    public async Task The_first_talk_after_a_start_has_no_gap()
    {
        for (var start = 0; start < Starts; start++)
        {
            await using var product = await RunningProduct.Start();
            using var acme = await product.SignIn(); // work of another kind, which has code to be made ready too
            await using var agent = new Phone(product.Sip, "1001", "acme.localhost");
            await agent.Register();
            await using var caller = new Phone(product.Sip, "13920000001", null);
            var call = caller.Dial(Numbers.AcmeAll);
            var rung = await agent.Rings();
            await rung.Answer();
            call.Ear.SayTone(440);
            await Heard.Tone(rung.Ear, 440, seconds: 2);
        }
    }
}
