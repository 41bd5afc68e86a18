using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent has its calls come to a telephone outside: over the trunk, taken by a key, so that no voicemail has a customer.</summary>
[Trait("Judges", "NoTime")]
public sealed class OutsideNumberTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>The firm's own prompt that asks for the key, so that what is heard is certain.</summary>
    const double Prompt = 660;

    [Fact]
    public async Task A_caller_talks_to_an_agent_at_an_outside_telephone_who_has_pressed_one()
    {
        await using var agent = await Outside("1001", "139 0013 9101");
        await using var telephone = product.Outside();
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        using var customer = await Dials(caller);
        using var rung = await Talk.Pick(telephone, Ears.Agent);
        Assert.Equal(("01012345678", "13900139101"), (rung.CallerNumber, rung.Incoming.Uri.UserText));
        await Task.WhenAll(Heard.Purely(rung.Ear, Prompt), Ears.Music(customer.Ear)); // the customer hears nothing of it
        await rung.Press('1');
        await Task.WhenAll(Ears.Hear(customer.Ear, Ears.Agent), Ears.Hear(rung.Ear, Ears.Customer));
        Assert.Equal(1, (await product.Acme.Get("dialling/live")).GetProperty("channels").GetInt32());

        var id = await product.Acme.CallOf(caller.User, Patience.Seconds);
        await agent.Api.Call($"/{id}/hold", new { });
        await Task.WhenAll(Ears.Music(customer.Ear), Ears.Silence(rung.Ear));
        await agent.Api.Call($"/{id}/retrieve", new { });
        await Task.WhenAll(Ears.Hear(customer.Ear, Ears.Agent), Ears.Hear(rung.Ear, Ears.Customer));
        await rung.HangUp();
        await customer.Ended();

        var (record, facts) = await product.Told(caller);
        Assert.Equal(["agent1001"], record.Agents);
        Assert.Equal("agent hangUp nobody", record.Ended);
        Assert.Equal(("number", "1001"), (facts.Value("offerStarted", "stationIs"), facts.Value("offerStarted", "station")));
        Assert.Equal(["offerStarted", "offerDialled", "offerAlerting", "offerPrompted", "offerAnswered", "agentJoined"], facts.Kinds.Where(kind => kind.StartsWith("offer", StringComparison.Ordinal) || kind == "agentJoined"));
        Assert.DoesNotContain("13900139101", facts.ToString(), StringComparison.Ordinal);
        Assert.Empty((await product.Acme.Get("calls?number=13900139101")).GetProperty("items").EnumerateArray());
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.True(Ears.PowerIn(wav.Channel(1), 0.2, 0.3, Ears.Agent) > 1_000_000, "the agent on the right");
        await ProductApi.Until(async () => (await product.Acme.Get("dialling/live")).GetProperty("channels").GetInt32(), n => n == 0, "the channel is free", Patience.Usual);
    }

    [Fact]
    public async Task The_key_counts_by_info_and_as_tones_too()
    {
        await using var agent = await Outside("1003", "13900139103");
        await using var telephone = new Phone(product.Product.Sip, "outside", null, port: product.Product.TrunkPort) { HasEvents = false };
        foreach (var byInfo in new[] { true, false })
        {
            await product.AgentsFree("sales", 1);
            await using var caller = product.Caller();
            using var customer = await Dials(caller);
            using var rung = await telephone.Rings();
            rung.Ear.Say(new short[Tone.Rate]); // a telephone sends what it hears, be it nothing
            await rung.Answer();
            await Heard.Begins(rung.Ear, Prompt, Patience.Seconds);
            if (byInfo) Assert.Equal(200, (await rung.Inform("application/dtmf-relay", "Signal=1\r\nDuration=100\r\n")).Status);
            else await rung.Sound('1');
            await Ears.Hear(rung.Ear, Ears.Customer);
            await customer.HangUp();
            await rung.Ended();
        }
    }

    [Fact]
    public async Task A_voicemail_keeps_nobody_and_the_next_agent_has_the_call()
    {
        await using var agent = await Outside("1007", "13900139107");
        await using var voicemail = product.Outside();
        await product.AgentsFree("sales", 1);
        await using var next = await product.Agent("1009"); // free since later
        await product.AgentsFree("sales", 2);
        await using var caller = product.Caller();
        using var customer = await Dials(caller);
        using var rung = await Talk.Pick(voicemail, Ears.Third); // "please leave a message"
        await Ears.Music(customer.Ear);
        using var desk = await next.Rings(TimeSpan.FromSeconds(20));
        Assert.Equal(CallEnd.There, await rung.Ended());
        desk.Ear.SayTone(Ears.Agent);
        await desk.Answer();
        await Task.WhenAll(Ears.Hear(customer.Ear, Ears.Agent), Ears.Hear(desk.Ear, Ears.Customer));
        await customer.HangUp();
        await desk.Ended();
        var (record, facts) = await product.Told(caller);
        Assert.Equal(["agent1009"], record.Agents);
        Assert.Equal("noAnswer", facts.Value("offerEnded", "why"));
    }

    static async Task<PhoneCall> Dials(Phone caller)
    {
        var customer = caller.Dial(Numbers.AcmeSales);
        await customer.Answered();
        customer.Ear.SayTone(Ears.Customer);
        return customer;
    }

    async Task<Agent> Outside(string extension, string number)
    {
        await product.Acme.Put("station-rules", new { outsideNumbers = true });
        using var sound = new ByteArrayContent(new Wav(Tone.Rate, 1, Tone.Make(Prompt, TimeSpan.FromSeconds(2))).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var stored = await product.Acme.Http.PutAsync(new Uri("api/v1/prompts/take-call/audio", UriKind.Relative), sound, TestContext.Current.CancellationToken);
        Assert.True(stored.IsSuccessStatusCode);
        var agent = new Agent(await product.Product.SignIn(user: $"agent{extension}"), $"agent{extension}");
        await agent.Api.Put("me/station", new { kind = "number", number });
        await agent.Api.SetPresence(agent.Id, "available");
        return agent;
    }

    /// <summary>Signed in at the desk, with a telephone outside for a station; the next test finds it signed out.</summary>
    sealed class Agent(ProductApi api, string id) : IAsyncDisposable
    {
        public ProductApi Api => api;
        public string Id => id;

        public async ValueTask DisposeAsync()
        {
            await api.SetPresence(id, "signedOut");
            api.Dispose();
        }
    }
}
