using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CallCenter.Domain.Access;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The admin's pages of people and rights.</summary>
[Trait("Judges", "NoTime")]
public sealed class PeopleTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    const int Many = 10_000;

    [Fact]
    public async Task A_user_is_made_and_switched_off_and_stands_in_the_audit_log()
    {
        await using var page = await Open("/users", "admin");
        await page.Click("New user");
        await page.Fill("User name", "lucy");
        await page.Fill("Name", "Lucy <i>Lu</i>");
        await page.Fill("Password", "a long password");
        await page.Click("Save");
        await page.Shows("Saved");
        await Search(page, "LUCY");
        await page.Row("lucy", "Lucy <i>Lu</i>", "Agent", "", "Active");
        using (var lucy = await ProductApi.SignIn(product.Product.Http, "acme", "lucy", "a long password")) await lucy.Get("session");
        await page.Click("lucy");
        await page.Tab.Run("until('the switch', () => field('Switched off')).then((e) => e.click())");
        await page.Click("Save");
        await page.Row("lucy", "", "", "", "Switched off");
        await page.Click("Audit log");
        await page.Shows("lucy");
        await page.Tab.Run("until('an entry', () => [...document.querySelectorAll('tr')].find((r) => r.innerText.includes('lucy') && r.innerText.includes('Written'))).then((r) => r.querySelector('button').click())");
        await page.Shows("disabled");
        await page.Click("Verify");
        await page.Shows("Every entry is as it was written");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_faulty_table_is_shown_with_its_rows_and_a_good_one_is_taken_after_a_look()
    {
        await using var page = await Open("/agents", "admin");
        await page.Click("Import");
        await Choose(page, "id,name,user,extension,password\n007,Bond,nobody,0801,short\n");
        await page.Shows("Nothing was imported");
        await page.Row("2", "password");
        await page.Row("2", "user", "There is no such user");
        await Choose(page, "id,name,user,extension,queues,password\nbond,邦德,supervisor,0801,sales,a long password\n", "gb18030");
        await page.Shows("New: 1");
        await page.Tab.Run("until('the button', () => [...document.querySelectorAll('.ant-modal button')].find((b) => b.innerText === 'Import' && !b.disabled)).then((b) => b.click())");
        await page.Shows("Imported");
        await page.Click("Close");
        await Search(page, "bon");
        await page.Row("邦德", "", "supervisor", "0801", "售前咨询"); // the leading zero stays
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task One_sets_up_a_second_factor_and_changes_the_password()
    {
        await product.Acme.Put("users/mia", new { name = "Mia", role = "agent", password = "a long password" });
        await using var page = await Open("/account", "mia", "a long password");
        await page.Shows("This session");
        await page.Click("Set up a second factor");
        await page.Shows("Scan the code");
        var secret = (await page.Tab.Run("until('the secret', () => document.querySelector('.ant-typography code')).then((e) => e.innerText)")).GetString()!;
        await page.Fill("Code or recovery code", Totp.Code(Bytes(secret), Totp.StepAt(TimeProvider.System.GetUtcNow())));
        await page.Click("Confirm");
        await page.Shows("Keep these recovery codes");
        await page.Click("I have kept them");
        await page.Shows("A second factor is set up");
        await page.Fill("Present password", "a long password");
        await page.Fill("New password", "an even longer password");
        await page.Fill("New password again", "another password");
        await page.Click("Change password");
        await page.Shows("The two are not the same");
        await page.Fill("New password again", "an even longer password");
        await page.Click("Change password");
        await page.Shows("The password is changed");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_key_is_shown_once_and_opens_nothing_after_it_was_revoked()
    {
        await using var page = await Open("/api-keys", "admin");
        await page.Click("New key");
        await page.Fill("Name", "CRM");
        await page.Click("Save");
        await page.Shows("it is shown this once");
        var key = (await page.Tab.Run("document.querySelector('.ant-modal code').innerText")).GetString()!;
        using var program = new HttpClient { BaseAddress = product.Product.Http };
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.True((await program.GetAsync(new Uri("api/v1/calls", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        await page.Click("I have kept it");
        await page.Row("CRM");
        Assert.DoesNotContain(key, (await page.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);
        await page.Click("Revoke CRM");
        await page.Tab.Run("until('the question', () => document.querySelector('.ant-popconfirm .ant-btn-primary')).then((b) => b.click())");
        await page.Shows("Revoked");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await program.GetAsync(new Uri("api/v1/calls", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task The_policy_names_the_role_whose_addresses_are_wrong_and_is_kept()
    {
        await using var page = await Open("/access-policy", "admin");
        await page.Click("Sees numbers in full · Team leader");
        await page.Click("Save");
        await page.Shows("Saved");
        Assert.Contains("teamLeader", (await product.Acme.Get("access-policy")).GetProperty("seesNumbers").EnumerateArray().Select(role => role.GetString()));
        await page.Tab.Run("until('the addresses', () => document.querySelector('[aria-label=\"Allowed addresses (CIDR) · Planner\"]')).then((e) => { (e.matches('input') ? e : e.querySelector('input')).focus(); })");
        await page.Tab.Type("nowhere");
        await page.Tab.Press("Enter");
        await page.Click("Save");
        await page.Shows("Planner allowedFrom[0]");
        Assert.Empty(await page.Violations());
    }

    [Fact, Trait("Speed", "Long")]
    public async Task Ten_thousand_users_are_imported_searched_and_paged()
    {
        var table = new StringBuilder("id,name,role\n");
        for (var n = 0; n < Many; n++) table.Append(CultureInfo.InvariantCulture, $"crowd-{n:00000},用户 {n},agent\n");
        var clock = Stopwatch.StartNew();
        await using var page = await Open("/users", "admin");
        await page.Click("Import");
        await Choose(page, table.ToString());
        await page.Shows($"New: {Many}");
        await page.Tab.Run("until('the button', () => [...document.querySelectorAll('.ant-modal button')].find((b) => b.innerText === 'Import' && !b.disabled)).then((b) => b.click())");
        await page.Shows("Imported");
        await page.Click("Close");
        var imported = clock.Elapsed;
        clock.Restart();
        await Search(page, "crowd-0999");
        await page.Row("crowd-09999", "用户 9999");
        var searched = clock.Elapsed;
        await Search(page, "crowd-");
        await page.Row("crowd-00000");
        clock.Restart();
        await page.Click("Load more");
        await page.Row("crowd-00099");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Many} users: imported by the page in {imported.TotalSeconds:0.0} s, searched in {searched.TotalMilliseconds:0} ms, next part in {clock.ElapsedMilliseconds} ms");
        await TenThousandAgents(page);
        Assert.Empty(await page.Violations());
    }

    /// <summary>Of the users above; then the lists and forms in which they all stand, and the log of what was done.</summary>
    static async Task TenThousandAgents(PortalPage page)
    {
        var table = new StringBuilder("id,name,user,extension,queues,password\n");
        for (var n = 0; n < Many; n++) table.Append(CultureInfo.InvariantCulture, $"crowd-{n:00000},坐席 {n},crowd-{n:00000},7{n:00000},sales,a long password\n");
        await page.Go("/agents");
        await page.Click("Import");
        await Choose(page, table.ToString());
        await page.Shows($"New: {Many}");
        await page.Tab.Run("until('the button', () => [...document.querySelectorAll('.ant-modal button')].find((b) => b.innerText === 'Import' && !b.disabled)).then((b) => b.click())");
        await page.Shows("Imported");
        await page.Click("Close");
        var clock = Stopwatch.StartNew();
        await Search(page, "crowd-0999");
        await page.Row("坐席 9999", "", "crowd-09999", "709999", "售前咨询");
        var searched = clock.ElapsedMilliseconds;
        await page.Click("New agent");
        clock.Restart();
        await page.Choose("User", "crowd-09998 · 用户 9998", typed: "crowd-09998");
        var chosen = clock.ElapsedMilliseconds;
        await page.CloseForm();
        clock.Restart();
        await page.Go("/audit");
        await page.Shows("709999"); // an import writes the extensions last
        var log = clock.ElapsedMilliseconds;
        await page.Click("Load more");
        clock.Restart();
        await page.Go("/board");
        await page.Row("售前咨询", "0", "", "0", "0");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Many} agents: searched in {searched} ms, one of as many users chosen in {chosen} ms, the log in {log} ms, the board in {clock.ElapsedMilliseconds} ms");
    }

    async Task<PortalPage> Open(string path, string user, string password = RunningProduct.Password)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path);
        await page.Shows("Password");
        await page.SignIn(user, password);
        await page.Shows("Skip to content");
        return page;
    }

    static async Task Search(PortalPage page, string text)
    {
        await page.Tab.Run("until('the search', () => document.querySelector('.seek input')).then((e) => { e.focus(); e.select(); })");
        await page.Tab.Type(text);
        await page.Tab.Press("Enter");
    }

    /// <summary>Puts a file into the page's file field.</summary>
    static Task Choose(PortalPage page, string table, string encoding = "utf-8")
    {
        var bytes = Convert.ToBase64String(CodePagesEncodingProvider.Instance.GetEncoding(encoding) is { } code ? code.GetBytes(table) : Encoding.UTF8.GetBytes(table));
        return page.Tab.Run($"until('the file field', () => document.querySelector('.ant-modal input[type=file]')).then((e) => {{ const held = new DataTransfer(); held.items.add(new File([Uint8Array.from(atob({JsonSerializer.Serialize(bytes)}), (c) => c.charCodeAt(0))], 'table.csv', {{ type: 'text/csv' }})); e.files = held.files; e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})");
    }

    /// <summary>Base32 (RFC 4648 §6), as a person's app reads it.</summary>
    static byte[] Bytes(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(n => Convert.ToByte(bits.Substring(n * 8, 8), 2))];
    }
}
