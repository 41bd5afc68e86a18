using System.Text.Json;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
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
        var spoke = Clock.Now;
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
        var (silent, overlap) = (others.GetProperty("longestSilence").GetInt64(), others.GetProperty("overlap").GetInt64() + customer.GetProperty("overlap").GetInt64());
        var (said, still) = (Clock.Ms(spoke, call.EndedAt), Clock.Ms(0, Standstill.Within(spoke, call.EndedAt + 1_000_000_000)));
        AsSaid(silent, 1500, record.TTalk - said, still);
        AsSaid(overlap, 1000, said, still);
        Assert.True(await product.Product.Metric("callcenter_media_mos_count") >= 2);
    }

    /// <summary>Once the last leg has ended and both tracks are sealed.</summary>
    Task<JsonElement> Complete(string id) => ProductApi.Until(
        () => product.Acme.Get($"calls/{id}"),
        call => call.GetProperty("quality").GetArrayLength() == 2 && call.GetProperty("speech") is { ValueKind: JsonValueKind.Object } speech && Spoke(speech, "customer") && Spoke(speech, "others"),
        "figures of both legs and both sides", TimeSpan.FromSeconds(3));

    /// <summary>ms: a frame at both ends, and the way to the product.</summary>
    const double Blur = 100;

    /// <summary>A length of the product agrees with what the far end played, less exactly by what that one stood still, and never leaves its fixed bounds, which alone hold where messages come late.</summary>
    static void AsSaid(long told, double least, double played, double still) =>
        Assert.InRange(told, Bars.BadLink ? least : Math.Max(least, played - Blur - still), Bars.BadLink ? 3000 : Math.Min(3000, played + Blur + still));

    static bool Spoke(JsonElement speech, string side) => speech.GetProperty(side).GetProperty("speech").GetInt64() > 0;

    static void SoundsWell(JsonElement leg)
    {
        var quality = leg.GetProperty("quality");
        Assert.InRange(quality.GetProperty("mos").GetDouble(), 3.5, 4.41);
        Assert.InRange(quality.GetProperty("loss").GetDouble(), 0, 2);
        Assert.Equal((10, 1), (quality.GetProperty("course").GetProperty("seconds").GetInt32(), quality.GetProperty("course").GetProperty("mos").GetArrayLength()));
    }
}
