using System.Net;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Media;
using CallCenter.Product.Tests.Browsers;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent talks by a browser whose media path outlives its calls, its page and its network.</summary>
public sealed class StationTests(ManyAgents product, ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<ManyAgents>, IClassFixture<ChromiumFixture>
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
    }

    [Fact]
    public async Task Of_thirty_answers_all_but_one_are_heard_on_both_sides_within_150_ms()
    {
        await using var agent = await WebAgent.Start(product, browser, "1023");
        var (callers, agents) = (new List<double>(), new List<double>());
        for (var i = 0; i < 30; i++)
        {
            await using var talk = await WebTalking.Begin(product, agent, 1000 + 100 * (i % 5)); // what is left of the call before is not taken for this one
            callers.Add(talk.CallerMs);
            agents.Add(talk.AgentMs);
            output.WriteLine($"caller {talk.CallerMs:0}, page {talk.AgentMs:0} ms; {talk.Buffer}");
            if (i == 0) await talk.BothHear();
            await talk.Call.HangUp();
            await product.AgentsFree("sales", 1);
        }
        output.WriteLine($"answer to sound at the caller: {Told(callers)}; in the page: {Told(agents)} ms");
        Bars.Within(Most(callers), 0, 150);
        Bars.Within(Most(agents), 0, 150);
    }

    static string Told(IEnumerable<double> times) => string.Join(", ", times.Order().Select(t => $"{t:0}"));

    /// <summary>The 95th percentile.</summary>
    static double Most(IReadOnlyCollection<double> times) => times.Order().ElementAt((int)(0.95 * (times.Count - 1)));

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
        var noticed = await Music(talk, died);
        Bars.Within(noticed, 0, 5000);
        var back = await talk.After(async () => await agent.MoveTo(await WebPhone.Open(browser)), 800);
        Bars.Within(back, 0, Back);
        return (noticed, back);
    }

    /// <summary>How long after an instant there is music, ms. What was on its way is no music.</summary>
    static async Task<double> Music(WebTalking talk, long since)
    {
        bool IsMusic(HeardPacket p) => p.At > since + 500_000_000 && p.IsAudio && Tone.Power(p.Samples()) > 10_000;
        await talk.Call.Ear.Hears(heard => heard.Any(IsMusic), "music", TimeSpan.FromSeconds(6));
        return Clock.Ms(since, talk.Call.Ear.Heard().First(IsMusic).At);
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

    /// <summary>The machine says nothing any more, and closes nothing: the caller is not left with it.</summary>
    [Fact]
    public async Task A_machine_that_sleeps_in_mid_call_frees_the_caller_as_the_firm_wants_it()
    {
        await product.Acme.Put("station-rules", new { graceSeconds = 5, whenAgentIsLost = "requeue" });
        await using var machine = await Chromium.Start();
        await using var agent = await WebAgent.Start(product, machine, "1031");
        await using var talk = await WebTalking.Begin(product, agent);
        var slept = Clock.Now;
        machine.Sleep();
        try
        {
            var music = await Music(talk, slept);
            await using var other = await product.Agent("1033");
            var rung = await other.Rings(TimeSpan.FromSeconds(10));
            var freed = Clock.Ms(slept, Clock.Now);
            output.WriteLine($"asleep: music after {music:0} ms, the caller is free after {freed:0} ms");
            Bars.Within(music, 0, 5000);
            Bars.Within(freed, 5000, 10_000);
            await rung.Answer();
            rung.Ear.SayTone(700);
            await Heard.Begins(talk.Call.Ear, 700, 3);
            await talk.Call.HangUp();
        }
        finally
        {
            machine.Wake();
            await product.Acme.Put("station-rules", new { graceSeconds = 30, whenAgentIsLost = "end" });
        }
        var (record, facts) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody", 2), (record.Id, record.Ended, record.Agents.Length));
        Assert.Equal((1, 0, 2), (facts.Of("stationLost").Length, facts.Of("stationBack").Length, facts.Of("enqueued").Length));
    }

    [Fact]
    public async Task With_two_hundred_agents_signed_in_a_pop_is_on_its_screen_within_300_ms_of_the_offer()
    {
        await using var all = await Screens.Open(product, ManyAgents.Count);
        await using var caller = product.Caller();
        var times = new List<double>();
        for (var i = 0; i < 60; i++) times.Add(await all.Pop(caller));
        output.WriteLine($"offer to pop: {Told(times)} ms");
        Bars.Within(Most(times), 0, 300);
    }
}

/// <summary>As many agents as a pop's time is judged with.</summary>
public sealed class ManyAgents : ProductFixture
{
    public const int Count = 200;

    protected override string[] Settings => [$"--Demo:Agents={Count}"];
}
