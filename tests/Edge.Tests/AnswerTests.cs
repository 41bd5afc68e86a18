using CallCenter.Kit.Media;
using CallCenter.Kit.Sip;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>A number that is called, and what answers.</summary>
public sealed class AnswerTests
{
    static readonly LegId Called = new("out-1");

    static short[] Words(params int[] ms) => [.. ms.SelectMany((length, i) => Tone.Make(i % 2 == 0 ? 0 : 220, TimeSpan.FromMilliseconds(length)))];

    /// <summary>The called party says so once, and then listens.</summary>
    static async Task<AnswerSign> Judged(short[]? says, AudioCodec codec = AudioCodec.Pcmu)
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar(codec);
        var trunk = scene.Peer();
        scene.Script.WayOut = new(trunk.Local.ToString());
        await Connected(scene, codec);
        await scene.Script.OrdersFor("013800138000", new RingNumber(Called, "dial-x", "demo-trunk", "+862112345678", DateTimeOffset.UnixEpoch.AddYears(200), Judges: true));
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        if (says is null) ear.Mute();
        else ear.Say([.. says, .. new short[20 * Tone.Rate]]);
        ear.Connect(Dialling.MediaOf(invite));
        await trunk.Send(trunk.Response(invite, 200, body: Dialling.Sdp(ear.Local.Port, $"{(byte)codec} 101")));
        var heard = await scene.Script.Hears<AnswerHeard>();
        Assert.Equal(Called, heard.Leg);
        return heard.Sign;
    }

    /// <summary>Somebody of that codec, for whom the number is called.</summary>
    static async Task Connected(EdgeScene scene, AudioCodec codec)
    {
        var caller = scene.Peer();
        await caller.Send(caller.Invite("answer-" + caller.Local.Port, body: Dialling.Sdp(formats: $"{(byte)codec} 101")));
        await scene.Script.Orders(new AnswerLeg((await scene.Script.Hears<Arrived>()).Leg));
        await caller.Send(caller.Within(await caller.ExpectResponse(), "ACK", 1));
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.G722)]
    public async Task Who_says_hello_and_listens_is_a_human(AudioCodec codec)
    {
        var sign = await Judged(Words(400, 400), codec);
        Assert.Equal(AnswerKind.Human, sign.Kind);
        Assert.InRange(sign.Confidence, 0.9, 1);
        Assert.InRange(sign.AfterMs, 1200, 3000);
    }

    [Fact]
    public async Task Who_speaks_on_and_on_is_a_machine() => Assert.Equal(AnswerKind.Machine, (await Judged(Words([300, .. Enumerable.Repeat(new[] { 350, 150 }, 12).SelectMany(w => w)]))).Kind);

    [Fact]
    public async Task Who_sends_nothing_is_unknown()
    {
        var sign = await Judged(null);
        Assert.Equal((AnswerKind.Unknown, 0.0), (sign.Kind, sign.Confidence));
        Assert.InRange(sign.AfterMs, 3900, 5500);
    }
}
