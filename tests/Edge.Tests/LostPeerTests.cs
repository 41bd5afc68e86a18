using CallCenter.Kit.Media;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Peers that are gone without a word. Silence on the SIP side too (64·T1) is tested in Sip.Tests, by a clock of its own.</summary>
public sealed class LostPeerTests
{
    static readonly (string, string) Soon = ("Media:LostAfter", "00:00:00.300");

    [Fact]
    public async Task A_leg_without_media_is_asked_again_and_again_and_stays_while_it_answers()
    {
        await using var scene = await EdgeScene.Start(Soon);
        var (caller, _) = await CallerTests.Connected(scene);
        SipRequest? asked = null;
        for (var i = 0; i < 3; i++)
        {
            asked = await caller.ExpectRequest(SipMethod.Options, after: asked);
            await caller.Send(caller.Response(asked, i == 0 ? 405 : 200));
        }
        Assert.DoesNotContain(scene.Script.All, m => m.Body is HungUp);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    public async Task A_leg_whose_peer_knows_it_no_more_is_ended_by_the_network(int status)
    {
        await using var scene = await EdgeScene.Start(Soon);
        var (caller, _) = await CallerTests.Connected(scene);
        await caller.Send(caller.Response(await caller.ExpectRequest(SipMethod.Options), status));
        var over = await scene.Script.Hears<HungUp>();
        Assert.Equal((LegEndedBy.Network, status), (over.By, over.SipStatus));
        Assert.True(await caller.HearsNothingNew(m => m is SipRequest { Method: SipMethod.Options }, TimeSpan.FromMilliseconds(600)));
    }

    [Fact]
    public async Task A_leg_that_is_heard_is_not_asked_and_one_that_is_heard_again_is_asked_no_more()
    {
        await using var scene = await EdgeScene.Start(("Media:LostAfter", "00:00:03")); // a busy machine makes an ear wait longer than 300 ms
        using var ear = new RtpEar();
        var caller = scene.Peer();
        await caller.Send(caller.Invite("heard", body: Dialling.Sdp(ear.Local.Port)));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(new("caller")));
        var answer = await caller.ExpectResponse();
        await caller.Send(caller.Within(answer, "ACK", 1));
        await caller.Send(caller.Response(await caller.ExpectRequest(SipMethod.Options), 200));
        ear.Connect(Dialling.MediaOf(answer));
        await ear.HearsPackets(10); // heard within that time
        Assert.True(await caller.HearsNothingNew(m => m is SipRequest { Method: SipMethod.Options }, TimeSpan.FromMilliseconds(4800)));
    }

    [Fact]
    public async Task A_phone_that_holds_in_silence_is_asked_until_it_is_back_and_ended_where_it_is_gone()
    {
        await using var scene = await EdgeScene.Start(("Media:LostAfter", "00:00:01"));
        var (caller, phone, invite) = await scene.Talking();
        await phone.Ask(phone.Within(invite, "INVITE", 1, body: Dialling.Sdp(direction: "inactive")));
        await phone.Send(phone.Within(invite, "ACK", 1));
        var asked = await phone.ExpectRequest(SipMethod.Options);
        await phone.Send(phone.Response(asked, 200));
        await phone.Send(phone.Response(await phone.ExpectRequest(SipMethod.Options, after: asked), 481));
        HungUp over;
        do over = await scene.Script.Hears<HungUp>(); while (over.Leg != new LegId("agent-1"));
        Assert.Equal((LegEndedBy.Network, 481), (over.By, over.SipStatus));
    }

    [Fact]
    public async Task Nobody_is_asked_where_that_is_off()
    {
        await using var scene = await EdgeScene.Start(("Media:LostAfter", "00:00:00"));
        var (caller, _) = await CallerTests.Connected(scene);
        Assert.True(await caller.StaysQuiet(m => m is SipRequest, TimeSpan.FromMilliseconds(600)));
    }
}
