using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

public sealed class StationTests
{
    [Fact]
    public async Task A_right_password_registers_and_a_query_shows_the_binding()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        var answer = await phone.Register("reg1");
        Assert.Equal(200, answer.Status);
        Assert.Contains(phone.Local.ToString(), scene.Script.Stations["1001"].Bindings[0].Contact, StringComparison.Ordinal);
        Assert.Contains("expires=60", answer.Text(HeaderName.Contact), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_challenged_and_then_forbidden()
    {
        await using var scene = await EdgeScene.Start(("Sip:FailuresAllowed", "3"));
        var phone = scene.Peer();
        var statuses = new List<int>();
        for (uint i = 0; i < 4; i++) statuses.Add((await phone.Register("bad" + i, "wrong")).Status);
        Assert.Equal([401, 401, 403, 403], statuses);
        Assert.False(scene.Script.Stations.ContainsKey("1001"));
    }

    [Fact]
    public async Task Guesses_sent_at_once_are_answered_one_by_one_and_the_right_password_opens_after_them()
    {
        await using var scene = await EdgeScene.Start(("Sip:FailuresAllowed", "3"));
        var phone = scene.Peer();
        for (uint i = 0; i < 3; i++) await phone.Register("bad" + i, "wrong");
        var began = TimeProvider.System.GetTimestamp();
        var guesses = Enumerable.Range(0, 3).Select(i => scene.Peer().Register("guess" + i, "wrong" + i)).ToArray();
        Assert.All(await Task.WhenAll(guesses), answer => Assert.Equal(403, answer.Status));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 2.9, 10);
        Assert.Equal(200, (await phone.Register("good")).Status);
    }

    [Fact]
    public async Task An_extension_that_does_not_exist_is_challenged_like_any_other()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        Assert.Equal(401, (await phone.Register("no", user: "4711")).Status);
    }

    [Fact]
    public async Task A_station_rings_with_the_callers_number_and_picks_up()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, invite) = await Ringing(scene);
        Assert.Equal("02112345678", invite.From.Uri.UserText);
        await phone.Send(phone.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp()));
        await phone.ExpectRequest(SipMethod.Ack);
        Assert.Equal(new LegId("agent-1"), (await scene.Script.Hears<PickedUp>()).Leg);
    }

    [Theory]
    [InlineData(486, LegFailure.Busy)]
    [InlineData(603, LegFailure.Rejected)]
    [InlineData(480, LegFailure.NoAnswer)]
    [InlineData(404, LegFailure.Unreachable)]
    [InlineData(500, LegFailure.Unreachable)]
    public async Task A_refusal_is_told_with_its_cause(int status, LegFailure why)
    {
        await using var scene = await EdgeScene.Start();
        var (phone, invite) = await Ringing(scene);
        await phone.Send(phone.Response(invite, status));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((why, status), (failed.Why, failed.SipStatus));
    }

    [Fact]
    public async Task A_phone_that_never_says_a_word_is_unreachable_before_the_ring_time_is_over()
    {
        await using var scene = await EdgeScene.Start();
        await Ringing(scene);
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task A_station_for_which_no_port_is_free_is_the_platforms_fault()
    {
        await using var scene = await EdgeScene.Start(("Media:PortFirst", "30998"), ("Media:PortLast", "30999"));
        await CallerTests.Connected(scene);
        await scene.Peer().Register("reg1");
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.MaxValue));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((LegFailure.PlatformFault, 503), (failed.Why, failed.SipStatus));
    }

    [Fact]
    public async Task A_station_that_is_not_registered_is_unreachable_at_once()
    {
        await using var scene = await EdgeScene.Start();
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.MaxValue));
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task No_phone_rings_for_a_call_whose_caller_is_gone()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        Assert.Equal(200, (await phone.Register("late")).Status);
        var (caller, answer) = await CallerTests.Connected(scene);
        await caller.Ask(caller.Within(answer, "BYE", 2));
        var gone = await scene.Script.Hears<HungUp>();
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.MaxValue));
        Assert.Equal(gone, await scene.Script.Hears<HungUp>());
        Assert.True(await phone.StaysQuiet(m => m is SipRequest, TimeSpan.FromMilliseconds(300)));
        Assert.Equal(0, scene.Edges.LiveCalls);
    }

    public static async Task<(ScriptedSipPeer Phone, SipRequest Invite)> Ringing(EdgeScene scene)
    {
        var phone = scene.Peer();
        Assert.Equal(200, (await phone.Register("ring")).Status);
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        return (phone, await phone.ExpectRequest(SipMethod.Invite));
    }
}
