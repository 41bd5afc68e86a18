using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>What the record tells of how a call sounded.</summary>
public sealed class SoundTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_record_tells_how_both_legs_sounded_and_how_both_sides_spoke()
    {
        await using var agent = await product.Agent("1009");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        await rung.Ear.HearsPackets(100);
        rung.Ear.SayTone(1000); // into what the caller says
        await rung.Ear.HearsPackets(100);
        await call.HangUp();
        await rung.Ended();

        var (record, _) = await product.Told(caller);
        var told = await Complete(record.Id);
        Assert.All(told.GetProperty("quality").EnumerateArray(), SoundsWell);
        var (customer, others) = (told.GetProperty("speech").GetProperty("customer"), told.GetProperty("speech").GetProperty("others"));
        Assert.InRange(customer.GetProperty("silenceRatio").GetDouble(), 0, 0.3);
        Assert.InRange(others.GetProperty("silenceRatio").GetDouble(), 0.3, 0.7);
        Assert.InRange(others.GetProperty("longestSilence").GetInt64(), 1500, 3000);
        Assert.InRange(others.GetProperty("overlap").GetInt64() + customer.GetProperty("overlap").GetInt64(), 1000, 3000);
        Assert.True(await product.Product.Metric("callcenter_media_mos_count") >= 2);
    }

    /// <summary>Once the last leg has ended and both tracks are sealed.</summary>
    Task<JsonElement> Complete(string id) => ProductApi.Until(
        () => product.Acme.Get($"calls/{id}"),
        call => call.GetProperty("quality").GetArrayLength() == 2 && call.GetProperty("speech") is { ValueKind: JsonValueKind.Object } speech && Spoke(speech, "customer") && Spoke(speech, "others"),
        "figures of both legs and both sides", TimeSpan.FromSeconds(3));

    static bool Spoke(JsonElement speech, string side) => speech.GetProperty(side).GetProperty("speech").GetInt64() > 0;

    static void SoundsWell(JsonElement leg)
    {
        var quality = leg.GetProperty("quality");
        Assert.InRange(quality.GetProperty("mos").GetDouble(), 3.5, 4.41);
        Assert.InRange(quality.GetProperty("loss").GetDouble(), 0, 2);
        Assert.Equal((10, 1), (quality.GetProperty("course").GetProperty("seconds").GetInt32(), quality.GetProperty("course").GetProperty("mos").GetArrayLength()));
    }
}
