using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>Calls with linphone, which has a stack and codecs of its own.</summary>
public sealed class LinphoneTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("PCMA", null, "1043")]
    [InlineData("PCMU", "AES_CM_128_HMAC_SHA1_80", "1045")]
    [InlineData("PCMU", "AES_CM_128_HMAC_SHA1_32", "1053")]
    [InlineData("PCMU", Linphone.Dtls, "1049")]
    [InlineData("opus", null, "1055")]
    public async Task Linphone_calls_an_agent(string codec, string? security, string extension)
    {
        await using var agent = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        var number = $"1360000{extension}";
        await using var caller = await Linphone.Caller(number, sayHz: 440, codec, security);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip}");
        var rung = await agent.Rings(TimeSpan.FromSeconds(10));
        await rung.Answer();
        rung.Ear.SayTone(1000);
        await Heard.Begins(rung.Ear, 440, within: 10);
        rung.Ear.Forget();
        await Heard.Purely(rung.Ear, 440, seconds: 3);
        await caller.HangUp();
        await rung.Ended();
        Hears(caller, 1000);
        Agreed(caller, codec, security);
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "required", "1047")]
    [InlineData(Linphone.Dtls, "dtls", "1057")]
    public async Task Linphone_is_an_agents_phone_and_is_called_secured(string security, string srtp, string extension)
    {
        await product.Acme.Put($"extensions/{extension}", new { srtp });
        await using var agent = await Linphone.Extension(product.Product.AgentSip, extension, "acme.localhost", sayHz: 1000, "PCMU", security);
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        call.Ear.SayTone(440);
        await Heard.Begins(call.Ear, 1000, within: 15);
        call.Ear.Forget();
        await Heard.Purely(call.Ear, 1000, seconds: 3);
        await call.HangUp();
        await agent.Ends();
        Hears(agent, 440);
        Agreed(agent, "PCMU", security);
    }

    static void Agreed(Linphone phone, string codec, string? security)
    {
        Assert.Contains($"Found payload {codec}/", phone.Log, StringComparison.Ordinal);
        Assert.Contains($"Negotiated media encryption is LinphoneMediaEncryption{security switch { null => "None", Linphone.Dtls => "DTLS", _ => "SRTP" }}", phone.Log, StringComparison.Ordinal);
        Assert.Equal(security == Linphone.Dtls, phone.Log.Contains("DTLS Handshake on RTP channel successful", StringComparison.Ordinal));
    }

    /// <summary>Its last two seconds but one: its file ends in silence.</summary>
    static void Hears(Linphone phone, double hz)
    {
        var sound = phone.Heard();
        var samples = sound.Channel(0);
        Assert.InRange(samples.Length, 2 * sound.Rate, int.MaxValue);
        Assert.InRange(Tone.MedianSnr(samples.AsSpan(samples.Length - 2 * sound.Rate, sound.Rate), hz, sound.Rate), 20, double.PositiveInfinity);
    }
}
