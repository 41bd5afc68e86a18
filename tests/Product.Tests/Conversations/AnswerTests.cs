using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>An agent calls out, and the record tells whether a person or a machine has answered.</summary>
[Trait("Judges", "Voices")]
public sealed class AnswerTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>Words as a voice has them, of a sawtooth's buzz; a pause first, and in turn.</summary>
    static short[] Words(params int[] ms) => [.. ms.SelectMany((length, i) => Enumerable.Range(0, length * 8).Select(n => (short)(i % 2 == 0 ? 0 : n % 62 * 260 - 8000)))];

    static short[] Listening => new short[20 * Tone.Rate];

    [Fact]
    public async Task A_person_who_says_hello_is_told_from_a_machine()
    {
        var (facts, answer) = await Called("1011", "13900139011", true, [.. Words(500, 350), .. Listening]);
        Assert.Equal("human", answer.GetProperty("kind").GetString());
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.8, 1);
        Assert.InRange(answer.GetProperty("afterMs").GetInt64(), 1200, 4000);
        Assert.Equal("human", facts.Value("answerClassified", "answerer"));
    }

    [Fact]
    public async Task A_machine_that_greets_at_length_and_beeps_is_told_from_a_person()
    {
        int[] greeting = [300, .. Enumerable.Repeat(new[] { 400, 150 }, 4).SelectMany(w => w)];
        var (facts, answer) = await Called("1013", "13900139013", true, [.. Words(greeting), .. Tone.Make(1000, TimeSpan.FromSeconds(0.5)), .. Listening]);
        Assert.Equal("machine", answer.GetProperty("kind").GetString());
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 0.9, 1);
        Assert.Equal("machine", facts.Value("answerClassified", "answerer"));
    }

    /// <summary>The tenant wants it of all calls; the one who calls may say no, and it is nobody's wish at first.</summary>
    [Fact]
    public async Task The_tenants_setting_holds_unless_the_one_who_calls_says_otherwise()
    {
        Assert.False((await product.Acme.Get("dialling")).GetProperty("answerDetection").GetBoolean());
        await product.Acme.Put("dialling", new { answerDetection = true });
        try
        {
            Assert.Equal("human", (await Called("1015", "13900139015", null, [.. Words(500, 350), .. Listening])).Answer.GetProperty("kind").GetString());
            Assert.Equal(JsonValueKind.Null, (await Called("1017", "13900139017", false, [.. Words(500, 350), .. Listening])).Answer.ValueKind);
        }
        finally
        {
            await product.Acme.Put("dialling", new { answerDetection = false });
        }
    }

    /// <summary>The facts, and what the record says of the answer.</summary>
    /// <param name="wanted">As the one who calls says; null = nothing.</param>
    async Task<(CallFacts Facts, JsonElement Answer)> Called(string extension, string number, bool? wanted, short[] says)
    {
        await using var phone = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        await using var outside = product.Outside();
        using var self = await product.Product.SignIn("acme", $"agent{extension}");
        var id = (await self.Call("", new { to = new { number }, answerDetection = wanted })).GetProperty("id").GetString()!;
        await Talk.Pick(phone, Ears.Agent);
        var far = await outside.Rings();
        far.Ear.Say(says);
        await far.Answer();
        await Ears.Hear(far.Ear, Ears.Agent); // the agent is heard at once: nobody waits for a judgement
        if (wanted == false) await Pause.For(3);
        else await ProductApi.Until(async () => (await product.Acme.Facts(id)).Kinds.Contains("answerClassified"), told => told, "the judgement", TimeSpan.FromSeconds(10));
        await far.HangUp();
        var record = await ProductApi.Until(async () => await product.Acme.Get($"calls/{id}"), call => call.GetProperty("endedAt").ValueKind == JsonValueKind.String, "the record", Patience.Usual);
        return (await product.Acme.Facts(id), record.GetProperty("answer"));
    }
}
