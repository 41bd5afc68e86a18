using System.Net;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Media;
using CallCenter.Product.Tests.Browsers;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent talks by a browser whose media path outlives its calls, its page and its network.</summary>
public sealed class StationTests(ProductFixture product, ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<ProductFixture>, IClassFixture<ChromiumFixture>
{
    /// <summary>ms from an act until the caller hears the agent again.</summary>
    const double Back = 2000;

    readonly IBrowser browser = chromium.Browser;

    [Fact]
    public async Task A_pop_rings_once_it_is_shown_and_the_answer_is_heard_at_once()
    {
        await using var agent = await WebAgent.Start(product, browser, "1021");
        var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var (offer, popped) = await agent.Desk.Next("offer");
        Assert.Equal(("sales", "售前咨询", false), (offer.GetProperty("queue").GetProperty("id").GetString(), offer.GetProperty("queue").GetProperty("name").GetString(), offer.GetProperty("ring").GetBoolean()));
        Assert.Equal($"{caller.User[..3]}****{caller.User[^4..]}", offer.GetProperty("from").GetString()![^11..]);
        var shown = Clock.Now;
        await agent.Say(offer, "shown");
        var (_, rang) = await agent.Desk.Next("ring");
        output.WriteLine($"pop to ring {Clock.Ms(popped, rang):0} ms, shown to ring {Clock.Ms(shown, rang):0} ms");
        Bars.Within(Clock.Ms(shown, rang), 0, 150);
        await agent.Say(offer, "reject");
        Assert.Equal("rejected", (await agent.Desk.Next("offerGone")).Event.GetProperty("why").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await agent.Api.Status(HttpMethod.Post, $"me/offers/{offer.GetProperty("call").GetString()}/{offer.GetProperty("epoch").GetInt64()}/answer"));
        await call.HangUp();
        await caller.DisposeAsync();
        await Several(agent, 3);
    }

    /// <summary>Some calls, one after the other, on the same path.</summary>
    async Task Several(WebAgent agent, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            await using var talk = await WebTalking.Begin(product, agent);
            times.Add(talk.AnswerMs);
            if (i == 0) await talk.BothHear();
            await talk.Call.HangUp();
            await product.AgentsFree("sales", 1);
        }
        times.Sort();
        output.WriteLine($"answer to sound: {string.Join(", ", times.Select(t => $"{t:0}"))} ms");
        Bars.Within(times[(int)(0.95 * (count - 1))], 0, 150);
    }

    [Fact, Trait("Speed", "Long")]
    public async Task Of_thirty_answers_all_but_one_or_two_are_heard_within_150_ms()
    {
        await using var agent = await WebAgent.Start(product, browser, "1023");
        await Several(agent, 30);
    }

    [Fact]
    public async Task A_talk_outlives_its_page_its_network_and_its_machine()
    {
        await using var agent = await WebAgent.Start(product, browser, "1025");
        await using var talk = await WebTalking.Begin(product, agent);
        var reload = await talk.After(agent.Reload, 500);
        var restart = await talk.After(agent.Restart, 600);
        var first = agent.Web;
        var device = await talk.After(async () => await agent.MoveTo(await WebPhone.Open(browser)), 700);
        await first.Say(900); // it still has its microphone, and is not heard
        await talk.BothHear(700);
        await first.Close();
        output.WriteLine($"back after: reload {reload:0} ms, restart {restart:0} ms, second machine {device:0} ms");
        Assert.All(new[] { reload, restart, device }, ms => Bars.Within(ms, 0, Back));
        var (noticed, back) = await Killed(agent, talk);
        output.WriteLine($"dead page: music after {noticed:0} ms; back after {back:0} ms");
        await talk.BothHear(800);
        await talk.Call.HangUp();
        var (record, facts) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody"), (record.Id, record.Ended));
        Assert.NotEmpty(facts.Of("stationLost")); // a page that is loaded again says goodbye, so that there is music at once; one that dies does not
        Assert.Equal(facts.Of("stationLost").Length, facts.Of("stationBack").Length);
        Assert.Single(facts.Of("agentJoined"));
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^Tone.Rate..], WebTalking.Customer), 15, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1)[^Tone.Rate..], 800), 15, double.PositiveInfinity);
    }

    /// <summary>A page that dies says nothing: the caller hears music within 5 s, and the agent again once another page is there.</summary>
    async Task<(double Noticed, double Back)> Killed(WebAgent agent, WebTalking talk)
    {
        talk.Call.Ear.Forget();
        var died = Clock.Now;
        await agent.Web.Close();
        await talk.Call.Ear.Hears(heard => heard.Any(p => p.At > died + 500_000_000 && p.IsAudio && Tone.Power(p.Samples()) > 10_000), "music", TimeSpan.FromSeconds(6));
        var noticed = Clock.Ms(died, talk.Call.Ear.Heard().First(p => p.At > died + 500_000_000 && p.IsAudio && Tone.Power(p.Samples()) > 10_000).At);
        Bars.Within(noticed, 0, 5000);
        var back = await talk.After(async () => await agent.MoveTo(await WebPhone.Open(browser)), 800);
        Bars.Within(back, 0, Back);
        return (noticed, back);
    }

    [Fact]
    public Task Whatever_happens_to_the_browser_in_whatever_order_the_call_loses_nothing() => Act(10, "1027");

    [Fact, Trait("Speed", "Long")]
    public Task The_same_a_hundred_times() => Act(100, "1029");

    async Task Act(int acts, string extension)
    {
        await using var agent = await WebAgent.Start(product, browser, extension);
        await using var talk = await WebTalking.Begin(product, agent);
        var chance = new Random(acts);
        var worst = 0.0;
        for (var i = 0; i < acts; i++)
        {
            var kind = chance.Next(3);
            var ms = await talk.After(kind switch
            {
                0 => agent.Reload,
                1 => agent.Restart,
                _ => async () => await (await agent.MoveTo(await WebPhone.Open(browser))).Close(),
            }, 400 + 50 * (i % 8));
            worst = Math.Max(worst, ms);
            Bars.Within(ms, 0, Back);
        }
        output.WriteLine($"the slowest of {acts}: {worst:0} ms");
        await talk.Call.HangUp();
        var (record, facts) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody"), (record.Id, record.Ended));
        Assert.Single(facts.Of("agentJoined"));
        Assert.Single(record.Recordings);
    }
}
