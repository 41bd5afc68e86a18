using CallCenter.Kit.Phones;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The first day of a firm that has a number and an admin and nothing else: people and phones, a queue, a flow, and the first call. What the phones need is what the pages showed.</summary>
sealed class FirstDay(ProductFixture product, Func<string, Task<PortalPage>> open, string host, string number) : IAsyncDisposable
{
    const string Password = "a password of one's own";
    readonly List<Phone> phones = [];
    string? agentsPassword, leadersPassword;

    public async Task TheAdminSetsItUp(string password)
    {
        await using var page = await open("/users");
        await page.SignIn("admin", password);
        await User(page, "lucy", "Lucy", "Agent");
        await User(page, "boss", "Boss", "Duty manager");
        await page.Click("Queues");
        await page.Click("New queue");
        await page.Fill("Id", "care");
        await page.Fill("Name", "Care");
        await page.Click("Save");
        await page.Row("Care", "care");
        await page.Click("Agents");
        agentsPassword = await Agent(page, "lucy", "Lucy", "2001", "Care");
        leadersPassword = await Agent(page, "boss", "Boss", "2002", null);
        await page.Row("Lucy", "", "lucy", "2001", "Care");
        await Flow(page);
        await page.Click("Access numbers");
        await page.Choose($"Choose a flow {number}", "Main");
        await page.Shows("Saved");
        Assert.Empty(await page.Violations());
    }

    static async Task User(PortalPage page, string id, string name, string role)
    {
        await page.Click("New user");
        await page.Fill("User name", id);
        await page.Fill("Name", name);
        await page.Choose("Role", role);
        await page.Fill("Password", Password);
        await page.Click("Save");
        await page.Row(id, name, role, "", "Active");
    }

    /// <summary>An agent with a new extension; its password, which is shown once.</summary>
    static async Task<string> Agent(PortalPage page, string id, string name, string extension, string? queue)
    {
        await page.Click("New agent");
        await page.Fill("Id", id);
        await page.Fill("Name", name);
        await page.Choose("User", $"{id} · {name}", typed: id);
        await page.Fill("Extension", extension);
        if (queue is not null) await page.Choose("Queues", queue);
        await page.Click("Save");
        await page.Shows("it is shown this once");
        var shown = (await page.Tab.Run("until('the account', () => document.querySelectorAll('.ant-modal code').length === 4 && [...document.querySelectorAll('.ant-modal code')].map((e) => e.innerText.trim()))")).EnumerateArray().Select(one => one.GetString()!).ToArray();
        Assert.Equal([$"{extension}@initech.localhost", "initech.localhost", extension], shown[..3]);
        await page.Click("Done");
        return shown[3];
    }

    /// <summary>The one that a new flow is made from, with a menu that is asked three times.</summary>
    static async Task Flow(PortalPage page)
    {
        await page.Click("Flows");
        await page.Click("New flow");
        await page.Fill("Id", "main");
        await page.Fill("Name", "Main");
        await page.Choose("Callers are put into", "Care");
        await page.Click("Save");
        await page.Shows("In force: version 1");
        await page.Click("Menu menu");
        await page.Fill("Times it is asked", "3");
        await page.Shows("Draft with changes");
        await page.Tab.Reload();
        await page.Shows("Draft with changes"); // it survives
        await page.Click("Publish");
        await page.Shows("In force: version 2");
    }

    public async Task TheFirstCallIsServedAndHeardByTheLeader()
    {
        var agent = await Registered("2001", agentsPassword);
        var leader = await Registered("2002", leadersPassword);
        await using var page = await open("/");
        await page.SignIn("boss", Password);
        await page.Row("Care", "0", "", "1", "1");
        var caller = product.Caller();
        phones.Add(caller);
        var call = caller.Dial(number);
        await call.Answered();
        call.Ear.SayTone(Ears.Customer);
        await call.Press('1');
        var desk = await Talk.Pick(agent, Ears.Agent);
        await Ears.Hear(desk.Ear, Ears.Customer);
        await Ears.Hear(call.Ear, Ears.Agent);
        await page.Row("Care", "0", "", "0", "1");
        await page.Shows("Talking");
        await page.Click("Monitor Lucy");
        var ear = await Talk.Pick(leader, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent);
        await Ears.Hear(call.Ear, Ears.Agent); // and nobody hears the leader
        await page.Shows("Listening to Lucy");
        await call.HangUp();
        await desk.Ended();
        await ear.Ended();
        await page.Click("Calls");
        await page.Shows(caller.User);
        Assert.Empty(await page.Violations());
    }

    async Task<Phone> Registered(string extension, string? password)
    {
        var phone = await product.Agent(extension, host, password: password);
        phones.Add(phone);
        return phone;
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = phones.Count - 1; i >= 0; i--) await phones[i].DisposeAsync();
    }
}
