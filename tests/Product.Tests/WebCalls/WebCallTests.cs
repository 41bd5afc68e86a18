using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Portal;

namespace CallCenter.Product.Tests.WebCalls;

/// <summary>Visitors of web pages, by the page that is served to them.</summary>
public sealed class WebCallTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>dB of a tone over all else, as heard.</summary>
    const double Pure = 15;

    /// <summary>ms from the click to a path with keys.</summary>
    const double Connected = 1000;

    [Fact]
    public async Task A_visitor_works_the_menu_and_talks()
    {
        var before = await Newest();
        await using var agent = await Agent("1001");
        await using var visitor = await VisitorTab.Open(browser.Chromium, product.Product, Numbers.AcmeMenu, "order=Q7X-web-order&page=cart");
        await visitor.Click("Call");
        var connected = await visitor.Connects();
        await visitor.Shows("Please listen");
        await visitor.Click("Keypad");
        await visitor.Click("1");
        var rung = await agent.Rings(TimeSpan.FromSeconds(10));
        await visitor.Shows("in the queue");
        await rung.Answer();
        await visitor.Shows("You are connected.");
        await Talk(visitor, rung);
        Bars.Within(connected, 0, Connected);
        await rung.HangUp();
        await visitor.Shows("The call has ended.");
        await visitor.Shows("Call again");
        Assert.Empty(await visitor.Violations());
        await ToldOf(before, "agent hangUp nobody", $"http://acme.localhost:{product.Product.HttpPort}", [("order", "Q7X-web-order"), ("page", "cart")]);
        Assert.False(await Stored("Q7X-web-order"), "what a visitor sends along is stored as it is");
    }

    /// <summary>The id of the newest call that is told of; empty if there was none.</summary>
    async Task<string> Newest() => (await product.Acme.Get("calls?limit=1")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).FirstOrDefault("");

    /// <summary>The record of the call after that one, its facts and what came along.</summary>
    async Task<CallFacts> ToldOf(string before, string ended, string origin, (string, string)[] data)
    {
        var record = new CallRecord(await ProductApi.Until(async () => (await product.Acme.Get("calls?limit=1")).GetProperty("items")[0], c => c.GetProperty("id").GetString() != before && c.GetProperty("endedAt").ValueKind == JsonValueKind.String, "the record", Patience.Usual));
        Assert.Equal((ended, null, origin), (record.Ended, record.From, record.Json.GetProperty("web").GetProperty("origin").GetString()));
        var facts = await product.Acme.Facts(record.Id);
        Assert.Equal(origin, facts.Value("cameByWeb", "origin"));
        var visit = await product.Acme.Get($"calls/{record.Id}/visit");
        Assert.Equal(data, visit.GetProperty("data").EnumerateArray().Select(d => (d.GetProperty("name").GetString()!, d.GetProperty("value").GetString()!)));
        return facts;
    }

    async Task<bool> Stored(string text)
    {
        if (await product.Product.DatabaseHolds(text)) return true;
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        foreach (var file in Directory.EnumerateFiles(product.Product.Data, "*.db*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            await open.CopyToAsync(all, TestContext.Current.CancellationToken);
            if (all.ToArray().AsSpan().IndexOf(bytes) >= 0) return true;
        }
        return false;
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_page_of_another_site_calls_by_the_tag_under_a_strict_policy_and_one_that_is_not_named_does_not()
    {
        await using var shop = new Shop(product.Product.HttpPort);
        await using var stranger = new Shop(product.Product.HttpPort);
        await product.Acme.Put($"numbers/{Numbers.AcmeSales}/webcall", new { origins = new[] { shop.Origin }, consent = "Calls are recorded.\nWe keep them for 90 days." });
        try
        {
            await using (var refused = await VisitorTab.Open(browser.Chromium, new(stranger.Origin)))
            {
                await refused.Click("Call us");
                await FrameSays(refused, "refused to connect"); // the browser's own words: no page of ours stands there
            }
            var before = await Newest();
            await using var agent = await Agent("1003");
            await using var page = await VisitorTab.Open(browser.Chromium, new(shop.Origin));
            await page.Click("Call us");
            Assert.NotNull(await page.AskFrame("I agree"));
            Assert.NotNull(await page.AskFrame("Call"));
            await FrameSays(page, "in the queue");
            var rung = await agent.Rings(TimeSpan.FromSeconds(10));
            await rung.Answer();
            await Heard.Begins(rung.Ear, 440, within: 8);
            var told = Assert.NotNull(await page.AskFrame(""));
            Assert.Empty(told.GetProperty("violations").EnumerateArray());
            Assert.Empty(await page.Violations());
            await page.Click("Close and hang up");
            await rung.Ended();
            var facts = await ToldOf(before, "caller hangUp nobody", shop.Origin, [("page", $"{shop.Origin}/"), ("order", "A-17")]);
            Assert.Equal("1", facts.Value("cameByWeb", "consentVersion"));
        }
        finally
        {
            await product.Acme.Put($"numbers/{Numbers.AcmeSales}/webcall", new { origins = Array.Empty<string>(), consent = "" });
        }
    }

    static Task FrameSays(VisitorTab page, string text) =>
        ProductApi.Until(async () => (await page.AskFrame(""))?.GetProperty("says").GetString(), said => said?.Contains(text, StringComparison.Ordinal) == true, text, TimeSpan.FromSeconds(10));

    [Theory, Trait("Judges", "Voices")]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task The_page_can_be_used_by_everybody_on_a_small_screen_too(string language)
    {
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}/webcall", new { enabled = true, consent = "Calls are recorded." });
        await using var visitor = await VisitorTab.Open(browser.Chromium, product.Product, Numbers.AcmeAll, language: language);
        var page = new PortalPage(visitor.Tab); // the same tab
        var keys = new Keyboard(page);
        await visitor.Tab.Resize(320, 640);
        await visitor.Shows(language == "en" ? "I agree" : "我已阅读并同意");
        Assert.Empty(await page.Faults());
        await keys.Press(language == "en" ? "Call" : "呼叫"); // nobody has agreed
        await visitor.Shows(language == "en" ? "Please agree" : "请先阅读并同意说明");
        await keys.Switch(language == "en" ? "I agree" : "我已阅读并同意");
        await Album.Keep(visitor.Tab, $"visitor-agreed-{language}");
        await keys.Press(language == "en" ? "Call" : "呼叫");
        await visitor.Shows(language == "en" ? "Please hold the line" : "正在排队");
        await keys.Press(language == "en" ? "Mute" : "静音");
        await keys.Press(language == "en" ? "Keypad" : "拨号盘");
        await keys.Press("5");
        Assert.Equal("5", (await visitor.Tab.Run("document.querySelector('.pressed').value")).GetString());
        Assert.Empty(await page.Faults());
        Assert.True((await visitor.Tab.Run("document.documentElement.scrollWidth <= 320")).GetBoolean(), "it is wider than the screen");
        await Album.Keep(visitor.Tab, $"visitor-{language}");
        Assert.InRange((await visitor.Tab.Run("performance.getEntriesByType('resource').filter((e) => e.name.includes('/assets/')).reduce((sum, e) => sum + e.encodedBodySize, 0)")).GetInt32(), 1, 30 * 1024);
        await Album.Keep(visitor.Tab, $"visitor-wide-{language}", 1280);
        await keys.Press(language == "en" ? "Hang up" : "挂断");
        await visitor.Shows(language == "en" ? "The call has ended." : "通话已结束。");
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_change_of_network_keeps_the_talk()
    {
        await using var agent = await Agent("1005");
        await using var visitor = await VisitorTab.Open(browser.Chromium, product.Product, Numbers.AcmeSales);
        await visitor.Click("Call");
        var rung = await agent.Rings(TimeSpan.FromSeconds(10));
        await rung.Answer();
        await visitor.Shows("You are connected.");
        await visitor.Tab.Run("seen.ufrag = /ice-ufrag:(.*)/.exec(seen.peer.remoteDescription.sdp)[1]");
        await visitor.Tab.Run("Object.defineProperty(seen.peer, 'connectionState', { get: () => 'disconnected', configurable: true })");
        await visitor.Tab.Run("seen.peer.onconnectionstatechange()");
        await visitor.Shows("connecting again");
        await visitor.Tab.Run("until('the restart', () => seen.peer.signalingState === 'stable' && /ice-ufrag:(.*)/.exec(seen.peer.remoteDescription.sdp)[1] !== seen.ufrag).then(() => { delete seen.peer.connectionState; })");
        await Talk(visitor, rung);
        await visitor.Click("Hang up");
        await rung.Ended();
    }

    /// <summary>An agent's phone of an odd extension, which is in the queue that records.</summary>
    async Task<Phone> Agent(string extension)
    {
        var phone = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        return phone;
    }

    /// <summary>Both hear each other.</summary>
    static async Task Talk(VisitorTab visitor, PhoneCall phone)
    {
        phone.Ear.SayTone(1000);
        phone.Ear.Forget();
        await Heard.Begins(phone.Ear, 440, within: 8);
        Assert.InRange(await visitor.Hears(1000, Pure), Pure, double.PositiveInfinity);
        phone.Ear.Forget();
        await phone.Ear.HearsPackets(50);
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(phone.Ear.Heard()), 440), Pure, double.PositiveInfinity);
    }
}
