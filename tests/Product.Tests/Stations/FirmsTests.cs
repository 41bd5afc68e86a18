using System.Net;
using System.Text.Json;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Conversations;
using CallCenter.Product.Tests.Gates;
using CallCenter.Product.Tests.Portal;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent of the operator takes calls of two firms, who see of one another nothing; its browser is at the edge of one of them.</summary>
[Trait("Judges", "NoTime")]
public sealed class FirmsTests(TwoEdges product, PortalBrowser browser) : IClassFixture<TwoEdges>, IClassFixture<PortalBrowser>
{
    const string Password = "a long password", Known = "jane@operator";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_agent_takes_the_calls_of_two_firms_the_oldest_first_each_in_its_own_firm()
    {
        using var globex = await product.Product.SignIn("globex");
        await SetUp(globex);
        await using var jane = await WebAgent.OfOperator(product, browser.Chromium, "jane", Password);
        await Free(product.Acme);
        await Free(globex);
        await jane.Api.SetPresence("jane", "notReady", "training");
        await Live(product.Acme, "agentsFree", 0);
        await Live(globex, "agentsFree", 0);

        await using var older = product.Caller();
        using var first = await Waits(older, Numbers.GlobexMenu, globex, '1'); // an agent that is asked by both gets who waits longest
        await using var younger = product.Caller(edge: 1);
        using var second = await Waits(younger, Numbers.AcmeSales, product.Acme);
        using var board = await LiveWire.Open(product.Product, product.Acme, "agents");
        await jane.Api.SetPresence("jane", "available");

        var globexs = await Talk(jane, older, first, 1000, "globex", "Globex Support", "K7");
        await ElsewhereOnly(board);
        await NothingOfAcme(jane, globexs, younger);
        await first.HangUp();
        var acmes = await Talk(jane, younger, second, 700, "acme", "Acme", "J8001");
        await Sum(jane, globexs, "fault");
        await Sum(jane, acmes, "order");
        await second.HangUp();

        await Told(globex, older, globexs, product.Acme);
        await Told(product.Acme, younger, acmes, globex);
        await CallsBack(jane, acmes);
    }

    /// <summary>About the call that it left last it calls out, as that firm, and holds whom it has reached.</summary>
    async Task CallsBack(WebAgent jane, string about)
    {
        await using var outside = product.Outside();
        var (status, begun) = await jane.Post($"calls?call={about}", new { to = new { number = "13900139009" } });
        Assert.Equal(HttpStatusCode.Accepted, status);
        var call = begun.GetProperty("id").GetString()!;
        var offer = await jane.Offered();
        Assert.Equal((call, "acme"), (offer.GetProperty("call").GetString(), offer.GetProperty("firm").GetProperty("tenant").GetString()));
        await jane.Say(offer, "answer");
        using var far = await Conversations.Talk.Pick(outside, Ears.Customer);
        await Ears.Hear(far.Ear, WebTalking.Agent);
        await jane.Api.Call($"/{call}/hold");
        await Ears.Music(far.Ear);
        await jane.Api.Call($"/{call}/leave");
        await far.Ended();
        var record = await product.Acme.Record("13900139009");
        Assert.Equal((call, Known), (record.Id, Assert.Single(record.Agents)));
    }

    [Fact]
    public async Task The_operator_makes_one_by_its_page_who_answers_and_sums_up_at_the_operators_host()
    {
        await product.Acme.Put("call-types", new { types = new[] { new { id = "order", name = "Order", parent = (string?)null, mandatory = Array.Empty<string>() } } });
        await Make("lee", "L9");
        await browser.Chromium.Forget();
        await using var desk = await DeskPhone.OpenTab(browser.Chromium, product.Product, Ears.Agent, host: "localhost");
        await desk.Page.SignIn("lee", Password);
        await desk.Page.Shows("Ready: calls come to this page");
        await Free(product.Acme);
        await using var caller = product.Caller();
        using var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        await desk.Page.Shows("Incoming call");
        foreach (var known in new[] { "Acme", "L9", "售前咨询" }) await desk.Page.Shows(known);
        await Album.Keep(desk.Page.Tab, "firms-pop");
        await desk.Page.Tab.PressAlt('A');
        await Heard.Begins(call.Ear, Ears.Agent, within: 10);
        Assert.InRange(await desk.Ear.Hears(Ears.Customer, 15), 15, double.PositiveInfinity);
        await desk.Page.Choose("Call type", "Order");
        await desk.Page.Fill("Note", "from the operator");
        await desk.Page.Click("Finish the summary");
        await desk.Page.Shows("Save again");
        await Album.Keep(desk.Page.Tab, "firms-talk");
        await desk.Page.Tab.PressAlt('X');
        await desk.Page.Shows("Available");
        await call.Ended();
        var record = await product.Acme.Record(caller.User);
        var summary = (await product.Acme.Get($"calls/{record.Id}/summaries")).GetProperty("items")[0];
        Assert.Equal(("lee@operator", "from the operator", true), (summary.GetProperty("agent").GetString(), summary.GetProperty("note").GetString(), summary.GetProperty("final").GetBoolean()));
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    /// <summary>By the operator's page: account, agent, queue and staff number in one form.</summary>
    async Task Make(string agent, string staffNumber)
    {
        await browser.Chromium.Forget();
        await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/operator-agents", host: "localhost");
        await page.SignIn("operator");
        await page.Click("New agent");
        foreach (var (field, text) in new[] { ("Id", agent), ("Name", "Lee"), ("User name", agent), ("Password", Password) }) await page.Fill(field, text);
        await page.Choose("Client firm 1", "Acme");
        await page.Choose("Queues 1", "售前咨询");
        await page.Fill("Staff number there 1", staffNumber);
        await Album.Keep(page.Tab, "firms-form");
        await page.Click("Save");
        await page.Shows($"Acme · {staffNumber} · sales");
        await Album.Keep(page.Tab, "firms-agents");
    }

    async Task SetUp(ProductApi globex)
    {
        using var boss = await product.Product.SignIn(tenant: null, user: "operator");
        await boss.Put("users/jane", new { name = "Jane", role = "operatorAgent", password = Password });
        await boss.Put("operator/agents/jane", new
        {
            name = "Jane", autoSignIn = true, queues = new[] { new { tenant = "acme", queue = "sales" }, new { tenant = "globex", queue = "sales" } },
            staffNumbers = new[] { new { tenant = "acme", number = "J8001" }, new { tenant = "globex", number = "k7" } },
        });
        await globex.Put("branding", new { name = "Globex Support", colour = "#004488" });
        await globex.Put("call-types", new { types = new[] { new { id = "fault", name = "Fault", parent = (string?)null, mandatory = Array.Empty<string>() } } });
        await product.Acme.Put("call-types", new { types = new[] { new { id = "order", name = "Order", parent = (string?)null, mandatory = Array.Empty<string>() } } });
    }

    static Task Free(ProductApi firm) => Live(firm, "agentsFree", 1);

    static Task Live(ProductApi firm, string figure, int count) =>
        ProductApi.Until(async () => (await firm.Get("queues/sales/live")).GetProperty(figure).GetInt32(), n => n == count, $"{count} {figure}", Patience);

    static async Task<PhoneCall> Waits(Phone caller, string number, ProductApi firm, char? key = null)
    {
        var call = caller.Dial(number);
        await call.Answered();
        if (key is { } pressed) await call.Press(pressed);
        await Live(firm, "waiting", 1);
        return call;
    }

    /// <summary>The next offer is that firm's, and both hear each other; the call's id.</summary>
    static async Task<string> Talk(WebAgent jane, Phone caller, PhoneCall call, double hz, string firm, string name, string staffNumber)
    {
        call.Ear.SayTone(hz);
        var offer = await jane.Offered();
        Assert.Equal((firm, name, staffNumber), (offer.GetProperty("firm").GetProperty("tenant").GetString(), offer.GetProperty("firm").GetProperty("name").GetString(), offer.GetProperty("staffNumber").GetString()));
        await jane.Web.Say(WebTalking.Agent);
        await jane.Say(offer, "answer");
        await Heard.Begins(call.Ear, WebTalking.Agent, within: 10);
        await new WebTalking(caller, call, jane, hz).BothHear();
        return offer.GetProperty("call").GetString()!;
    }

    /// <summary>The firm whose call it is not sees that the agent is busy, and nothing else.</summary>
    static async Task ElsewhereOnly(LiveWire board)
    {
        var told = await board.Agent(Known, now => now.GetProperty("elsewhere").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "talking"), (told.GetProperty("call").ValueKind, told.GetProperty("since").ValueKind, told.GetProperty("work").GetString()));
    }

    async Task NothingOfAcme(WebAgent jane, string call, Phone younger)
    {
        var listed = await ProductApi.Until(async () => (await product.Acme.Get($"calls?number={younger.User}")).GetProperty("items"), items => items.GetArrayLength() == 1, "the call that waits", Patience);
        var waiting = listed[0].GetProperty("id").GetString();
        foreach (var path in new[] { $"calls/{waiting}", $"calls/{waiting}/live", $"calls/{waiting}/summary", $"customers?call={waiting}" }) Assert.Equal(HttpStatusCode.NotFound, await jane.Api.Status(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.NotFound, await jane.Api.Status(HttpMethod.Post, $"calls/{waiting}/hold", new { }));
        Assert.Equal(HttpStatusCode.Forbidden, await jane.Api.Status(HttpMethod.Get, $"recordings?call={call}"));
        Assert.Equal(HttpStatusCode.OK, await jane.Api.Status(HttpMethod.Get, $"calls/{call}/live"));
        Assert.Equal("fault", (await jane.Api.Get($"call-types?call={call}")).GetProperty("types")[0].GetProperty("id").GetString());
    }

    static Task Sum(WebAgent jane, string call, string type) => jane.Api.Put($"calls/{call}/summary", new { callType = type, note = $"about {type}", final = true });

    static async Task Told(ProductApi firm, Phone caller, string call, ProductApi other)
    {
        var record = await firm.Record(caller.User);
        Assert.Equal((call, Known, "caller hangUp nobody"), (record.Id, Assert.Single(record.Agents), record.Ended));
        Assert.Equal(Known, (await firm.Facts(call)).Value("agentJoined", "agent"));
        Assert.Equal(Known, (await firm.Get($"calls/{call}/summaries")).GetProperty("items")[0].GetProperty("agent").GetString());
        Assert.NotEmpty(await firm.Recording(Assert.Single(record.Recordings)));
        Assert.Equal(HttpStatusCode.NotFound, await other.Status(HttpMethod.Get, $"calls/{call}"));
    }
}
