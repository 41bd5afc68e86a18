using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The supervisor's hand in what happens on the floor, and what is left of a call, in a browser and with phones.</summary>
[Trait("Judges", "NoTime")]
public sealed class FloorTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    [Fact]
    public async Task A_supervisor_listens_whispers_barges_in_and_leaves_by_the_own_phone()
    {
        await product.Acme.Put("extensions/2901", new { password = "phone-of-2901" });
        await product.Acme.Put("agents/floor-supervisor", new { name = "Floor supervisor", user = "supervisor", extension = "2901", autoSignIn = true });
        await using var talk = await Talk.Start(product, "1001");
        var phone = await talk.Phone("2901", "phone-of-2901");
        await talk.SignedIn("floor-supervisor");
        await using var page = await Open("/board", "supervisor");
        await page.Tab.Run("(() => { const ask = window.fetch; window.fetch = async (what, ...how) => { const answer = await ask(what, ...how); if (String(what.url ?? what).endsWith('/leave')) await new Promise((late) => setTimeout(late, 500)); return answer; }; })()"); // the phone is told before the page is: nothing of the next click is lost
        await page.Click("Monitor Agent 1001");
        var ear = await Talk.Pick(phone, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent);
        await Ears.Hear(talk.Hears, Ears.Agent);
        await page.Shows("Listening to Agent 1001");
        await Look(page, "board-listening");

        await page.Click("Whisper");
        await Ears.Hear(talk.Desk.Ear, Ears.Customer, Ears.Listener);
        await Ears.Hear(talk.Hears, Ears.Agent);
        await page.Shows("Only the agent hears you");
        await page.Click("Barge");
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Listener);
        await page.Click("Leave");
        await ear.Ended();
        await Ears.Hear(talk.Hears, Ears.Agent);

        await page.Click("Monitor Agent 1001");
        ear = await Talk.Pick(phone, Ears.Listener);
        await page.Click("Take over");
        await page.Tab.Run("until('the question', () => document.querySelector('.ant-popconfirm-buttons .ant-btn-primary')).then((e) => { e.click(); })");
        await talk.Desk.Ended();
        await Ears.Hear(talk.Hears, Ears.Listener);
        await talk.Customer.HangUp();
        await ear.Ended();
        Assert.Equal(["agent1001", "floor-supervisor"], (await talk.Told()).Record.Agents);
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_supervisor_changes_an_agents_state_and_looks_into_a_queue_in_which_somebody_waits()
    {
        await using var agent = await product.Agent("1012"); // an even one: of support
        await using var page = await Open("/board", "supervisor");
        await page.Click("Change the state of Agent 1012");
        await page.Click("Not ready");
        await page.Tab.Run("until('Reason', () => field('Reason')).then(() => 1)");
        await page.Click("Save");
        await page.Shows("Not ready and break need a reason");
        await page.Fill("Reason", "Training");
        await page.Tab.Press("Enter");
        await page.Click("Save");
        await page.Shows("Not ready · Training");
        Assert.Equal("training", (await product.Acme.Get("agents/agent1012/presence")).GetProperty("reason").GetString());

        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await page.Row("售前咨询", "1");
        await page.Click("售前咨询");
        await page.Shows("Calls that wait");
        await page.Shows(caller.User);
        await page.Shows("Agent 1011");
        await Look(page, "queue-detail");
        await call.HangUp();
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_call_is_drawn_its_messages_are_shown_and_its_recording_is_played_into_the_log()
    {
        string id, recording;
        await using (var talk = await Talk.Start(product, "1003"))
        {
            await Task.WhenAll(talk.Hears.Hears(heard => heard.Count > 100, "two seconds", TimeSpan.FromSeconds(10)), talk.Desk.Ear.Hears(heard => heard.Count > 100, "two seconds", TimeSpan.FromSeconds(10)));
            await talk.Customer.HangUp();
            await talk.Desk.Ended();
            var record = (await talk.Told()).Record;
            (id, recording) = (record.Id, Assert.Single(record.Recordings));
        }
        await using var page = await Open($"/calls/{id}", "qa");
        await page.Shows("Course of the call");
        await page.Tab.Run("until('a lane of talk', () => document.querySelector('svg.picture rect.do-talk')).then(() => 1)");
        Assert.Contains("Customer: ", (await page.Tab.Run("document.querySelector('svg.picture desc').textContent")).GetString(), StringComparison.Ordinal);
        await page.Tab.Run("until('the legs', () => document.querySelectorAll('.ant-collapse-header').length >= 2 && document.querySelectorAll('.ant-collapse-header')).then((all) => all.forEach((e) => e.click()))");
        await page.Shows("180 Ringing (INVITE)");
        await page.Shows("200 OK (INVITE)");
        await page.Shows("BYE");
        await page.Shows("127.0.0.x");
        await Look(page, "call");

        var loud = await page.Tab.Run("fetch('/api/v1/recordings/" + recording + "/waveform').then((r) => r.json())");
        Assert.True(loud.GetProperty("left").EnumerateArray().Max(peak => peak.GetInt32()) > 10, "the customer is heard");
        Assert.True(loud.GetProperty("right").EnumerateArray().Max(peak => peak.GetInt32()) > 10, "the agent is heard");
        await page.Tab.Run("until('Play', () => named('Play', 'button')).then((e) => e.focus())");
        await page.Tab.Press("Enter");
        await page.Tab.Run("until('sound', () => document.querySelector('audio').currentTime > 0.1).then(() => 1)");
        await page.Tab.Run("until('the slider', () => document.querySelector('[role=slider]')).then((e) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true })))");
        await page.Tab.Run("until('the beginning', () => Number(document.querySelector('[role=slider]').getAttribute('aria-valuenow')) <= 1).then(() => 1)");
        var played = (await product.Acme.Get("audit?action=recordingPlayed")).GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("subject").GetString() == recording).ToList();
        Assert.Contains("qa", Assert.Single(played).ToString(), StringComparison.Ordinal); // many ranges, one playback
        await page.Click("Recordings");
        await page.Click($"Listen {recording}");
        await page.Shows("Copy a link to here");
        await Look(page, "recordings");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_masked_number_is_revealed_with_a_reason_hides_itself_and_is_called_back_unseen()
    {
        await product.Acme.Put("users/floor-leader", new { name = "Leader", role = "teamLeader", password = "leads-the-floor" });
        string id, number;
        await using (var talk = await Talk.Start(product, "1005"))
        {
            await talk.Customer.HangUp();
            await talk.Desk.Ended();
            (id, number) = ((await talk.Told()).Record.Id, talk.CallerPhone.User);
        }
        await using (var page = await Open($"/calls/{id}", "floor-leader", "leads-the-floor"))
        {
            await page.Tab.Run("(() => { const later = window.setTimeout; window.setTimeout = (act, ms, ...rest) => later(act, ms > 50000 && ms <= 60000 ? 3000 : ms, ...rest); })()"); // a minute is long
            await page.Shows("****");
            Assert.DoesNotContain(number, (await page.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);
            await page.Tab.Run("until('Reveal', () => [...document.querySelectorAll('button')].find((e) => e.innerText.trim() === 'Reveal')).then((e) => e.click())");
            await page.Fill("Reason", "calls back about an order");
            await page.Tab.Press("Enter");
            await page.Tab.Run("until('the number', () => ['" + number + "', 'Hide ('].every((text) => document.body.innerText.includes(text))).then(() => 1)");
            await page.Tab.Run("until('the mask again', () => !document.body.innerText.includes('" + number + "')).then(() => 1)");
            Assert.Empty(await page.Violations());
        }

        await using var phone = await product.Agent("1005");
        await using var outside = product.Outside();
        await using var desk = await Open("/desk", "agent1005");
        await desk.Shows("Available");
        await desk.Shows("****");
        await Look(desk, "desk");
        await desk.Click("Call back");
        await (await phone.Rings()).Answer();
        var rung = await outside.Rings();
        await rung.Answer();
        await rung.HangUp();
        await desk.Click("Break");
        await desk.Fill("Reason", "Lunch");
        await desk.Tab.Press("Enter");
        await desk.Click("Save");
        await desk.Shows("Break · Lunch");
        Assert.DoesNotContain(number, (await desk.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);
        Assert.Empty(await desk.Violations());
    }

    async Task<PortalPage> Open(string path, string user, string password = Kit.Product.RunningProduct.Password)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path);
        await page.SignIn(user, password);
        return page;
    }

    static async Task Look(PortalPage page, string name)
    {
        await Album.Keep(page.Tab, name, 1280);
        Assert.Equal("", string.Join("\n", await page.Faults()));
    }
}
