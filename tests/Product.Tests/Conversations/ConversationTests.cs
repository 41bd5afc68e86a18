using System.Net;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>What an agent does in a conversation with one customer.</summary>
[Trait("Judges", "Voices")]
public sealed class ConversationTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_held_customer_hears_music_until_it_is_retrieved()
    {
        await using var talk = await Talk.Start(product, "1001");
        var held = Clock.Now;
        await talk.Do("hold");
        await Ears.Music(talk.Hears);
        await Ears.Silence(talk.Desk.Ear);
        Assert.True((await talk.Live()).GetProperty("held").GetBoolean());
        await Pause.For(1);
        await talk.Do("hold"); // once more: harmless
        await talk.Do("retrieve");
        var retrieved = Clock.Now;
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
        await talk.Customer.HangUp();
        await talk.Desk.Ended();
        var (record, facts) = await talk.Told();
        Assert.InRange(record.THeld, 1000, Math.Min(4500, Clock.Ms(held, retrieved)));
        Assert.Contains("held", facts.Of("notRecorded").Select(f => f.GetProperty("why").GetString()));
        var spell = record.Spell(talk.Agent);
        Assert.Equal(record.TTalk, spell.GetProperty("tTalk").GetInt64());
        Bars.Near((spell.GetProperty("to").GetDateTimeOffset() - spell.GetProperty("from").GetDateTimeOffset()).TotalMilliseconds, record.TTalk + record.THeld);
    }

    [Fact]
    public async Task A_muted_agent_hears_and_is_not_heard()
    {
        await using var talk = await Talk.Start(product, "1003");
        await talk.Do("mute", new { on = true });
        await Ears.Silence(talk.Hears);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
        await talk.Do("mute", new { on = false });
        await Ears.Hear(talk.Hears, Ears.Agent);
    }

    [Fact]
    public async Task A_pause_of_the_recording_is_silent_in_it_and_stands_in_the_facts()
    {
        await using var talk = await Talk.Start(product, "1005");
        await Pause.For(1);
        await talk.Do("recording/pause");
        await Pause.For(2);
        await talk.Do("recording/resume");
        await Pause.For(1.5);
        await talk.Customer.HangUp();
        await talk.Desk.Ended();
        var (record, facts) = await talk.Told();
        var started = facts.Of("recordingStarted")[0].GetProperty("at").GetDateTimeOffset();
        var (from, to) = ((At("recordingPaused") - started).TotalSeconds, (At("recordingResumed") - started).TotalSeconds);
        Assert.Contains("paused", facts.Of("notRecorded").Select(f => f.GetProperty("why").GetString()));
        var wav = await talk.Recording(record);
        foreach (var (channel, hz) in new[] { (0, Ears.Customer), (1, Ears.Agent) })
        {
            Assert.True(Ears.PowerIn(wav.Channel(channel), from - 0.8, 0.6, hz) > 1_000_000, $"channel {channel} before the pause");
            Assert.True(Ears.PowerIn(wav.Channel(channel), from + 0.2, to - from - 0.4, hz) < 1000, $"channel {channel} in the pause");
            Assert.True(Ears.PowerIn(wav.Channel(channel), to + 0.3, 0.6, hz) > 1_000_000, $"channel {channel} after the pause");
        }

        DateTimeOffset At(string kind) => facts.Of(kind)[0].GetProperty("at").GetDateTimeOffset();
    }

    [Fact]
    public async Task Keys_sent_for_the_agent_reach_the_customer_and_no_fact()
    {
        await using var talk = await Talk.Start(product, "1007");
        const string Keys = "47*11"; // with a star: digits alone also stand in an instant's fraction
        await talk.Do("keys", new { keys = Keys });
        await talk.Hears.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 7), "key 7");
        await talk.Customer.HangUp();
        await talk.Desk.Ended();
        Assert.DoesNotContain(Keys, (await talk.Told()).Facts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_agent_itself_and_who_leads_may_act()
    {
        await using var talk = await Talk.Start(product, "1009");
        using var self = await product.Product.SignIn("acme", talk.Agent);
        using var other = await product.Product.SignIn("acme", "agent1002");
        using var globex = await product.Product.SignIn("globex");
        await self.Call($"/{talk.Id}/hold");
        await Ears.Music(talk.Hears);
        Assert.Equal(HttpStatusCode.Conflict, await other.Status(HttpMethod.Post, $"calls/{talk.Id}/retrieve", new { }));
        Assert.Equal(HttpStatusCode.Forbidden, await other.Status(HttpMethod.Post, $"calls/{talk.Id}/retrieve", new { agent = talk.Agent }));
        Assert.Equal(HttpStatusCode.NotFound, await globex.Status(HttpMethod.Post, $"calls/{talk.Id}/retrieve", new { }));
        Assert.Equal(HttpStatusCode.NotFound, await globex.Status(HttpMethod.Get, $"calls/{talk.Id}/live"));
        await self.Call($"/{talk.Id}/retrieve");
        await Ears.Hear(talk.Hears, Ears.Agent);
        await self.Call($"/{talk.Id}/leave");
        await talk.Desk.Ended();
        await talk.Customer.Ended();
        Assert.Equal(HttpStatusCode.Conflict, await self.Status(HttpMethod.Post, $"calls/{talk.Id}/hold", new { }));
    }

    [Fact]
    public async Task A_phone_holds_and_retrieves_by_itself()
    {
        await using var talk = await Talk.Start(product, "1011");
        Assert.Equal(200, (await talk.Desk.Offer("sendonly")).Status);
        await Ears.Music(talk.Hears);
        Assert.Equal(200, (await talk.Desk.Offer("sendrecv")).Status);
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
    }

    [Fact]
    public async Task A_customer_goes_through_a_flow_and_comes_back()
    {
        await product.Acme.Put("flows/pin", new { name = "pin", definition = PinFlow });
        await using var talk = await Talk.Start(product, "1013");
        await talk.Do("flow", new { flow = "pin" });
        await Ears.Music(talk.Hears); // the flow's prompt
        await Ears.Silence(talk.Desk.Ear);
        await talk.Customer.Press('1');
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
        await talk.Do("flow", new { flow = "pin" });
        await Ears.Music(talk.Hears);
        await talk.Do("flow/take-back");
        await Ears.Hear(talk.Hears, Ears.Agent);
        await talk.Customer.HangUp();
        await talk.Desk.Ended();
        var (_, facts) = await talk.Told();
        Assert.Equal(["end", "takenBack"], facts.Of("flowReturned").Select(f => f.GetProperty("outcome").GetString()));
        Assert.Contains("inFlow", facts.Of("notRecorded").Select(f => f.GetProperty("why").GetString()));
    }

    static readonly object PinFlow = new
    {
        schema = 1,
        start = "menu",
        nodes = new Dictionary<string, object>
        {
            ["menu"] = new { type = "menu", prompts = new[] { new { id = "menu" } }, branches = new[] { new { key = "1", next = "end" } }, timeoutSeconds = 5, attempts = 2, otherwise = "end" },
            ["end"] = new { type = "hangUp" },
        },
    };
}
