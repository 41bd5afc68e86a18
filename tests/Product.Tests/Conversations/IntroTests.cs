using System.Net;
using System.Net.Http.Headers;
using CallCenter.Kit.Media;

namespace CallCenter.Product.Tests.Conversations;

/// <summary>What plays before a talk: the whisper to the agent, then the staff number to both. Prompts of the firm's own make what is heard certain.</summary>
[Trait("Judges", "NoTime")]
public sealed class IntroTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const double Whisper = 660, Before = 880;

    [Fact]
    public async Task The_agent_hears_the_whisper_while_the_caller_hears_music_then_both_the_staff_number_and_then_each_other()
    {
        await Upload("for-vip", Whisper, 3);
        await Upload("staff-number-before", Before, 2);
        await product.Acme.Put("agents/agent1011", new { staffNumber = "8011" });
        await product.Acme.Put("queues/sales", new { whisper = "prompt", whisperPrompt = "for-vip", announcesStaffNumber = true });
        await using var agent = await product.Agent("1011");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        using var customer = caller.Dial(Numbers.AcmeSales);
        await customer.Answered();
        customer.Ear.SayTone(Ears.Customer);
        using var desk = await Talk.Pick(agent, Ears.Agent);

        await Task.WhenAll(Heard.Purely(desk.Ear, Whisper, seconds: 1), Ears.Music(customer.Ear));
        await Task.WhenAll(Heard.Purely(desk.Ear, Before, seconds: 1), Heard.Purely(customer.Ear, Before, seconds: 1));
        await Ears.Hear(customer.Ear, Ears.Agent);
        await Ears.Hear(desk.Ear, Ears.Customer);
        await Pause.For(1);
        await customer.HangUp();
        await desk.Ended();

        var (record, facts) = await product.Told(caller);
        Assert.Equal(["introBegun", "whisperPlayed", "introBegun", "staffNumberAnnounced", "trackStarted"], facts.Kinds.Where(kind => kind is "introBegun" or "whisperPlayed" or "staffNumberAnnounced" or "trackStarted").Take(5));
        Assert.Equal(("True", "True", "8011"), (facts.Value("whisperPlayed", "whole"), facts.Value("staffNumberAnnounced", "whole"), facts.Value("staffNumberAnnounced", "staffNumber")));
        var (joined, began, ended) = (At(facts, "agentJoined"), At(facts, "staffNumberAnnounced"), At(facts, "callEnded"));
        Bars.Near((ended - began).TotalMilliseconds, record.TTalk);
        Bars.Near((began - joined).TotalMilliseconds, record.Spell("agent1011").GetProperty("tIntro").GetInt64());
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Bars.Near(record.TTalk, 1000.0 * wav.Channel(0).Length / wav.Rate);
    }

    static DateTimeOffset At(Kit.Product.CallFacts facts, string kind) => facts.Of(kind)[0].GetProperty("at").GetDateTimeOffset();

    async Task Upload(string prompt, double hz, double seconds)
    {
        using var content = new ByteArrayContent(new Wav(Tone.Rate, 1, Tone.Make(hz, TimeSpan.FromSeconds(seconds))).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var answer = await product.Acme.Http.PutAsync(new Uri($"api/v1/prompts/{prompt}/audio", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
