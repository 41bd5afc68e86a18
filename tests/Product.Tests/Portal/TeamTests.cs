using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A team, its leader, its breaks and its raised hands: by the pages, with phones.</summary>
[Trait("Judges", "NoTime")]
public sealed class TeamTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    [Fact]
    public async Task A_leader_sees_the_own_team_its_hands_and_its_breaks_and_nobody_elses()
    {
        await product.Acme.Put("users/night-leader", new { name = "Night leader", role = "teamLeader", password = "leads-the-night" });
        await using (var page = await Open("/teams", "admin"))
        {
            await page.Click("New team");
            await page.Fill("Id", "night");
            await page.Fill("Name", "Night shift");
            await page.Click("Save");
            await page.Row("Night shift", "", "", "No limit");
            await product.Acme.Put("teams/night", new { leaders = new[] { "night-leader" }, agents = new[] { "agent1007", "agent1009" }, breakQuota = 1 });
            Assert.Empty(await page.Violations());
        }
        await using var talk = await Talk.Start(product, "1007");
        await using var other = await product.Agent("1011");
        await using var board = await Open("/board", "night-leader", "leads-the-night");
        await board.Shows("Agent 1007");
        Assert.DoesNotContain("Agent 1011", (await board.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);

        using var self = await ProductApi.SignIn(product.Product.Http, "acme", "agent1007", RunningProduct.Password);
        var call = (await self.Get("agents/agent1007/presence")).GetProperty("call").GetString();
        await self.Status(HttpMethod.Post, "me/help", new { call });
        await board.Shows("Agent 1007 · Asks for help");
        await Look(board, "board-hands");

        await using var second = await product.Agent("1009");
        using var rests = await ProductApi.SignIn(product.Product.Http, "acme", "agent1009", RunningProduct.Password);
        Assert.Equal("break", (await Choose(rests, "agent1009", "break", "rest")).GetProperty("presence").GetString());
        Assert.Equal("waits", (await Choose(self, "agent1007", "break", "lunch")).GetProperty("break").GetProperty("state").GetString());
        await board.Shows("Waits for a break · place 1");
        await Choose(rests, "agent1009", "available");
        await board.Shows("Break after this call");
        await talk.Customer.HangUp();
        await talk.Desk.Ended();
        await board.Shows("Break · Lunch");
        Assert.Empty(await board.Violations());
        await product.Acme.Status(HttpMethod.Delete, "teams/night");
    }

    [Theory]
    [InlineData("zh", "dark")]
    public async Task The_pages_of_teams_and_reasons_have_no_serious_fault(string language, string theme)
    {
        await (await Open("/teams", "admin")).DisposeAsync();
        foreach (var path in new[] { "teams", "reasons", "agents", "queues" })
        {
            await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/" + path, language, theme);
            await page.Tab.Run("until('the page', () => document.querySelector('main h1') && !document.querySelector('.ant-spin-spinning,.ant-skeleton')).then(() => 1)");
            await Look(page, path);
            await page.Tab.Run("until('the button', () => document.querySelector('.head .ant-btn-primary')).then((b) => b.click())");
            await page.Tab.Run("until('the form', () => document.querySelector('.ant-modal form')).then(() => 1)");
            await Look(page, path + "-form");
            if (path == "reasons") await AllowOutsideNumbers(page);
        }
    }

    /// <summary>In the form that says by what agents may talk.</summary>
    async Task AllowOutsideNumbers(PortalPage page)
    {
        await page.Tab.Run("until('the box', () => document.querySelector('.ant-modal form input[type=checkbox]')).then((box) => { box.click(); return until('the tick', () => box.checked); }).then(() => { document.querySelector('.ant-modal form [type=submit]').click(); })");
        await ProductApi.Until(async () => (await product.Acme.Get("station-rules")).GetProperty("outsideNumbers").GetBoolean(), allowed => allowed, "the rule is kept", Patience.Usual);
    }

    static async Task<JsonElement> Choose(ProductApi api, string agent, string presence, string? reason = null)
    {
        var answer = await api.Http.PutAsJsonAsync(new Uri($"api/v1/agents/{agent}/presence", UriKind.Relative), new { presence, reason }, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    async Task<PortalPage> Open(string path, string user, string password = RunningProduct.Password)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path);
        await page.Shows("Password");
        await page.SignIn(user, password);
        await page.Shows("Skip to content"); // the page that asks for a password has a heading too
        return page;
    }

    static async Task Look(PortalPage page, string name)
    {
        await Album.Keep(page.Tab, name, 1280);
        Assert.Equal("", string.Join("\n", await page.Faults()));
        Assert.Empty(await page.Violations());
    }
}
