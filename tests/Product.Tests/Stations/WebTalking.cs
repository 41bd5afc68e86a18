using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Stations;

/// <summary>A caller and an agent in a page, in talk; each says a tone of its own.</summary>
sealed class WebTalking(Phone phone, PhoneCall call, WebAgent agent, double customer) : IAsyncDisposable
{
    public const double Customer = 1000, Agent = 440;

    /// <summary>dB of a tone over all else.</summary>
    const double Pure = 15;

    public Phone Phone => phone;
    public PhoneCall Call => call;

    /// <summary>From the click to the first pure packets at the caller, ms.</summary>
    public double CallerMs { get; private set; }

    /// <summary>From the click until the page's speaker has the caller's tone, ms.</summary>
    public double AgentMs { get; private set; }

    /// <summary>What the page's jitter buffer did from the click until the tone was there.</summary>
    public string Buffer { get; private set; } = "";

    public string Id { get; private set; } = "";

    /// <param name="customer">Hz.</param>
    /// <param name="edge">At which the caller comes in.</param>
    public static async Task<WebTalking> Begin(ProductFixture product, WebAgent agent, double customer = Customer, int edge = 0)
    {
        var phone = product.Caller(edge: edge);
        var call = phone.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(customer);
        var offer = await agent.Offered();
        await agent.Web.Say(Agent);
        var talk = new WebTalking(phone, call, agent, customer) { Id = offer.GetProperty("call").GetString()! };
        await talk.Answer(offer);
        return talk;
    }

    async Task Answer(JsonElement offer)
    {
        await agent.Web.Await(customer);
        var before = await agent.Web.Figures();
        call.Ear.Forget();
        var (clicked, at) = (Clock.Now, TimeProvider.System.GetUtcNow());
        await agent.Say(offer, "answer");
        CallerMs = await CallerHears(Agent, clicked, within: 3);
        AgentMs = (await agent.Web.Begun() - at).TotalMilliseconds;
        var after = await agent.Web.Figures();
        var (kept, aimed) = after.Buffer(before);
        Buffer = $"kept {kept:0}, aimed {aimed:0}, made up {(after.Concealed - before.Concealed) / 48:0} ms";
    }

    /// <summary>The caller hears that tone, and how long after an instant it began, ms.</summary>
    public async Task<double> CallerHears(double hz, long since, double within)
    {
        await Heard.Begins(call.Ear, hz, within);
        var heard = call.Ear.Heard();
        return Clock.Ms(since, heard[Heard.Start(heard, hz)].At);
    }

    /// <summary>Both hear each other, and nobody else.</summary>
    public async Task BothHear(double hz = Agent)
    {
        Assert.InRange(await agent.Web.Hears(customer, Pure), Pure, double.PositiveInfinity);
        call.Ear.Forget();
        await call.Ear.HearsPackets(50);
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(call.Ear.Heard()), hz), Pure, double.PositiveInfinity);
    }

    /// <summary>Something becomes of the browser: how long until the caller hears it again, ms. It is the same call all the while.</summary>
    public async Task<double> After(Func<Task> act, double hz = Agent, double within = 4)
    {
        var began = Clock.Now;
        await act();
        call.Ear.Forget();
        await agent.Web.Say(hz);
        return await CallerHears(hz, began, within);
    }

    public async ValueTask DisposeAsync()
    {
        if (!call.HasEnded) await call.HangUp();
        await phone.DisposeAsync();
    }
}
