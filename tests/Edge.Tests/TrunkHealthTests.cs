using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Trunks that are asked whether they are there; the trunk is a scripted peer.</summary>
public sealed class TrunkHealthTests
{
    static async Task<ScriptedSipPeer> Asked(EdgeScene scene)
    {
        var trunk = scene.Peer();
        scene.Script.Probed = [new(scene.Script.Trunk, trunk.Local.ToString())];
        await CallerTests.Connected(scene);
        scene.AskTrunks();
        return trunk;
    }

    static async Task<SipRequest> Question(ScriptedSipPeer trunk, SipRequest? before = null) =>
        (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Options } asked && (before is null || asked.Text(HeaderName.CallId) != before.Text(HeaderName.CallId)), "a question");

    /// <summary>Until the edge has said so of the trunk, by itself.</summary>
    static async Task<TrunkReport> Says(EdgeScene scene, TrunkState state)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await look.WaitForNextTickAsync(patience.Token))
            if (scene.Script.Report?.Trunks.FirstOrDefault(trunk => trunk.State == state) is { } report) return report;
        throw new TimeoutException();
    }

    [Fact]
    public async Task A_trunk_that_answers_is_up_whatever_it_says_and_one_that_takes_nothing_is_down()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Asked(scene);
        var first = await Question(trunk);
        await trunk.Send(trunk.Response(first, 405));
        var up = await Says(scene, TrunkState.Up);
        Assert.Equal((405, 1, true), (up.Status, up.Calls, up.AnsweredAt is not null)); // the caller came by it
        scene.AskTrunks();
        await trunk.Send(trunk.Response(await Question(trunk, first), 503));
        Assert.Equal(503, (await Says(scene, TrunkState.Down)).Status);
        scene.Script.Probed = [];
        scene.AskTrunks();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Assert.Single((await scene.Report()).Trunks).State != TrunkState.Unasked) await look.WaitForNextTickAsync(patience.Token);
    }

    [Fact]
    public async Task A_trunk_that_says_nothing_is_down_within_seconds()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Asked(scene);
        await Question(trunk);
        var down = await Says(scene, TrunkState.Down);
        Assert.Equal((408, null), (down.Status, down.AnsweredAt));
    }

    [Fact]
    public async Task Calls_over_a_trunk_are_counted_and_those_that_fail_by_their_cause()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = scene.Peer();
        scene.Script.WayOut = new(trunk.Local.ToString());
        await CallerTests.Connected(scene);
        await scene.Script.OrdersFor("013800138000", new RingNumber(new("out-1"), "dial-x", scene.Script.Trunk, "+862112345678", DateTimeOffset.UnixEpoch.AddYears(200)));
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        var rings = Assert.Single((await scene.Report()).Trunks);
        Assert.Equal((TrunkState.Unasked, 2), (rings.State, rings.Calls)); // the caller's leg came by it too
        await trunk.Send(trunk.Response(invite, 486));
        await scene.Script.Hears<NotPickedUp>();
        var over = Assert.Single((await scene.Report()).Trunks);
        Assert.Equal((1, new TrunkFailure(LegFailure.Busy, 486, 1)), (over.Calls, Assert.Single(over.Failures)));
    }
}
