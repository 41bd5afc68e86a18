using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>SRTP with keys in SDP or by DTLS, by softphones that speak nothing else.</summary>
[Trait("Judges", "Voices")]
public sealed class SecuredTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("1011", true, true)]
    [InlineData("1013", true, false)]
    [InlineData("1015", false, true)]
    public async Task A_caller_and_an_agent_talk_and_are_recorded_with_either_leg_secured(string extension, bool callerSecured, bool agentSecured)
    {
        var (near, far) = (callerSecured ? Secrecy.Sdes : Secrecy.None, agentSecured ? Secrecy.Sdes : Secrecy.None);
        await Talks(extension, agentSecured ? "required" : "off", near, far, (caller, agent) =>
        {
            foreach (var (phone, secured) in new[] { (caller, callerSecured), (agent, agentSecured) })
                Assert.Equal(secured, phone.Process.Output.Contains("SRTP is Enabled", StringComparison.Ordinal));
        });
        Assert.DoesNotContain("inline:", product.Product.Process.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public Task A_caller_by_DTLS_with_ICE_and_an_agent_without_talk_and_are_recorded() => Talks("1021", "dtls", Secrecy.DtlsIce, Secrecy.Dtls);

    [Fact, Trait("Speed", "Long")]
    public Task A_caller_by_DTLS_without_ICE_and_an_agent_with_it_talk_and_are_recorded() => Talks("1023", "dtls", Secrecy.Dtls, Secrecy.DtlsIce);

    async Task Talks(string extension, string srtp, Secrecy callers, Secrecy agents, Action<Baresip, Baresip>? then = null)
    {
        await product.Acme.Put($"extensions/{extension}", new { srtp });
        await using var agent = await Baresip.Extension(product.Product.AgentSip, extension, "acme.localhost", sayHz: 1000, answers: true, secrecy: agents);
        await product.AgentsFree("sales", 1);
        var number = $"139000{extension}1";
        await using var caller = await Baresip.Caller(number, sayHz: 440, secrecy: callers);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip}");
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(4);
        await caller.HangUp();
        await agent.Sees("CALL_CLOSED");

        var record = await product.Acme.Record(number);
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.InRange(Tone.MedianSnr(agent.Heard()[^(2 * Tone.Rate)..], 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(caller.Heard()[^(2 * Tone.Rate)..], 1000), 20, double.PositiveInfinity);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0), 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1), 1000), 20, double.PositiveInfinity);
        then?.Invoke(caller, agent);
    }

    [Fact]
    public async Task Hold_and_retrieve_leave_a_secured_talk_secured_and_whole()
    {
        await product.Acme.Put("extensions/1019", new { srtp = "required" });
        await using var agent = await Baresip.Extension(product.Product.AgentSip, "1019", "acme.localhost", sayHz: 1000, answers: true, secrecy: Secrecy.Sdes);
        await product.AgentsFree("sales", 1);
        await using var caller = await Baresip.Caller("13900010191", sayHz: 440, secrecy: Secrecy.Sdes);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip}");
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(1); // so that they talk
        foreach (var holder in new[] { agent, caller })
        {
            await holder.Hold();
            await Pause.For(1);
            await holder.Resume();
            await Pause.For(1);
        }
        await Pause.For(2.5);
        await caller.HangUp();
        await agent.Sees("CALL_CLOSED");

        var record = await product.Acme.Record("13900010191");
        Assert.InRange(record.THeld, 500, 4500); // by the agent; a customer's hold is the customer's affair
        var wav = Wav.Read(await product.Acme.Recording(record.Recordings[^1])); // the phone's own dump ends at its first hold, secured or not
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^(2 * Tone.Rate)..], 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1)[^(2 * Tone.Rate)..], 1000), 20, double.PositiveInfinity);
        Assert.True(agent.Process.Output.Split("SRTP is Enabled").Length > 3, "it was not secured anew");
    }

    [Fact]
    public async Task A_phone_that_is_offered_no_keys_and_wants_them_is_not_reached()
    {
        await using var agent = await Baresip.Extension(product.Product.AgentSip, "1017", "acme.localhost", sayHz: 1000, answers: true, secrecy: Secrecy.Sdes);
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await product.AgentsFree("sales", 0);
        await call.HangUp();
        var (record, _) = await product.Told(caller);
        Assert.Empty(record.Agents);
    }
}
