using CallCenter.Domain.Access;
using CallCenter.Kit.OpenId;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A product whose mails come to the test.</summary>
public sealed class MailedProduct : ProductFixture
{
    readonly Mailbox mailbox = new();

    internal Mailbox Mailbox => mailbox;

    protected override string[] Settings => ["--Demo:Agents=2", "--Mail:Host=127.0.0.1", $"--Mail:Port={mailbox.Port}", "--Mail:From=noreply@example.com", "--Mail:Tls=false"];
}

/// <summary>What stands before the pages: second factors, forgotten passwords, sessions that end.</summary>
[Trait("Judges", "NoTime")]
public sealed class DoorTests(MailedProduct product, PortalBrowser browser) : IClassFixture<MailedProduct>, IClassFixture<PortalBrowser>
{
    [Fact]
    public async Task Whose_role_demands_a_second_factor_sets_it_up_first_and_is_asked_for_a_code_from_then_on()
    {
        await product.Acme.Put("access-policy", new { signIn = new[] { new { role = "trainer", secondFactor = true } } });
        await product.Acme.Put("users/door-trainer", new { name = "Trainer", role = "trainer", password = "teaches-the-floor" });
        await using var page = await Open("/calls");
        await page.SignIn("door-trainer", "teaches-the-floor");
        await page.Shows("Set up a second factor");
        var secret = (await page.Tab.Run("until('the secret', () => document.querySelector('.figures')).then((e) => e.innerText.trim())")).GetString()!;
        await Look(page, "enrol");
        await page.Fill("Code or recovery code", Totp.Code(Bytes(secret), Totp.StepAt(TimeProvider.System.GetUtcNow())));
        await page.Tab.Press("Enter");
        await page.Shows("Keep these recovery codes");
        var recovery = (await page.Tab.Run("document.querySelector('.codes code').innerText")).GetString()!;
        await page.Click("I have kept them");
        await page.Shows("Calling or called number");

        await page.Click("Sign out");
        await page.SignIn("door-trainer", "teaches-the-floor");
        await page.Fill("Code of the second factor", "123");
        await page.Tab.Press("Enter");
        await page.Shows("Unknown user, or wrong password");
        await Look(page, "code");
        await page.Fill("Code of the second factor", recovery);
        await page.Tab.Press("Enter");
        await page.Shows("Calling or called number");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task Who_forgot_the_password_sets_a_new_one_by_the_link_in_the_mail_which_opens_once()
    {
        await product.Acme.Put("users/door-forgetful", new { name = "Forgetful", role = "qaInspector", password = "long-forgotten", email = "forgetful@example.com" });
        var mail = product.Mailbox.Next();
        await using (var page = await Open("/"))
        {
            await page.Click("Forgot your password?");
            await page.Shows("Reset your password");
            await page.Fill("User name", "door-forgetful");
            await page.Tab.Press("Enter");
            await page.Shows("Look into your mailbox");
        }
        var text = await mail.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var link = new Uri(text.Split('\n').Single(line => line.Contains("/reset#", StringComparison.Ordinal)).Trim());
        await using (var page = await Open(link.PathAndQuery + link.Fragment))
        {
            await page.Fill("New password", "never-forgotten");
            await page.Fill("Once more", "never-forgotten");
            await Look(page, "reset");
            await page.Tab.Press("Enter");
            await page.Shows("The password is set");
            await page.Click("Sign in");
            await page.Shows("Forgot your password?");
            await page.SignIn("door-forgetful", "never-forgotten");
            await page.Shows("Calling or called number");
            Assert.Empty(await page.Violations());
        }
        await using var again = await Open(link.PathAndQuery + link.Fragment);
        await again.Fill("New password", "somebody-elses");
        await again.Fill("Once more", "somebody-elses");
        await again.Tab.Press("Enter");
        await again.Shows("The link holds no more");
    }

    [Fact]
    public async Task A_session_that_was_ended_leads_to_the_sign_in_and_back_to_the_page()
    {
        await product.Acme.Put("users/door-guest", new { name = "Guest", role = "qaInspector", password = "stays-for-a-while" });
        await using var page = await Open("/calls");
        await page.SignIn("door-guest", "stays-for-a-while");
        await page.Shows("Calling or called number");
        await product.Acme.Status(HttpMethod.Delete, "users/door-guest/sessions");
        await page.Click("Refresh");
        await page.Shows("Your session has ended");
        await page.SignIn("door-guest", "stays-for-a-while");
        await page.Shows("Calling or called number");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_firms_admin_sets_its_identity_provider_and_its_button_lets_people_in()
    {
        await using var provider = await SmallProvider.Start();
        await product.Acme.Put("users/door-ada", new { name = "Ada", role = "qaInspector", password = "never-used-by-her", email = "ada@example.com" });
        await using (var page = await Open("/identity-provider"))
        {
            await page.SignIn("admin");
            await page.Shows($"http://acme.localhost:{product.Product.HttpPort}/api/v1/session/oidc/callback");
            foreach (var (label, text) in new[] { ("Issuer", provider.Issuer), ("Client id", SmallProvider.ClientId), ("Client secret", SmallProvider.Secret), ("Name on the button", "Small") }) await page.Fill(label, text);
            await page.Tab.Run("field('People sign in by it').click()");
            await page.Click("Save");
            await page.Shows("One is kept");
            await Look(page, "identity-provider");
        }
        await using (var page = await Open("/calls"))
        {
            await page.Shows("Sign in with Small");
            await Look(page, "identity-provider-door");
            await page.Click("Sign in with Small");
            await page.Arrives("Calling or called number");
            Assert.Empty(await page.Violations());
        }
        (provider.Person["sub"], provider.Person["email"]) = ("2", "nobody@example.com");
        await using (var page = await Open("/calls"))
        {
            await page.Click("Sign in with Small");
            await page.Arrives("you have no account here");
            await Look(page, "identity-provider-unknown");
            Assert.Empty(await page.Violations());
        }
        await product.Acme.Put("identity-provider", new { enabled = false });
    }

    [Fact]
    public async Task The_operator_sees_which_trunk_answers_and_which_does_not()
    {
        using var operators = await product.Product.SignIn(null, "operator");
        await operators.Put("operator/trunks/there", new { target = $"127.0.0.1:{product.Product.SipPort}" }); // the edge answers to anybody's question
        await operators.Put("operator/trunks/gone", new { target = "127.0.0.1:9" });
        await browser.Chromium.Forget();
        await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/trunks", host: "localhost");
        await page.SignIn("operator");
        await page.Shows("Answers · ");
        await page.Shows("Does not answer (");
        await page.Shows("Not asked"); // the demo's own
        await Look(page, "trunks");
        foreach (var trunk in new[] { "there", "gone" }) await operators.Status(HttpMethod.Delete, $"operator/trunks/{trunk}");
        Assert.Empty(await page.Violations());
    }

    /// <summary>Base32 (RFC 4648 §6).</summary>
    static byte[] Bytes(string text)
    {
        var (bytes, bits, held) = (new List<byte>(), 0u, 0);
        foreach (var letter in text)
        {
            bits = bits << 5 | (uint)"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal);
            if ((held += 5) < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return [.. bytes];
    }

    /// <summary>Nobody is signed in.</summary>
    async Task<PortalPage> Open(string path)
    {
        await browser.Chromium.Forget();
        return await PortalPage.Open(browser.Chromium, product.Product, path);
    }

    static async Task Look(PortalPage page, string name)
    {
        await Album.Keep(page.Tab, name);
        Assert.Equal("", string.Join("\n", await page.Faults()));
    }
}
