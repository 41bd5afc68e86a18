using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>A supervisor at the phone of an agent listens, whispers, barges in, takes over.</summary>
public sealed class ConversationListenTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>ms from the API's answer to the first packets of another mode.</summary>
    const double Change = 200;

    [Fact]
    public async Task Modes_change_at_once_and_the_listener_stays_through_a_transfer()
    {
        await using var talk = await Talk.Start(product, "1001");
        var ear = await Listening(talk, "1002");
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);

        var whispered = await Changed(talk, "1002", "whisper", talk.Desk);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer, Ears.Listener);
        await Ears.Hear(talk.Hears, Ears.Agent);
        Bars.Within(whispered, 0, Change);

        var barged = await Changed(talk, "1002", "barge", talk.Customer);
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Listener);
        Bars.Within(barged, 0, Change);

        var next = await talk.Phone("1004");
        await talk.SignedIn("agent1004");
        await talk.Do("transfer", new { to = new { agent = "agent1004" } });
        var desk = await Talk.Pick(next, Ears.Third);
        await talk.Desk.Ended();
        await Ears.Hear(talk.Hears, Ears.Third, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Third);
        await product.Acme.Call($"/{talk.Id}/listen", new { agent = "agent1004", @as = "agent1002", mode = "monitor" });
        await Ears.Hear(talk.Hears, Ears.Third);
        await talk.Customer.HangUp();
        await ear.Ended();
        await desk.Ended();
        Assert.Equal(["agent1001", "agent1004"], (await talk.Told()).Record.Agents);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Who_takes_over_is_the_agent_from_then_on()
    {
        await using var talk = await Talk.Start(product, "1003");
        var ear = await Listening(talk, "1006");
        await product.Acme.Call($"/{talk.Id}/listen/take-over", new { agent = "agent1006" });
        await talk.Desk.Ended();
        await Ears.Hear(talk.Hears, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer);
        await talk.Customer.HangUp();
        await ear.Ended();
        Assert.Equal(["agent1003", "agent1006"], (await talk.Told()).Record.Agents);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_trainee_listens_beside_a_leader_and_may_not_speak_in()
    {
        await using var talk = await Talk.Start(product, "1005");
        var leader = await Listening(talk, "1008");
        var phone = await talk.Phone("1010");
        await talk.SignedIn("agent1010");
        await product.Acme.Put("users/agent1010", new { role = "trainee" });
        using var trainee = await product.Product.SignIn("acme", "agent1010");
        await trainee.Call($"/{talk.Id}/listen", new { agent = talk.Agent, mode = "monitor" });
        var ear = await Talk.Pick(phone, Ears.Third);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent);
        await Ears.Hear(leader.Ear, Ears.Customer, Ears.Agent);
        foreach (var (path, body) in new (string, object)[] { ("listen", new { agent = talk.Agent, mode = "whisper" }), ("listen", new { agent = talk.Agent, mode = "barge" }), ("listen/take-over", new { }) })
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => trainee.Call($"/{talk.Id}/{path}", body));
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("A trainee only listens", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, await product.Acme.Status(HttpMethod.Post, $"calls/{talk.Id}/listen", new { agent = talk.Agent, @as = "agent1010", mode = "barge" }));
        await product.Acme.Call($"/{talk.Id}/listen", new { agent = talk.Agent, @as = "agent1008", mode = "barge" });
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent, Ears.Listener);
        await ear.HangUp();
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Listener);
        await talk.Customer.HangUp();
        await leader.Ended();
        Assert.Equal([talk.Agent], (await talk.Told()).Record.Agents);
    }

    async Task<PhoneCall> Listening(Talk talk, string extension)
    {
        var phone = await talk.Phone(extension);
        await talk.SignedIn($"agent{extension}");
        await product.Acme.Call($"/{talk.Id}/listen", new { agent = talk.Agent, @as = $"agent{extension}", mode = "monitor" });
        var ear = await Talk.Pick(phone, Ears.Listener);
        await Ears.Hear(ear.Ear, Ears.Customer, Ears.Agent);
        return ear;
    }

    /// <summary>ms until the listener is heard by one who did not hear it.</summary>
    async Task<double> Changed(Talk talk, string extension, string mode, PhoneCall hearer)
    {
        hearer.Ear.Forget();
        var asked = Clock.Now;
        await product.Acme.Call($"/{talk.Id}/listen", new { agent = talk.Agent, @as = $"agent{extension}", mode });
        await hearer.Ear.Hears(heard => heard.Any(Speaks), $"the listener's {mode}", TimeSpan.FromSeconds(3));
        return Clock.Ms(asked, hearer.Ear.Heard().First(Speaks).At);

        static bool Speaks(Kit.Media.HeardPacket packet) => packet.IsAudio && Kit.Media.Tone.Power(packet.Samples(), Ears.Listener) > 3_000_000;
    }
}
