using System.Diagnostics;
using System.Net;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Whose rights end: the open board, the API and the call that rings end within a second, also where nothing else happens.</summary>
public sealed class RevokedTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const string PhonePassword = "a long password";
    static readonly TimeSpan Bar = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_idle_board_ends_within_a_second_and_so_does_the_API()
    {
        await Leave("removed", "first"); // what is run for the first time is compiled first
        var took = new List<TimeSpan>();
        foreach (var how in new[] { "removed", "another-password", "session-ended" }) took.Add(await Leave(how, "leaver"));
        Assert.InRange(took.Order().ElementAt(1), TimeSpan.Zero, Bar); // the median: another program may have the processor once
    }

    async Task<TimeSpan> Leave(string how, string who)
    {
        var name = $"{who}-{how}";
        await product.Acme.Put($"users/{name}", new { name, role = "dutyManager", password = "a long password" });
        using var leaver = await ProductApi.SignIn(product.Product.Http, "acme", name, "a long password");
        using var board = await LiveWire.Open(product.Product, leaver, "queues", "agents");
        var status = how switch
        {
            "removed" => await product.Acme.Status(HttpMethod.Delete, $"users/{name}"),
            "session-ended" => await product.Acme.Status(HttpMethod.Delete, $"users/{name}/sessions"),
            _ => await product.Acme.Status(HttpMethod.Put, $"users/{name}", new { password = "another long password" }),
        };
        var since = Stopwatch.GetTimestamp();
        Assert.InRange((int)status, 200, 204);
        var closing = board.Closed();
        Assert.Equal(HttpStatusCode.Unauthorized, await leaver.Status(HttpMethod.Get, "queues")); // at once: the change was made in this process
        await closing;
        return Stopwatch.GetElapsedTime(since);
    }

    [Fact]
    public async Task The_ringing_call_of_an_agent_who_is_removed_rings_at_another_within_a_second()
    {
        foreach (var extension in new[] { "9911", "9912" })
        {
            await product.Acme.Put($"users/leaving{extension}", new { name = "leaving", role = "agent", password = "a long password" });
            await product.Acme.Put($"extensions/{extension}", new { password = PhonePassword });
        }
        await product.Acme.Put("queues/leaving", new { name = "leaving" });
        await product.Acme.Put("flows/leaving", new { name = "leaving", definition = new { schema = 1, start = "pick", nodes = new { pick = new { type = "answer", next = "wait" }, wait = new { type = "queue", queue = "leaving" } } } });
        foreach (var extension in new[] { "9911", "9912" }) await product.Acme.Put($"agents/leaving{extension}", new { name = "leaving", user = $"leaving{extension}", extension, autoSignIn = true, queues = new[] { "leaving" } });
        var number = (await product.Acme.Get($"numbers/{Numbers.AcmeAll}")).GetProperty("flow").GetString();
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}", new { flow = "leaving" });
        await using var first = await product.Agent("9911", password: PhonePassword);
        await product.AgentsFree("leaving", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        var rung = await first.Rings();
        await using var second = await product.Agent("9912", password: PhonePassword);
        await product.AgentsFree("leaving", 1);

        var since = Clock.Now;
        Assert.Equal(HttpStatusCode.NoContent, await product.Acme.Status(HttpMethod.Delete, "users/leaving9911"));
        var next = await second.Rings();
        Assert.InRange(Clock.Ms(since, next.InvitedAt), 0, Bar.TotalMilliseconds);
        await rung.Ended();
        await next.Answer();
        Assert.Equal("signedOut", (await product.Acme.Get("agents/leaving9911/presence")).GetProperty("presence").GetString());
        await call.HangUp();
        await next.Ended();
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}", new { flow = number });
    }

    [Fact]
    public async Task The_phone_of_an_agent_who_is_switched_off_rings_no_more_registers_no_more_and_dials_no_more_within_a_second()
    {
        await product.Acme.Put("users/off9921", new { name = "off", role = "agent", password = "a long password" });
        foreach (var extension in new[] { "9921", "9922" }) await product.Acme.Put($"extensions/{extension}", new { password = PhonePassword });
        await product.Acme.Put("agents/off9921", new { name = "off", user = "off9921", extension = "9921", autoSignIn = true });
        await using var phone = await product.Agent("9921", password: PhonePassword);
        await using var other = await product.Agent("9922", password: PhonePassword);
        await ProductApi.Until(async () => (await product.Acme.Get("agents/off9921/presence")).GetProperty("presence").GetString(), presence => presence == "available", "signed in by phone", TimeSpan.FromSeconds(5));
        var calling = other.Dial("9921");
        var rung = await phone.Rings();

        var since = Clock.Now;
        await product.Acme.Put("users/off9921", new { disabled = true });
        await rung.Ended();
        var refused = await Task.WhenAll(Refused(phone.TryRegister(PhonePassword)), Refused(phone.Dial(Numbers.AcmeAll).Final), Refused(phone.Dial("9922").Final)); // at once: none waits for another one's answer
        Assert.All(refused.Prepend(rung.EndedAt), at => Assert.InRange(Clock.Ms(since, at), 0, Bar.TotalMilliseconds));
        Assert.NotEqual(200, (await calling.Final).Status);
        Assert.NotEqual(200, (await other.Dial("9921").Final).Status);
        await using (var outside = product.Outside())
        {
            var help = phone.Dial("110"); // by whoever sits there
            await (await outside.Rings()).Answer();
            await help.Answered();
            await help.HangUp();
        }

        await product.Acme.Put("users/off9921", new { disabled = false });
        await ProductApi.Until(async () => (await product.Acme.Get("agents/off9921/presence")).GetProperty("presence").GetString(), presence => presence == "available", "switched on again, the phone is there", TimeSpan.FromSeconds(5));
    }

    /// <summary>When the refusal came, ns.</summary>
    static async Task<long> Refused(Task<SipResponse> asked)
    {
        var answer = await asked;
        var at = Clock.Now;
        Assert.Contains(answer.Status, new[] { 401, 403 });
        return at;
    }
}
