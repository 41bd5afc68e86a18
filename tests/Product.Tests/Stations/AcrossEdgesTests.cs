using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Browsers;
using CallCenter.Product.Tests.Conversations;

namespace CallCenter.Product.Tests.Stations;

/// <summary>An agent's browser at one edge, its caller at the other: what is done with the call goes through both.</summary>
[Trait("Judges", "Voices")]
public sealed class AcrossEdgesTests(TwoEdges product, ChromiumFixture chromium) : IClassFixture<TwoEdges>, IClassFixture<ChromiumFixture>
{
    const string Agent = "1037", Listener = "1040", Colleague = "1042", Next = "1039";

    int here, there;

    [Fact]
    public async Task Keys_hold_listening_and_transfer_go_through_both_edges_and_a_lost_edge_costs_the_customer_the_agent_only()
    {
        await using var agent = await WebAgent.Start(product, chromium.Browser, Agent);
        here = product.Product.EdgeOfMedia(agent.MediaPort, TwoEdges.Count);
        there = TwoEdges.Count - 1 - here;
        await using (var talk = await Begin(agent))
        {
            await PressesKeys(agent, talk);
            await Holds(agent, talk);
            await IsListenedTo(agent, talk);
            await GivesAway(agent, talk);
        }
        await using (var talk = await Begin(agent)) await LosesItsEdge(agent, talk);
    }

    async Task<WebTalking> Begin(WebAgent agent)
    {
        var talk = await WebTalking.Begin(product, agent, Ears.Customer, there);
        await agent.Web.Say(Ears.Agent);
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
        await PageHears(agent, Ears.Customer);
        return talk;
    }

    static async Task PressesKeys(WebAgent agent, WebTalking talk)
    {
        talk.Call.Ear.Forget();
        await agent.Web.Press("5");
        await talk.Call.Ear.Hears(heard => heard.Any(packet => !packet.IsAudio && packet.Payload is [5, ..]), "the key 5", TimeSpan.FromSeconds(5));
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
    }

    static async Task Holds(WebAgent agent, WebTalking talk)
    {
        await agent.Api.Call($"/{talk.Id}/hold");
        await Ears.Music(talk.Call.Ear);
        await PageHears(agent);
        await agent.Api.Call($"/{talk.Id}/retrieve");
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
        await PageHears(agent, Ears.Customer);
    }

    /// <summary>The supervisor's phone is at the browser's edge, so that both come to the call from there.</summary>
    async Task IsListenedTo(WebAgent agent, WebTalking talk)
    {
        await using var phone = await Phone(Listener, here);
        await Listens(talk, "monitor");
        var ear = await Talk.Pick(phone, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent);
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
        await Listens(talk, "whisper");
        await PageHears(agent, Ears.Customer, Ears.Listener);
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
        await Listens(talk, "barge");
        await Ears.Hear(talk.Call.Ear, Ears.Agent, Ears.Listener);
        await ear.HangUp();
        await Ears.Hear(talk.Call.Ear, Ears.Agent);
    }

    Task Listens(WebTalking talk, string mode) => product.Acme.Call($"/{talk.Id}/listen", new { agent = $"agent{Agent}", @as = $"agent{Listener}", mode });

    async Task GivesAway(WebAgent agent, WebTalking talk)
    {
        await using var phone = await Phone(Colleague, here);
        await agent.Api.Call($"/{talk.Id}/transfer", new { to = new { agent = $"agent{Colleague}" } });
        var desk = await Talk.Pick(phone, Ears.Third);
        await Ears.Hear(talk.Call.Ear, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer);
        await PageHears(agent);
        await product.AgentsFree("sales", 1);
        await talk.Call.HangUp();
        await desk.Ended();
        var (record, facts) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody", 1), (record.Id, record.Ended, record.Transfers));
        Assert.Equal([$"agent{Agent}", $"agent{Colleague}"], record.Agents);
        Assert.Single(facts.Of("customerHeld"));
        Assert.Empty(facts.Of("stationLost"));
    }

    /// <summary>The customer goes to whoever is there, and the page comes back at the edge that is left.</summary>
    async Task LosesItsEdge(WebAgent agent, WebTalking talk)
    {
        await using var next = await Phone(Next, there);
        await product.Product.LoseEdge($"edge-0-{here}");
        var rung = await next.Rings(TimeSpan.FromSeconds(10));
        rung.Ear.SayTone(Ears.Third);
        await rung.Answer();
        await Ears.Hear(talk.Call.Ear, Ears.Third);
        await agent.Return();
        Assert.Equal(there, product.Product.EdgeOfMedia(agent.MediaPort, TwoEdges.Count));
        await SignedIn(Agent);
        await talk.Call.HangUp();
        await rung.Ended();
        var (record, _) = await product.Told(talk.Phone);
        Assert.Equal((talk.Id, "caller hangUp nobody"), (record.Id, record.Ended));
        Assert.Equal([$"agent{Agent}", $"agent{Next}"], record.Agents);
    }

    /// <summary>Exactly these voices come out at the page.</summary>
    static async Task PageHears(WebAgent agent, params double[] voices)
    {
        const double voice = 1_000_000, trace = 100_000; // mean squares
        await ProductApi.Until(
            async () => await agent.Web.Listen(0.3),
            sound => new[] { Ears.Customer, Ears.Third, Ears.Listener }.All(hz => Tone.Power(sound.Channel(0), hz, sound.Rate) is var power && (voices.Contains(hz) ? power > voice : power < trace)),
            $"{string.Join(" and ", voices)} Hz at the page", TimeSpan.FromSeconds(8));
    }

    async Task<Phone> Phone(string extension, int edge)
    {
        var phone = new Phone(product.Product.SipOf(edge), extension, "acme.localhost");
        await phone.Register();
        await SignedIn(extension);
        return phone;
    }

    Task SignedIn(string extension) => ProductApi.Until(
        async () => (await product.Acme.Get($"agents/agent{extension}/presence")).GetProperty("presence").GetString(), presence => presence == "available", $"{extension} signs in", TimeSpan.FromSeconds(10));
}
