using CallCenter.Kit.Ports;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>What an edge writes down of its sessions, and what its next start does about them. The edge that "died" lives on, and knows nothing of it.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_talk_that_was_cut_off_ends_with_a_BYE_of_a_higher_number()
    {
        var kept = new MemoryDialogs();
        await using var scene = await EdgeScene.Start(kept);
        var (caller, answer) = await CallerTests.Connected(scene);
        Assert.Single(kept.Now);
        await using var next = await EdgeScene.Start(kept);
        var bye = await caller.ExpectRequest(SipMethod.Bye);
        Assert.Equal((answer.CallIdText, answer.To.ToString(), answer.From.ToString()), (bye.CallIdText, bye.From.ToString(), bye.To.ToString()));
        Assert.InRange(bye.CSeq.Number, 1_000u, CSeq.Max);
        Assert.Equal("Q.850;cause=41", bye.Text(HeaderName.Reason));
    }

    [Fact]
    public async Task A_phone_that_rings_for_nobody_gets_a_CANCEL_of_its_INVITE()
    {
        var kept = new MemoryDialogs();
        await using var scene = await EdgeScene.Start(kept);
        var (phone, invite) = await StationTests.Ringing(scene);
        await phone.Send(phone.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        Assert.Equal(2, kept.Now.Length);
        await using var next = await EdgeScene.Start(kept);
        var cancel = await phone.ExpectRequest(SipMethod.Cancel);
        Assert.Equal((invite.CSeq.Number, invite.Via.ToString(), invite.Uri.ToString()), (cancel.CSeq.Number, cancel.Via.ToString(), cancel.Uri.ToString()));
    }

    [Fact]
    public async Task What_ended_in_good_order_is_not_kept()
    {
        var kept = new MemoryDialogs();
        await using var scene = await EdgeScene.Start(kept);
        var (caller, answer) = await CallerTests.Connected(scene);
        await caller.Ask(caller.Within(answer, "BYE", 2));
        await scene.Script.Hears<HungUp>();
        Assert.Empty(kept.Now);
    }

    [Fact]
    public async Task A_stop_leaves_nothing_behind()
    {
        var kept = new MemoryDialogs();
        var scene = await EdgeScene.Start(kept);
        await CallerTests.Connected(scene);
        await scene.DisposeAsync();
        Assert.Empty(kept.Now);
    }
}
