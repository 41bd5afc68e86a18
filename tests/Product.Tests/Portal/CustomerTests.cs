using System.Text;
using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>Customers and summaries, from the ring to the table, in a browser.</summary>
[Trait("Judges", "NoTime")]
public sealed class CustomerTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    [Fact]
    public async Task An_agent_writes_down_who_called_and_what_for_and_a_killed_program_loses_none_of_it()
    {
        await MakeCallTypes();
        var call = await Talk();
        await using (var page = await Open($"/calls/{call}", "agent1003"))
        {
            await page.Shows("This number is nobody's yet");
            await page.Shows("****"); // and the agent does not see which it is
            await page.Click("New customer");
            await page.Fill("Name", "李雷");
            await page.Click("Save");
            await page.Shows("Last agent");
            await page.Shows("李雷");
            await page.Fill("Note", "冰箱不制冷，客户很着急");
            await page.Shows("Saved at");
            await Look(page, "call-draft");
            product.Product.Process.Kill();
        }
        await product.Product.StartAgain();
        await using var again = await Open($"/calls/{call}", "agent1003");
        await again.Shows("Your draft is back");
        Assert.Equal("冰箱不制冷，客户很着急", (await again.Tab.Run("until('the note', () => field('Note')?.value)")).GetString());
        await again.Click("Finish the summary");
        await again.Shows("This is needed"); // a call type
        await Choose(again, "Call type", "报修 / 冰箱");
        await Choose(again, "Result", "已解决");
        await again.Click("Finish the summary");
        await again.Shows("Final");
        await again.Click("Back to calls");
        await again.Shows("My calls");
        Assert.DoesNotContain("Calls without a summary", (await again.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);
        Assert.Empty(await again.Violations());

        await using var qa = await Open($"/calls/{call}", "qa");
        await qa.Shows("报修 / 冰箱");
        await qa.Shows("冰箱不制冷");
        Assert.Empty(await qa.Violations());
    }

    [Fact]
    public async Task In_after_call_work_the_desk_has_the_form_whenever_it_is_opened_until_the_summary_is_done()
    {
        await MakeCallTypes();
        await product.Acme.Put("agents/agent1005", new { afterCallSeconds = 600 });
        await Talk("1005", "afterCall");
        await using var page = await Open("/desk", "agent1005");
        await page.Fill("Note", "明天上午回电");
        await page.Go("/account");
        await page.Go("/desk");
        await HasNote(page, "明天上午回电");
        await page.Tab.Reload();
        await HasNote(page, "明天上午回电");
        await Choose(page, "Call type", "报修 / 冰箱");
        await Choose(page, "Result", "已解决");
        await page.Click("Finish the summary");
        await page.Tab.Run("until('the form to go', () => !field('Note')).then(() => 1)");
        await ProductApi.Until(() => Work("1005"), work => work == "idle", "the end of the after-call work", TimeSpan.FromSeconds(10));
        await page.Go("/account");
        await page.Go("/desk");
        Assert.False((await page.Tab.Run("!!field('Note')")).GetBoolean());
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task Customers_are_imported_found_and_changed_and_both_languages_can_be_used_by_everybody()
    {
        await using var page = await Open("/customers", "admin");
        await page.Click("Import");
        await File(page, "name,numbers,level\n王芳,none,\n");
        await page.Row("2", "numbers");
        await File(page, "id,name,numbers,level,field.城市\nc-0071,王芳,0013800001,钻石,上海\nc-0072,Bob <b>B</b>,13700000001;010-87654321,,\n");
        await page.Shows("New: 2");
        await page.Tab.Run("until('the button', () => [...document.querySelectorAll('.ant-modal button')].find((b) => b.innerText === 'Import' && !b.disabled)).then((b) => b.click())");
        await page.Shows("Imported");
        await page.Click("Close");
        await page.Row("王芳", "Diamond", "0013800001"); // the leading zeros stay
        await page.Tab.Run("until('the search', () => document.querySelector('.seek input')).then((e) => { e.focus(); e.select(); })");
        await page.Tab.Type("bob");
        await page.Tab.Press("Enter");
        await page.Row("Bob <b>B</b>", "Normal");
        await page.Click("Bob <b>B</b>");
        await page.Fill("Name", "Bob");
        await Look(page, "customer");
        await page.Click("Save");
        await page.Row("Bob");
        Assert.Empty(await page.Violations());

        foreach (var (path, text) in new[] { ("/customers", "客户等级"), ("/call-types", "添加类型") })
        {
            await using var chinese = await PortalPage.Open(browser.Chromium, product.Product, path, "zh", "dark");
            await chinese.Shows(text);
            await Look(chinese, "zh" + path.Replace('/', '-'));
            Assert.Empty(await chinese.Violations());
        }
    }

    [Fact]
    public async Task An_admin_grows_the_tree_of_call_types_and_a_card()
    {
        await using var page = await Open("/call-types", "admin");
        await page.Click("Add a call type");
        await Type(page, "Call type without a name", "投诉");
        await page.Click("Add below 投诉");
        await Type(page, "Call type without a name", "态度");
        await page.Click("Add a result");
        await Type(page, "Result without a name", "已转派");
        await Look(page, "call-types");
        await page.Click("Save");
        await page.Shows("Saved");
        var types = (await product.Acme.Get("call-types")).GetProperty("types").EnumerateArray().ToList();
        var complaint = types.Single(type => type.GetProperty("name").GetString() == "投诉");
        Assert.Equal(complaint.GetProperty("id").GetString(), types.Single(type => type.GetProperty("name").GetString() == "态度").GetProperty("parent").GetString());
        await page.Click("Script cards");
        await page.Fill("Greet", "您好，这里是 Acme");
        await page.Tab.Run("until('the button', () => [...document.querySelectorAll('[role=tabpanel]:not([aria-hidden=true]) button')].find((b) => b.innerText === 'Save')).then((b) => b.click())");
        await ProductApi.Until(async () => (await product.Acme.Get("scripts")).GetProperty("items").GetArrayLength(), count => count == 1, "a script card", TimeSpan.FromSeconds(10));
        Assert.Empty(await page.Violations());
    }

    Task MakeCallTypes() => product.Acme.Put("call-types", new
    {
        types = new object[] { new { id = "repair", name = "报修", mandatory = Array.Empty<string>() }, new { id = "fridge", name = "冰箱", parent = "repair", mandatory = new[] { "result" } } },
        results = new[] { new { id = "solved", name = "已解决" } },
        fields = new[] { new { id = "serial", name = "序列号", choices = Array.Empty<string>() } },
    });

    /// <summary>A call in which the agent with this extension talked; its id.</summary>
    /// <param name="after">What the agent does then.</param>
    async Task<string> Talk(string extension = "1003", string after = "idle")
    {
        await using var agent = await product.Agent(extension);
        await using var caller = product.Caller();
        await product.AgentsFree("sales", 1);
        var call = caller.Dial(Numbers.AcmeSales);
        var rung = await agent.Rings();
        await rung.Answer();
        await call.Answered();
        await ProductApi.Until(() => Work(extension), work => work == "talking", "the talk", TimeSpan.FromSeconds(10));
        await call.HangUp();
        await rung.Ended();
        await ProductApi.Until(() => Work(extension), work => work == after, after, TimeSpan.FromSeconds(10));
        return (await product.Told(caller)).Record.Id;
    }

    async Task<string?> Work(string extension) => (await product.Acme.Get($"agents/agent{extension}/presence")).GetProperty("work").GetString();

    async Task<PortalPage> Open(string path, string user)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path);
        await page.Shows("Password");
        await page.SignIn(user);
        await page.Shows("Skip to content");
        return page;
    }

    static Task Type(PortalPage page, string label, string text) => page.Tab.Run($"until({Text(label)}, () => document.querySelector(`[aria-label=${{JSON.stringify({Text(label)})}}]`)).then((e) => {{ Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, {Text(text)}); e.dispatchEvent(new Event('input', {{ bubbles: true }})); }})");

    static Task HasNote(PortalPage page, string note) => page.Tab.Run($"until({Text(note)}, () => field('Note')?.value === {Text(note)}).then(() => 1)");

    /// <summary>Chooses one of a list by keyboard.</summary>
    static async Task Choose(PortalPage page, string label, string text)
    {
        await page.Tab.Run($"until({Text(label)}, () => field({Text(label)})).then((e) => {{ e.focus(); e.dispatchEvent(new MouseEvent('mousedown', {{ bubbles: true }})); }})");
        await page.Tab.Run($"until({Text(text)}, () => [...document.querySelectorAll('.ant-select-item-option')].find((e) => e.innerText.trim() === {Text(text)})).then((e) => {{ e.click(); }})");
    }

    /// <summary>Puts a table into the page's file field.</summary>
    static Task File(PortalPage page, string table) => page.Tab.Run(
        $"until('the file field', () => document.querySelector('.ant-modal input[type=file]')).then((e) => {{ const held = new DataTransfer(); held.items.add(new File([Uint8Array.from(atob({Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(table)))}), (c) => c.charCodeAt(0))], 'table.csv', {{ type: 'text/csv' }})); e.files = held.files; e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})");

    static async Task Look(PortalPage page, string name)
    {
        await Album.Keep(page.Tab, name, 1280);
        Assert.Equal("", string.Join("\n", await page.Faults()));
    }

    static string Text(string text) => JsonSerializer.Serialize(text);
}
