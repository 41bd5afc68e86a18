using CallCenter.Kit.Browsers;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>What a page that speaks WebRTC must be able to do, in any browser. Its descriptions come and go by SIP, as a web phone's would.</summary>
public abstract class BrowserCalls(ProductFixture product, IBrowser browser)
{
    /// <summary>dB of a tone over all else, as heard; G.711 and a browser's jitter buffer leave more than 20.</summary>
    protected const double Pure = 15;

    protected const string Plain = "PCMU";

    /// <summary>What a caller speaks where a test leaves it open; none: as the browser likes, which is Opus.</summary>
    protected virtual string[] Codecs => [];

    [Fact]
    public Task A_caller_in_a_page_works_the_menu_and_talks() => WorksTheMenuAndTalks("1001", Codecs);

    /// <param name="codecs">None: Opus.</param>
    protected async Task WorksTheMenuAndTalks(string extension, params string[] codecs)
    {
        await using var agent = await Agent(extension);
        await using var carrier = product.Caller();
        var web = await WebPhone.Open(browser);
        var call = await web.Dial(carrier, Numbers.AcmeMenu, codecs);
        await web.Press("1");
        var rung = await agent.Rings(TimeSpan.FromSeconds(15));
        await rung.Answer();
        await Talk(web, rung);
        var figures = await web.Figures();
        Assert.Equal((0, 0), (figures.Lost, figures.LostThere));
        Assert.Equal(("udp", codecs.Length == 0 ? "audio/opus" : "audio/PCMU"), (figures.Protocol, figures.Codec));
        await call.HangUp();
        await rung.Ended();
        var (record, facts) = await product.Told(carrier);
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.Equal("1", facts.Value("menuChosen", "key"));
        var wav = Wav.Read(await product.Acme.Recording(record.Recordings[^1]));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^(2 * Tone.Rate)..], 440), Pure, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1)[^(2 * Tone.Rate)..], 1000), Pure, double.PositiveInfinity);
        await web.Close();
    }

    [Fact]
    public async Task An_agent_in_a_page_is_called_and_talks()
    {
        await product.Acme.Put("extensions/1003", new { srtp = "dtls" });
        await using var carrier = await Agent("1003");
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await carrier.Rings();
        var web = await WebPhone.Open(browser);
        await web.Take(rung);
        await Talk(web, call);
        await call.HangUp();
        await rung.Ended();
        Assert.Equal("caller hangUp nobody", (await product.Acme.Record(caller.User)).Ended);
        await web.Close();
    }

    [Fact]
    public async Task A_restart_of_ICE_keeps_the_talk()
    {
        await using var talk = await Talking("1005");
        await talk.Web.Restart(talk.Call);
        await Pause.For(1); // by then a new path is nominated
        await Talk(talk.Web, talk.Rung);
        Assert.Equal("connected", await talk.Web.State());
        await talk.Ends();
    }

    [Fact]
    public async Task Where_UDP_is_blocked_the_talk_goes_over_TCP()
    {
        await using var talk = await Talking("1007", WithoutUdp);
        Assert.Equal("tcp", (await talk.Web.Figures()).Protocol);
        await talk.Ends();
    }

    [Fact]
    public virtual async Task A_page_that_was_loaded_again_calls_anew()
    {
        await using var talk = await Talking("1009");
        await talk.Web.Reload(); // it takes no leave: its server has to
        await talk.Ends();
        var again = await talk.Web.Dial(talk.Carrier, Numbers.AcmeSales, Plain);
        var rung = await talk.Agent.Rings(TimeSpan.FromSeconds(10));
        await rung.Answer();
        await Talk(talk.Web, rung);
        await again.HangUp();
        await rung.Ended();
    }

    /// <summary>No path is checked for 30 s, and then nobody answers by SIP either.</summary>
    [Fact, Trait("Speed", "Long")]
    public async Task A_call_whose_page_was_closed_ends()
    {
        var talk = await Talking("1011");
        await using var agent = talk.Agent;
        talk.Carrier.PullCable();
        await talk.Carrier.DisposeAsync();
        await talk.Web.Close();
        await talk.Rung.Ended(100);
        Assert.StartsWith("trunk ", (await product.Acme.Record(talk.Carrier.User, seconds: 5)).Ended, StringComparison.Ordinal); // nobody hung up
    }

    /// <summary>An agent's phone of an odd extension, which is in the queue that records.</summary>
    async Task<Phone> Agent(string extension)
    {
        var phone = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        return phone;
    }

    /// <summary>A page that called, in talk with an agent's phone.</summary>
    async Task<WebTalk> Talking(string extension, Func<string, string>? filter = null)
    {
        var talk = new WebTalk(await WebPhone.Open(browser), product.Caller(), await Agent(extension));
        try
        {
            if (filter is not null) talk.Web.Filter = filter;
            talk.Call = await talk.Web.Dial(talk.Carrier, Numbers.AcmeSales, Plain);
            talk.Rung = await talk.Agent.Rings(TimeSpan.FromSeconds(10));
            await talk.Rung.Answer();
            await Talk(talk.Web, talk.Rung);
            return talk;
        }
        catch
        {
            await talk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Both hear each other.</summary>
    static async Task Talk(WebPhone web, PhoneCall phone)
    {
        await web.Say(440);
        phone.Ear.SayTone(1000);
        phone.Ear.Forget();
        await Heard.Begins(phone.Ear, 440, within: 8);
        Assert.InRange(await web.Hears(1000, Pure), Pure, double.PositiveInfinity);
        phone.Ear.Forget();
        await phone.Ear.HearsPackets(50);
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(phone.Ear.Heard()), 440), Pure, double.PositiveInfinity);
    }

    static string WithoutUdp(string sdp) => string.Concat(sdp.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith("a=candidate:", StringComparison.Ordinal) || !line.Contains(" udp ", StringComparison.OrdinalIgnoreCase)).Select(line => line + "\r\n"));
}
