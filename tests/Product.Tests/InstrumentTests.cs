using CallCenter.Kit.Links;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>The instruments without the product between them: what they cannot measure here, no other test may claim.</summary>
public sealed class InstrumentTests
{
    [Fact]
    public async Task Two_phones_hear_each_other_without_a_gap()
    {
        await using var between = new UdpRelay();
        await using var anna = new Phone(between.Local, "1001", null);
        between.ConnectTo(anna.Local);
        await using var bob = new Phone(between.Local, "13800000001", null);
        var call = bob.Dial("1001");
        var rung = await anna.Rings();
        Assert.Equal("13800000001", rung.CallerNumber);
        await rung.Answer();
        await call.Answered();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Tone(rung.Ear, 440);
        await Heard.Tone(call.Ear, 1000);
        await call.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended());
        Assert.True(Clock.Ms(call.EndedAt, rung.EndedAt) < 50);
    }

    [Fact]
    public async Task What_others_send_to_the_port_of_a_phone_or_of_its_ear_disturbs_neither()
    {
        await using var between = new UdpRelay();
        await using var anna = new Phone(between.Local, "1001", null);
        between.ConnectTo(anna.Local);
        await using var bob = new Phone(between.Local, "13800000001", null);
        var call = bob.Dial("1001");
        var rung = await anna.Rings();
        await rung.Answer();
        await call.Answered();
        using var stranger = new RtpEar();
        foreach (var to in new[] { anna.Local, bob.Local, rung.Ear.Local })
        {
            stranger.Connect(to);
            stranger.SayTone(700);
            var sent = stranger.Sent;
            await Until(() => stranger.Sent > sent + 10);
        }
        Assert.True(Heard.Start(rung.Ear.Heard(), 700) < 0);
        await call.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended());
    }

    static async Task Until(Func<bool> so)
    {
        for (var began = Clock.Now; !so(); await Pause.For(0.01)) Assert.True(Clock.Ms(began, Clock.Now) < 5000);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Phones_that_lose_a_third_of_the_packets_still_talk()
    {
        await using var between = new UdpRelay();
        await using var anna = new Phone(between.Local, "1001", null, lossPercent: 30, seed: 7);
        between.ConnectTo(anna.Local);
        await using var bob = new Phone(between.Local, "13800000001", null, lossPercent: 30, seed: 8);
        var call = bob.Dial("1001");
        var rung = await anna.Rings(TimeSpan.FromSeconds(20));
        await rung.Answer();
        await call.Answered(20);
        await call.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended(20));
    }

    [Fact]
    public async Task A_caller_who_changes_his_mind_stops_the_ringing()
    {
        await using var between = new UdpRelay();
        await using var anna = new Phone(between.Local, "1001", null);
        between.ConnectTo(anna.Local);
        await using var bob = new Phone(between.Local, "13800000001", null);
        var call = bob.Dial("1001");
        var rung = await anna.Rings();
        await call.Cancel();
        Assert.Equal(CallEnd.Cancelled, await rung.Ended());
        Assert.Equal(487, (await call.Final).Status);
    }

    [Fact]
    public async Task Baresip_says_its_tone_hears_ours_and_presses_keys()
    {
        await using var between = new UdpRelay();
        await using var anna = new Phone(between.Local, "1001", null);
        between.ConnectTo(anna.Local);
        await using var caller = await Baresip.Caller("13800000002", sayHz: 440);
        await caller.Dial($"sip:1001@{between.Local}");
        var rung = await anna.Rings();
        rung.Ear.SayTone(1000);
        await rung.Answer();
        await caller.Sees("CALL_ESTABLISHED");
        await Heard.Tone(rung.Ear, 440);
        await caller.Press('1');
        await rung.Ear.Hears(h => h.Any(p => p.PayloadType == 101), "a key");
        await caller.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended());
        await caller.Sees("CALL_CLOSED");
        Assert.InRange(Tone.MedianSnr(caller.Heard(), 1000), 20, double.PositiveInfinity);
    }
}
