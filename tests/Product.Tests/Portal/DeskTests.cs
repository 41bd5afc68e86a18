using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Portal;

/// <summary>An agent at work in the portal, whose phone is the page itself.</summary>
[Trait("Judges", "NoTime")]
public sealed class DeskTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>dB of a tone over all else, as heard.</summary>
    const double Pure = 15;

    [Fact]
    public async Task An_agent_takes_a_call_by_keyboard_holds_it_presses_keys_transfers_it_and_is_free_again()
    {
        await using var desk = await Desk("agent1001");
        await using var other = await product.Agent("1021");
        await using var caller = product.Caller();
        var call = await Ringing(desk, caller);
        await Look(desk.Page, "desk-pop");
        await desk.Page.Tab.PressAlt('A');
        await Talk(desk, call);
        await Look(desk.Page, "desk-talk");
        await desk.Page.Tab.PressAlt('H');
        await desk.Page.Shows("Retrieve");
        await Ears.Music(call.Ear);
        await desk.Page.Tab.PressAlt('H');
        await desk.Page.Shows("Hold");
        await Ears.Hear(call.Ear, Ears.Agent);
        await desk.Page.Tab.PressAlt('M');
        await desk.Page.Shows("Unmute");
        await Ears.Silence(call.Ear);
        await desk.Page.Tab.PressAlt('M');
        await desk.Page.Shows("Mute");
        await Ears.Hear(call.Ear, Ears.Agent);

        await desk.Page.Tab.PressAlt('K');
        await desk.Page.Tab.Run("until('the keypad', () => document.activeElement?.getAttribute('aria-label') === 'Pressed keys').then(() => 1)");
        call.Ear.Forget();
        await desk.Page.Click("5");
        await call.Ear.Hears(heard => heard.Any(packet => !packet.IsAudio && packet.Payload is [5, ..]), "the key 5", Patience.Usual);
        await desk.Page.Tab.PressAlt('K');

        await desk.Page.Tab.PressAlt('T');
        await Find(desk.Page, "1021");
        await desk.Page.Tab.Run("until('the colleague', () => named('Transfer Agent 1021 · 1021', 'button')).then((e) => { e.focus(); })");
        await desk.Page.Tab.Press("Enter");
        var rung = await Conversations.Talk.Pick(other, Ears.Third);
        await Ears.Hear(call.Ear, Ears.Third);
        await desk.Page.Shows("Available");
        await call.HangUp();
        await rung.Ended();
        Assert.Equal(["agent1001", "agent1021"], (await product.Told(caller)).Record.Agents);
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    [Fact]
    public async Task Of_two_tabs_one_has_the_phone_and_a_call_moves_along_when_it_is_taken_or_the_page_is_loaded_again()
    {
        await using var desk = await Desk("agent1003");
        await using var caller = product.Caller();
        var call = await Ringing(desk, caller);
        await desk.Page.Click("Answer");
        await Talk(desk, call);

        await using var second = await DeskPhone.OpenTab(browser.Chromium, product.Product, Ears.Third);
        await second.Page.Shows("The phone is in another tab");
        await Ears.Hear(call.Ear, Ears.Agent);
        Assert.Equal(0, await second.Sent());
        await second.Page.Click("Take it here");
        await second.Page.Shows("Hang up"); // the ear is not asked to wait for a page
        await Ears.Hear(call.Ear, Ears.Third);
        await desk.Page.Shows("The phone is in another tab");
        var before = await desk.Sent();
        await call.Ear.HearsPackets(50);
        Assert.Equal(before, await desk.Sent()); // it sends nothing any more

        await desk.DisposeAsync();
        await second.Page.Tab.Press("Tab"); // who never touched a page is not asked by browsers
        await second.Page.Tab.ReloadThoughAsked();
        await second.Page.Shows("Hang up"); // the call stands on the desk again
        await Ears.Hear(call.Ear, Ears.Third);
        await second.Page.Tab.PressAlt('X');
        await second.Page.Shows("Available");
        Assert.Single((await product.Told(caller)).Record.Agents);
        await second.Leave();
    }

    [Fact]
    public async Task An_agent_dials_consults_and_makes_a_conference_of_three()
    {
        await using var desk = await Desk("agent1005");
        await using var other = await product.Agent("1025");
        await using var outside = product.Outside();
        await desk.Page.Tab.PressAlt('N');
        await Find(desk.Page, "13900001111");
        await desk.Page.Click("Call 13900001111");
        var customer = await Conversations.Talk.Pick(outside, Ears.Customer);
        await Ears.Hear(customer.Ear, Ears.Agent);
        Assert.InRange(await desk.Ear.Hears(Ears.Customer, Pure), Pure, double.PositiveInfinity);

        await desk.Page.Tab.PressAlt('T');
        await Find(desk.Page, "1025");
        await desk.Page.Click("Consult Agent 1025 · 1025");
        var asked = await Conversations.Talk.Pick(other, Ears.Third);
        await Ears.Hear(asked.Ear, Ears.Agent);
        await Ears.Music(customer.Ear);
        await desk.Page.Click("Conference");
        await Ears.Hear(customer.Ear, Ears.Agent, Ears.Third);
        await Ears.Hear(asked.Ear, Ears.Agent, Ears.Customer);
        await desk.Page.Tab.PressAlt('X');
        await Ears.Hear(customer.Ear, Ears.Third);
        await customer.HangUp();
        await asked.Ended();
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    [Fact]
    public async Task A_call_that_is_passed_on_arrives_with_the_half_filled_form_and_opens_in_the_firms_crm()
    {
        await product.Acme.Put("cti", new { url = "https://crm.example.com/open?call={call}&staff={staffNumber}", opensItself = true, origins = new[] { "https://crm.example.com" } });
        await using var first = await product.Agent("1027"); // free for longer than the desk: the call comes here
        await product.AgentsFree("sales", 1);
        await using var desk = await Desk("agent1007");
        await desk.Page.Tab.Run("(() => { window.told = []; window.opened = []; window.opener = { postMessage: (message, origin) => told.push(`${origin} ${message.event.kind}`) }; window.open = (...given) => { opened.push(given.join(' ')); return null; }; return 1; })()");
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        var rung = await Conversations.Talk.Pick(first, Ears.Third);
        await Ears.Hear(call.Ear, Ears.Third);

        using var colleague = await product.Product.SignIn("acme", "agent1027");
        var id = await product.Acme.CallOf(caller.User);
        await colleague.Put($"calls/{id}/summary", new { callType = "repair-fault-power", note = "空调不通电", final = false });
        await colleague.Call($"/{id}/transfer", new { to = new { agent = "agent1007" } });
        await desk.Page.Shows("Incoming call");
        await desk.Page.Shows("8007"); // the agent's staff number
        Assert.Equal($"https://crm.example.com/open?call={id}&staff=8007 _blank noopener,noreferrer", (await desk.Page.Tab.Run("until('the CRM', () => opened[0])")).GetString());
        Assert.Equal(1, (await desk.Page.Tab.Run("opened.length")).GetInt32());
        Assert.Contains("https://crm.example.com offer", (await desk.Page.Tab.Run("told")).EnumerateArray().Select(told => told.GetString()));
        await desk.Page.Tab.PressAlt('A');
        await rung.Ended();
        await Talk(desk, call);
        Assert.Equal("空调不通电", (await desk.Page.Tab.Run("until('the note', () => field('Note')?.value)")).GetString());
        await desk.Page.Shows("报修 Repair / 设备故障 Fault / 不通电 No power");
        await desk.Page.Shows("Taken over from");
        Assert.Equal($"https://crm.example.com/open?call={id}&staff=8007", (await desk.Page.Tab.Run("named('Open in the CRM', 'a').href")).GetString());
        await Look(desk.Page, "desk-passed-on");

        await PassesOn(desk, call, id);
        await product.Acme.Put("cti", new { url = "" });
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    /// <summary>From the page to the next one, with a word more in the form.</summary>
    async Task PassesOn(DeskPhone desk, PhoneCall call, string id)
    {
        await using var last = await product.Agent("1029");
        await desk.Page.Fill("Note", "空调不通电，已重启");
        await desk.Page.Tab.PressAlt('T');
        await Find(desk.Page, "1029");
        await desk.Page.Click("Transfer Agent 1029 · 1029");
        var passed = await Conversations.Talk.Pick(last, Ears.Third);
        await Ears.Hear(call.Ear, Ears.Third);
        using var third = await product.Product.SignIn("acme", "agent1029");
        Assert.Equal("空调不通电，已重启", (await third.Get($"calls/{id}/summary")).GetProperty("note").GetString()); // every word, though none was saved by the clock yet
        await call.HangUp();
        await passed.Ended();
    }

    [Fact]
    public async Task An_agent_has_its_calls_come_to_a_telephone_outside_once_the_firm_allows_it()
    {
        await product.Acme.Put("station-rules", new { outsideNumbers = true });
        await using var telephone = product.Outside();
        await using var desk = await Desk("agent1009");
        await desk.Page.Click("Outside");
        await desk.Page.Fill("Telephone number", "110");
        await desk.Page.Tab.Press("Enter");
        await desk.Page.Shows("is an emergency number");
        Assert.Equal("", string.Join("\n", await desk.Page.Faults()));
        await Album.Keep(desk.Page.Tab, "desk-number");
        await desk.Page.Fill("Telephone number", "13900139109");
        await desk.Page.Tab.Press("Enter");
        await desk.Page.Shows("Calls ring at +8613900139109");

        await using var caller = product.Caller();
        var call = await Ringing(desk, caller);
        await desk.Page.Shows("Answer your telephone and press 1");
        var rung = await telephone.Rings();
        await desk.Page.Tab.Resize(360, 900);
        Assert.True((await desk.Page.Tab.Run("document.documentElement.scrollWidth")).GetInt32() <= 360);
        Assert.Equal("", string.Join("\n", await desk.Page.Faults()));
        await Album.Keep(desk.Page.Tab, "desk-outside");
        await desk.Page.Tab.Resize(1280, 900);
        rung.Ear.SayTone(Ears.Agent);
        await rung.Answer();
        await Heard.Sound(rung.Ear);
        await rung.Press('1');
        await Ears.Hear(call.Ear, Ears.Agent);
        await desk.Page.Shows("Hang up");
        await desk.Page.Tab.PressAlt('M');
        await desk.Page.Shows("Unmute");
        await Ears.Silence(call.Ear);
        await desk.Page.Tab.PressAlt('X');
        await rung.Ended();
        Assert.Equal(["agent1009"], (await product.Told(caller)).Record.Agents);
        await ProductApi.Until(async () => (await product.Acme.Get("agents/agent1009/presence")).GetProperty("work").GetString(), work => work == "idle", "the agent is free", Patience.Usual);
        await desk.Page.Click("This browser");
        await desk.Page.Shows("Ready: calls come to this page");
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    [Fact]
    public async Task Devices_are_chosen_and_tried_by_keys_alone()
    {
        await using var desk = await Desk("agent1009");
        var keys = new Keyboard(desk.Page);
        await keys.Press("Microphone and loudspeaker");
        await desk.Page.Tab.Run("until('the dialog with the focus in it', () => document.activeElement?.closest('.ant-modal')).then(() => 1)");
        await keys.Choose("Microphone", "Fake Audio Input 2");
        await keys.Choose("Loudspeaker", "Fake Audio Output 2");
        await keys.Choose("Rings at", "Fake Audio Output 1");
        await keys.Switch("Suppress echo and noise (good headsets do it themselves)");
        Assert.Equal("false", (await desk.Page.Tab.Run("until('the choice', () => { const kept = JSON.parse(localStorage.getItem('callcenter-devices') ?? '{}'); return kept.microphone && kept.speaker && kept.ringer && String(kept.processing); })")).GetString());
        await keys.Press("Try the ring tone");
        await Loud(desk, "Loudness of what you say");
        await keys.Press("Test: hear yourself");
        await Loud(desk, "Loudness of what you hear");
        Assert.InRange(await desk.Ear.Hears(Ears.Agent, Pure), Pure, double.PositiveInfinity);
        await Look(desk.Page, "devices");
        await desk.Page.Click("中文");
        await desk.Page.Shows("回声和噪声");
        Assert.Empty(await desk.Page.Faults());
        foreach (var width in new[] { 360, 1280 }) await Album.Keep(desk.Page.Tab, $"devices-zh-{width}", width);
        await desk.Page.Click("English");
        await keys.Press("End the test");
        await desk.Page.Tab.Press("Escape");
        await desk.Page.Tab.Run("until('the focus where it was', () => !document.querySelector('.ant-modal') && nameOf(document.activeElement) === 'Microphone and loudspeaker').then(() => 1)");
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    static Task Loud(DeskPhone desk, string meter) => desk.Page.Tab.Run($"until('{meter}', () => document.querySelector('meter[aria-label=\"{meter}\"]')?.value > 0.2).then(() => 1)");

    /// <summary>A customer whose call is on the desk's screen.</summary>
    async Task<PhoneCall> Ringing(DeskPhone desk, Phone caller)
    {
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        await desk.Page.Shows("Incoming call");
        return call;
    }

    static async Task Talk(DeskPhone desk, PhoneCall call)
    {
        await Ears.Hear(call.Ear, Ears.Agent);
        Assert.InRange(await desk.Ear.Hears(Ears.Customer, Pure), Pure, double.PositiveInfinity);
    }

    static async Task Find(PortalPage page, string text)
    {
        await page.Tab.Run("until('the search', () => document.activeElement?.getAttribute('aria-label') === 'Name, extension or number').then(() => 1)");
        await page.Tab.Type(text);
    }

    async Task<DeskPhone> Desk(string user)
    {
        await browser.Chromium.Forget();
        await product.Acme.Put("queues/sales", new { ringSeconds = 60 }); // pictures are taken while it rings
        return await DeskPhone.Open(browser.Chromium, product.Product, user, Ears.Agent);
    }

    /// <summary>Both themes, wide and narrow.</summary>
    static async Task Look(PortalPage page, string name)
    {
        foreach (var (width, theme) in new[] { (1280, "light"), (360, "light"), (1280, "dark"), (360, "dark") })
        {
            await page.Tab.Resize(width, 900);
            await page.Tab.Run("until('the theme', () => document.documentElement.dataset.theme === '" + theme + "' || named('Dark', 'button')?.click() || named('Light', 'button')?.click()).then(() => 1)");
            Assert.Equal("", string.Join("\n", await page.Faults()));
            await Album.Keep(page.Tab, $"{name}-{theme}-{width}");
            Assert.True((await page.Tab.Run("document.documentElement.scrollWidth")).GetInt32() <= width, $"{name} is wider than {width}");
        }
        await page.Tab.Resize(1280, 900);
    }
}
