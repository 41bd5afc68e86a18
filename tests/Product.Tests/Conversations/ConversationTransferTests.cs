using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>An agent gives the customer away and is free at once.</summary>
[Trait("Judges", "NoTime")]
public sealed class ConversationTransferTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task To_another_agent()
    {
        await using var talk = await Talk.Start(product, "1001");
        var other = await talk.Phone("1002");
        await talk.SignedIn("agent1002");
        await talk.Do("transfer", new { to = new { agent = "agent1002" } });
        await talk.Desk.Ended();
        var desk = await Talk.Pick(other, Ears.Third);
        await Both(talk, desk);
        await talk.Customer.HangUp();
        await desk.Ended();
        var (record, facts) = await talk.Told();
        Assert.Equal(["agent1001", "agent1002"], record.Agents);
        Assert.Equal(1, record.Transfers);
        Assert.Single(facts.Of("recordingStarted"));
        Assert.InRange(record.Spell("agent1001").GetProperty("tTalk").GetInt64() + record.Spell("agent1002").GetProperty("tTalk").GetInt64() - record.TTalk, -1, 1); // each is rounded
        var wav = await talk.Recording(record);
        var length = (double)wav.Channel(1).Length / 8000;
        Assert.True(Ears.PowerIn(wav.Channel(1), 0.2, 0.3, Ears.Agent) > 1_000_000, "the first agent at the beginning");
        Assert.True(Ears.PowerIn(wav.Channel(1), length - 0.5, 0.3, Ears.Third) > 1_000_000, "the second agent at the end");
    }

    [Fact]
    public async Task To_another_queue()
    {
        await using var talk = await Talk.Start(product, "1003");
        var other = await talk.Phone("1004");
        await product.AgentsFree("support", 1);
        await talk.Do("transfer", new { to = new { queue = "support" } });
        await talk.Desk.Ended();
        var desk = await Talk.Pick(other, Ears.Third);
        await Both(talk, desk);
        await talk.Customer.HangUp();
        await desk.Ended();
        Assert.Equal("support", (await talk.Told()).Record.Queue);
    }

    [Fact]
    public async Task To_an_extension_without_an_agent()
    {
        await product.Acme.Put("extensions/7001", new { password = StationPassword });
        await using var talk = await Talk.Start(product, "1005");
        var other = await talk.Phone("7001", StationPassword);
        await talk.Do("transfer", new { to = new { extension = "7001" } });
        await talk.Desk.Ended();
        await Ears.Music(talk.Hears); // while it rings
        var desk = await Talk.Pick(other, Ears.Third);
        await Both(talk, desk);
        await desk.HangUp();
        await talk.Customer.Ended();
    }

    [Fact]
    public async Task To_a_number_outside()
    {
        await using var talk = await Talk.Start(product, "1007");
        var outside = talk.Outside();
        await talk.Do("transfer", new { to = new { number = "9-139 0013 9000" } });
        await talk.Desk.Ended();
        var far = await Talk.Pick(outside, Ears.Third);
        Assert.Equal("01012345678", far.CallerNumber); // the tenant's own
        Assert.Equal("13900139000", far.Incoming.Uri.UserText);
        await Both(talk, far);
        await talk.Customer.HangUp();
        await far.Ended();
        Assert.DoesNotContain("13900139000", (await talk.Told()).Facts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_the_customer_goes_back_to_the_queue()
    {
        await using var talk = await Talk.Start(product, "1009");
        var outside = talk.Outside();
        await talk.Do("transfer", new { to = new { number = "13900139001" } });
        await (await outside.Rings()).Reject(486);
        var desk = await Talk.Pick(talk.AgentPhone, Ears.Third); // the only agent of that queue
        await Both(talk, desk);
    }

    [Fact]
    public async Task By_the_phone_itself()
    {
        await using var talk = await Talk.Start(product, "1011");
        var other = await talk.Phone("1012");
        await talk.SignedIn("agent1012");
        Assert.Equal(202, (await talk.Desk.Refer("1012")).Status);
        var desk = await Talk.Pick(other, Ears.Third);
        await Both(talk, desk);
        await talk.Desk.Ended();
        Assert.Contains(talk.Desk.Notified, n => n.StartsWith("SIP/2.0 200", StringComparison.Ordinal));
    }

    const string StationPassword = "a-long-password";

    static async Task Both(Talk talk, PhoneCall desk)
    {
        await Ears.Hear(talk.Hears, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer);
    }
}
