using CallCenter.Edge.Calls;
using CallCenter.Kit.Media;
using CallCenter.Kit.Sip;
using CallCenter.Media.Dtmf;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Keys that come otherwise than as telephone-events.</summary>
public sealed class KeyTests
{
    const string Relay = "application/dtmf-relay", Plain = "application/dtmf";

    static readonly LegId Caller = new("caller");

    /// <summary>A caller whose session has no telephone-event.</summary>
    static async Task<(ScriptedSipPeer Peer, SipResponse Answer)> Connected(EdgeScene scene, RtpEar ear)
    {
        var caller = scene.Peer();
        await caller.Send(caller.Invite("tones-" + caller.Local.Port, body: Dialling.Sdp(ear.Local.Port, "0").Replace("a=rtpmap:101 telephone-event/8000\r\n", "", StringComparison.Ordinal)));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(Caller));
        var answer = await caller.ExpectResponse();
        await caller.Send(caller.Within(answer, "ACK", 1));
        ear.Connect(Dialling.MediaOf(answer));
        return (caller, answer);
    }

    static Task<SipResponse> Inform(ScriptedSipPeer peer, SipResponse dialog, uint number, string? type, string body, string headers = "") =>
        peer.Ask(peer.Within(dialog, "INFO", number, headers + (type is null ? "" : $"Content-Type: {type}\r\n"), body));

    static short[] Once(char key) => [.. Tone.Key(key, TimeSpan.FromMilliseconds(100)), .. new short[30 * Tone.Rate]];

    [Fact]
    public async Task A_key_in_an_info_is_told_to_the_call()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, answer) = await CallerTests.Connected(scene);
        Assert.Equal(200, (await Inform(caller, answer, 2, Relay, "Signal=5\r\nDuration=160\r\n")).Status);
        Assert.Equal((Caller, '5'), (await scene.Script.Hears<DigitPressed>()) is var one ? (one.Leg, one.Digit) : default);
        Assert.Equal(200, (await Inform(caller, answer, 3, Plain, "#")).Status);
        Assert.Equal('#', (await scene.Script.Hears<DigitPressed>()).Digit);
    }

    [Theory]
    [InlineData(Relay, "Signal=x\r\n", "", 400)]
    [InlineData(Relay, "Duration=100\r\n", "", 400)]
    [InlineData(Relay, "Signal=5\r\nSignal=6\r\n", "", 400)]
    [InlineData(Relay, "Signal=5\r\nDuration=long\r\n", "", 400)]
    [InlineData(Plain, "55", "", 400)]
    [InlineData("application/media_control+xml", "<media_control/>", "", 415)]
    [InlineData(Relay, "Signal=5\r\n", "Info-Package: keys\r\n", 469)]
    [InlineData(null, "", "", 200)]
    public async Task Other_infos_are_answered_by_what_is_wrong_with_them_and_tell_nothing(string? type, string body, string headers, int status)
    {
        await using var scene = await EdgeScene.Start();
        var (caller, answer) = await CallerTests.Connected(scene);
        var response = await Inform(caller, answer, 2, type, body, headers);
        Assert.Equal(status, response.Status);
        if (status == 415) Assert.Equal($"{Relay}, {Plain}", response.Text(HeaderName.Accept));
        await Inform(caller, answer, 3, Plain, "1");
        Assert.Equal('1', (await scene.Script.Hears<DigitPressed>()).Digit);
        Assert.Contains("INFO", response.Status == 200 ? answer.Text(HeaderName.Allow) : "INFO", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_info_that_belongs_to_no_session_is_481()
    {
        await using var scene = await EdgeScene.Start();
        var peer = scene.Peer();
        Assert.Equal(481, (await peer.Ask(peer.Request("INFO", Dialling.Number, Dialling.Caller, $"<{Dialling.Number}>", "none", 1, $"Content-Type: {Plain}\r\n", "1"))).Status);
    }

    [Theory]
    [InlineData(true, "Signal=5\r\nDuration=160\r\n", '5')]
    [InlineData(true, "signal = 10\nduration = 1", '*')]
    [InlineData(true, "Signal=11", '#')]
    [InlineData(true, "\r\nSignal=d\r\n\r\n", 'D')]
    [InlineData(true, "Signal=15\r\n", 'D')]
    [InlineData(true, "Signal=16\r\n", '!')]
    [InlineData(false, " 7\r\n", '7')]
    [InlineData(false, "10", '*')]
    [InlineData(false, "Signal=3\r\n", '3')]
    [InlineData(true, "5", null)]
    [InlineData(true, "Signal=\r\n", null)]
    [InlineData(true, "Signal=17", null)]
    [InlineData(true, "Signal=05", null)]
    [InlineData(true, "Signal=+5", null)]
    [InlineData(true, "Signal=555", null)]
    [InlineData(true, "Signal=5\r\nDuration=70000", null)]
    [InlineData(false, "", null)]
    public void Bodies_are_read_as_gateways_write_them(bool isRelay, string body, char? key) =>
        Assert.Equal(key, InfoKey.TryRead(System.Text.Encoding.ASCII.GetBytes(body), isRelay, out var read) ? read : null);

    [Fact]
    public void No_body_does_harm()
    {
        var chance = new Random(1);
        var seed = "Signal=5\r\nDuration=160\r\n"u8.ToArray();
        for (var round = 0; round < 100_000; round++)
        {
            var body = seed.AsSpan(0, chance.Next(seed.Length + 1)).ToArray();
            for (var flips = chance.Next(4); flips > 0 && body.Length > 0; flips--) body[chance.Next(body.Length)] = (byte)chance.Next(256);
            if (InfoKey.TryRead(body, chance.Next(2) == 0, out var key)) Assert.True(DtmfKeys.TryCode(key, out _));
        }
    }

    [Fact]
    public async Task Tones_are_keys_where_no_telephone_event_was_settled()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        await Connected(scene, ear);
        await ear.HearsPackets(5);
        ear.Say(Once('8'));
        var pressed = await scene.Script.Hears<DigitPressed>();
        Assert.Equal((Caller, '8'), (pressed.Leg, pressed.Digit));
    }

    /// <summary>And its tones do not.</summary>
    [Fact]
    public async Task A_key_that_comes_as_tones_goes_on_as_a_key()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        using var agent = new RtpEar();
        await Connected(scene, ear);
        var phone = await scene.Phone();
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        var invite = await phone.ExpectRequest(SipMethod.Invite);
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp(agent.Local.Port)));
        await scene.Script.Hears<PickedUp>();
        agent.Connect(Dialling.MediaOf(invite));
        await scene.Script.Orders(new SetRoom(RoomId.Main, [new(Caller), new(new LegId("agent-1"))]));
        await agent.HearsPackets(10);
        foreach (var key in "83")
        {
            ear.Say(Once(key));
            Assert.Equal(key, (await scene.Script.Hears<DigitPressed>()).Digit);
            await agent.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == key - '0' && (p.Payload[1] & 0x80) != 0), $"the end of {key}");
        }
        Assert.Equal(2, agent.Heard().Where(p => p.PayloadType == 101).Select(p => p.Timestamp).Distinct().Count());
        Assert.InRange(agent.Heard().Count(p => p.IsAudio && Tone.Power(p.Samples(), 852) > 1e6 && Tone.Power(p.Samples(), 1336) > 1e6), 0, 1); // 20 ms pass before 8 is noticed
    }

    [Fact]
    public async Task A_key_that_comes_as_tones_and_by_info_is_one()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        var (peer, answer) = await Connected(scene, ear);
        await ear.HearsPackets(5);
        ear.Say(Once('8'));
        Assert.Equal('8', (await scene.Script.Hears<DigitPressed>()).Digit);
        await Inform(peer, answer, 2, Relay, "Signal=8\r\nDuration=100\r\n");
        await Inform(peer, answer, 3, Relay, "Signal=9\r\nDuration=100\r\n");
        Assert.Equal('9', (await scene.Script.Hears<DigitPressed>()).Digit);
    }

    [Fact]
    public async Task Keys_for_a_leg_without_telephone_event_are_played()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        await Connected(scene, ear);
        await ear.HearsPackets(5);
        await scene.Script.Orders(new SendKeys(Caller, "4"));
        await ear.Hears(heard => heard.Count(p => p.IsAudio && Tone.Power(p.Samples(), 770) > 1e7 && Tone.Power(p.Samples(), 1209) > 1e7) >= 4, "the tones of 4");
    }

    [Fact]
    public async Task A_fax_machine_is_told_to_the_call()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        await Connected(scene, ear);
        ear.Say([.. Tone.Make(1100, TimeSpan.FromSeconds(0.5)), .. new short[3 * Tone.Rate]]);
        var fax = await scene.Script.Hears<FaxHeard>();
        Assert.Equal((Caller, FaxTone.Calling), (fax.Leg, fax.Tone));
    }
}
