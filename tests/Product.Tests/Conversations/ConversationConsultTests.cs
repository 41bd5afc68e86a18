using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>An agent asks somebody while the customer waits.</summary>
[Trait("Judges", "Voices")]
public sealed class ConversationConsultTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task And_hands_the_customer_over()
    {
        await using var talk = await Talk.Start(product, "1001");
        var desk = await Asked(talk, "1002");
        await Pause.For(1);
        await talk.Do("consult/complete");
        await talk.Desk.Ended();
        await Ears.Hear(talk.Hears, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer);
        await Pause.For(1);
        await talk.Customer.HangUp();
        await desk.Ended();
        var (record, facts) = await talk.Told();
        Assert.Equal(["agent1001", "agent1002"], record.Agents);
        Assert.Single(facts.Of("recordingStarted"));
        Assert.Single(record.Recordings);
        var (first, second) = (record.Spell("agent1001"), record.Spell("agent1002"));
        Assert.InRange(first.GetProperty("tConsult").GetInt64(), 1000, 9000);
        Assert.InRange(second.GetProperty("tConsult").GetInt64(), 1000, 8000);
        Assert.InRange(second.GetProperty("tTalk").GetInt64(), 1000, 6000);
        Assert.InRange(first.GetProperty("tTalk").GetInt64() + second.GetProperty("tTalk").GetInt64() - record.TTalk, -1, 1); // each is rounded
        Assert.Equal("attended", facts.Of("transferred")[0].GetProperty("how").GetString());
    }

    [Fact]
    public async Task And_comes_back()
    {
        await using var talk = await Talk.Start(product, "1003");
        var desk = await Asked(talk, "1004");
        await talk.Do("consult/cancel");
        await desk.Ended();
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
    }

    [Fact]
    public async Task And_goes_to_and_fro()
    {
        await using var talk = await Talk.Start(product, "1005");
        var desk = await Asked(talk, "1006");
        await talk.Do("consult/swap");
        await Ears.Hear(talk.Hears, Ears.Agent);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer);
        await talk.Do("consult/swap");
        await Ears.Music(talk.Hears);
        await Ears.Hear(talk.Desk.Ear, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Agent);
    }

    [Fact]
    public async Task And_all_three_talk_until_the_first_agent_leaves()
    {
        await using var talk = await Talk.Start(product, "1007");
        var desk = await Asked(talk, "1008");
        await talk.Do("conference");
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Third);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer, Ears.Agent);
        await talk.Desk.HangUp();
        await Ears.Hear(talk.Hears, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer);
    }

    [Fact]
    public async Task And_in_the_conference_a_phone_that_holds_is_out_of_it_alone()
    {
        await using var talk = await Talk.Start(product, "1011");
        var desk = await Asked(talk, "1012");
        await talk.Do("conference");
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Third);
        Assert.Equal(200, (await talk.Desk.Offer("sendonly")).Status); // and goes on saying its tone, as music on hold would be
        await Ears.Hear(talk.Hears, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Customer);
        Assert.Equal(200, (await talk.Desk.Offer("sendrecv")).Status);
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Third);
        await Ears.Hear(talk.Desk.Ear, Ears.Customer, Ears.Third);
    }

    [Fact]
    public async Task And_an_outside_number_is_dropped_from_the_conference()
    {
        await using var talk = await Talk.Start(product, "1009");
        var outside = talk.Outside();
        await talk.Do("consult", new { to = new { number = "13900139002" } });
        var far = await Talk.Pick(outside, Ears.Third);
        await Ears.Hear(talk.Desk.Ear, Ears.Third);
        await talk.Do("conference");
        await Ears.Hear(talk.Hears, Ears.Agent, Ears.Third);
        var leg = (await talk.Live()).GetProperty("legs").EnumerateArray().Single(l => l.GetProperty("role").GetString() == "number").GetProperty("id").GetString();
        await talk.Do($"legs/{leg}/drop");
        await far.Ended();
        await Ears.Hear(talk.Hears, Ears.Agent);
    }

    /// <summary>The customer hears music, the agent and the asked one each other.</summary>
    static async Task<PhoneCall> Asked(Talk talk, string extension)
    {
        var other = await talk.Phone(extension);
        await talk.SignedIn($"agent{extension}");
        await talk.Do("consult", new { to = new { agent = $"agent{extension}" } });
        var desk = await Talk.Pick(other, Ears.Third);
        await Ears.Music(talk.Hears);
        await Ears.Hear(talk.Desk.Ear, Ears.Third);
        await Ears.Hear(desk.Ear, Ears.Agent);
        return desk;
    }
}
