using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>Caller and agent on different edges, and an edge that is lost in mid-talk.</summary>
public sealed class TwoEdgesTests
{
    /// <summary>Three questions a second apart without an answer, and the way to the phone.</summary>
    const double Noticed = 6;

    static async Task<(RunningProduct Product, ProductApi Acme)> Start()
    {
        var product = await RunningProduct.Start(settings: ["--Edge:Count=2", "--Demo:Agents=20"]);
        return (product, await product.SignIn());
    }

    static async Task<Phone> Agent(RunningProduct product, int edge, string extension)
    {
        var phone = new Phone(product.SipOf(edge), extension, "acme.localhost");
        await phone.Register();
        return phone;
    }

    static Task Free(ProductApi acme, int count) =>
        ProductApi.Until(async () => (await acme.Get("queues/sales/live")).GetProperty("agentsFree").GetInt32(), n => n == count, $"{count} free agents", TimeSpan.FromSeconds(10));

    static async Task<(PhoneCall Caller, PhoneCall Agent)> Talk(Phone caller, Phone agent)
    {
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Tone(rung.Ear, 440, seconds: 1);
        await Heard.Tone(call.Ear, 1000, seconds: 1);
        return (call, rung);
    }

    [Fact]
    public async Task They_talk_across_two_edges_and_either_hangs_up()
    {
        var (product, acme) = await Start();
        await using var _ = product;
        await using var agent = await Agent(product, 1, "1001");
        await Free(acme, 1);
        await using var caller = new Phone(product.Sip, "13877770001", null);
        var first = await Talk(caller, agent);
        await first.Caller.HangUp();
        Assert.Equal(CallEnd.There, await first.Agent.Ended());
        Assert.Equal("caller hangUp nobody", (await acme.Record(caller.User)).Ended);

        await Free(acme, 1);
        await using var other = new Phone(product.Sip, "13877770002", null);
        var second = await Talk(other, agent);
        await second.Agent.HangUp();
        Assert.Equal(CallEnd.There, await second.Caller.Ended());
        Assert.Equal("agent hangUp nobody", (await acme.Record(other.User)).Ended);
    }

    [Fact]
    public async Task A_caller_whose_agents_edge_is_lost_is_given_to_another_agent()
    {
        var (product, acme) = await Start();
        await using var _ = product;
        await using var agent = await Agent(product, 1, "1001");
        await Free(acme, 1);
        await using var caller = new Phone(product.Sip, "13877770003", null);
        var talk = await Talk(caller, agent);

        await using var other = await Agent(product, 0, "1003");
        await Free(acme, 1);
        await product.LoseEdge("edge-0-1");
        var again = await other.Rings(TimeSpan.FromSeconds(Noticed));
        await again.Answer();
        again.Ear.SayTone(700);
        await Heard.Tone(talk.Caller.Ear, 700, seconds: 1);
        await talk.Caller.HangUp();
        Assert.Equal(CallEnd.There, await again.Ended());
        var record = await acme.Record(caller.User);
        Assert.Equal(["agent1001", "agent1003"], record.Agents);
        Assert.Equal("caller hangUp nobody", record.Ended);
    }

    /// <summary>The phone hangs on one edge, the call on the other: hold, a second line and REFER with Replaces go through both.</summary>
    [Fact]
    public async Task A_phone_at_another_edge_hands_the_customer_over_attended()
    {
        var (product, acme) = await Start();
        await using var _ = product;
        await using var agent = await Agent(product, 1, "1001");
        await Free(acme, 1);
        await using var caller = new Phone(product.Sip, "13877770006", null);
        var talk = await Talk(caller, agent);

        await using var other = await Agent(product, 0, "1003");
        await Free(acme, 1);
        Assert.Equal(200, (await talk.Agent.Offer("sendonly")).Status);
        var line = agent.Dial("1003");
        var asked = await other.Rings();
        await asked.Answer();
        await line.Answered();
        line.Ear.SayTone(1000);
        asked.Ear.SayTone(1500);
        await Heard.Tone(asked.Ear, 1000, seconds: 1);
        await Heard.Tone(line.Ear, 1500, seconds: 1);

        Assert.Equal(202, (await talk.Agent.Refer(line)).Status);
        Assert.Equal(CallEnd.There, await talk.Agent.Ended());
        Assert.Equal(CallEnd.There, await line.Ended());
        await Heard.Tone(talk.Caller.Ear, 1500, seconds: 1);
        await Heard.Tone(asked.Ear, 440, seconds: 1);
        await talk.Caller.HangUp();
        Assert.Equal(CallEnd.There, await asked.Ended());
        var record = await acme.Record(caller.User);
        Assert.Equal(["agent1001", "agent1003"], record.Agents);
        Assert.Equal(("caller hangUp nobody", 1), (record.Ended, record.Transfers));
    }

    [Fact]
    public async Task An_agent_whose_callers_edge_is_lost_is_let_go_and_serves_others()
    {
        var (product, acme) = await Start();
        await using var _ = product;
        await using var agent = await Agent(product, 1, "1001");
        await Free(acme, 1);
        await using var caller = new Phone(product.Sip, "13877770004", null);
        var talk = await Talk(caller, agent);

        await product.LoseEdge("edge-0-0");
        Assert.Equal(CallEnd.There, await talk.Agent.Ended(Noticed));
        Assert.Equal("platform edgeLost platform", (await acme.Record(caller.User, Noticed)).Ended); // the edge is asked three times before it is given up
        await Free(acme, 1);
        await using var other = new Phone(product.SipOf(1), "13877770005", null);
        var next = await Talk(other, agent);
        await next.Caller.HangUp();
        Assert.Equal(CallEnd.There, await next.Agent.Ended());
    }
}
