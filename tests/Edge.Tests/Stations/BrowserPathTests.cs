using System.Diagnostics;

namespace CallCenter.Edge.Tests.Stations;

/// <summary>Browsers' paths at the edge, as far as it goes without a browser; that they carry a talk is shown by browsers.</summary>
public sealed class BrowserPathTests
{
    const string Extension = "1001";
    static readonly LegId Desk = new("agent-1");
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);
    static readonly string hash = string.Join(':', Enumerable.Repeat("AB", 32));

    internal static string Sdp(string ufrag = "GUnR") => Dialling.Sdp().Replace("RTP/AVP", "UDP/TLS/RTP/SAVPF", StringComparison.Ordinal)
        + $"a=mid:0\r\na=ice-ufrag:{ufrag}\r\na=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk\r\na=fingerprint:sha-256 {hash}\r\na=setup:actpass\r\na=rtcp-mux\r\n";

    static PathWish Wish(EdgeScene scene, string client = "tab-1", bool take = false, string? sdp = null) => new(scene.Script.Tenant, Extension, client, sdp ?? Sdp(), take);

    static string[] Lines(string? sdp, string name) => [.. (sdp ?? "").Split("\r\n").Where(l => l.StartsWith($"a={name}", StringComparison.Ordinal))];

    [Fact]
    public async Task A_browser_is_answered_with_credentials_of_its_own_and_the_same_port_as_the_one_before()
    {
        await using var scene = await EdgeScene.Start();
        var edge = await scene.Observer();
        var first = await edge.OpenPath(Wish(scene));
        Assert.Equal(("a=setup:passive", PathRefusal.None), (Assert.Single(Lines(first.Sdp, "setup")), first.Refusal));
        Assert.Equal(first.Connection, scene.Script.Browsers.Connected!.Connection);
        var second = await edge.OpenPath(Wish(scene, "tab-2", sdp: Sdp("Other")));
        Assert.Equal(Lines(first.Sdp, "candidate"), Lines(second.Sdp, "candidate"));
        Assert.NotEqual(Lines(first.Sdp, "ice-ufrag"), Lines(second.Sdp, "ice-ufrag"));
        Assert.NotEqual(first.Connection, second.Connection);
        Assert.Equal(PathRefusal.Gone, (await edge.RestartPath(new(scene.Script.Tenant, Extension, first.Connection!), Sdp())).Refusal);
        var restarted = await edge.RestartPath(new(scene.Script.Tenant, Extension, second.Connection!), Sdp("Third"));
        Assert.NotEqual(Lines(second.Sdp, "ice-ufrag"), Lines(restarted.Sdp, "ice-ufrag"));
        Assert.Equal(PathRefusal.None, await edge.ClosePath(new(scene.Script.Tenant, Extension, second.Connection!)));
        Assert.Equal($"gone {second.Connection}", await scene.Script.Browsers.Next());
        Assert.Equal(PathRefusal.Gone, await edge.ClosePath(new(scene.Script.Tenant, Extension, second.Connection!)));
    }

    [Fact]
    public async Task A_path_that_the_station_could_not_store_gives_its_ports_back()
    {
        await using var scene = await EdgeScene.Start(("Media:PortFirst", "30994"), ("Media:PortLast", "30995"));
        var edge = await scene.Observer();
        scene.Script.Browsers.Fails = true;
        await Assert.ThrowsAnyAsync<Exception>(() => edge.OpenPath(Wish(scene)));
        scene.Script.Browsers.Fails = false;
        var since = Stopwatch.GetTimestamp();
        PathAnswer answer;
        do answer = await edge.OpenPath(Wish(scene)); // the only port is to be had again once it has come to rest
        while (answer.Refusal == PathRefusal.NoMedia && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20));
        Assert.Equal(PathRefusal.None, answer.Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n")]
    public async Task What_is_no_offer_of_a_browser_is_refused_and_nobody_is_shown_out(string sdp)
    {
        await using var scene = await EdgeScene.Start();
        var edge = await scene.Observer();
        var good = await edge.OpenPath(Wish(scene));
        foreach (var bad in new[] { sdp, Dialling.Sdp(), Sdp().Replace("a=ice-ufrag:GUnR\r\n", "", StringComparison.Ordinal) })
            Assert.Equal(PathRefusal.BadOffer, (await edge.OpenPath(Wish(scene, sdp: bad, take: true))).Refusal);
        Assert.Equal(good.Connection, scene.Script.Browsers.Connected!.Connection);
        Assert.Equal(PathRefusal.None, await edge.EchoPath(new(scene.Script.Tenant, Extension, good.Connection!), true));
    }

    [Fact]
    public async Task Whom_the_station_does_not_let_in_hears_why()
    {
        await using var scene = await EdgeScene.Start();
        scene.Script.Browsers.Refusal = PathRefusal.Taken;
        var edge = await scene.Observer();
        Assert.Equal((PathRefusal.Taken, DateTimeOffset.UnixEpoch), await edge.OpenPath(Wish(scene)) is var no ? (no.Refusal, no.Since) : default);
        Assert.Equal(PathRefusal.None, (await edge.OpenPath(Wish(scene, take: true))).Refusal);
    }

    [Fact]
    public async Task A_browser_that_never_comes_is_told_as_silent_and_then_given_up()
    {
        await using var scene = await EdgeScene.Start();
        scene.Script.Browsers.Grace = TimeSpan.FromSeconds(1);
        var edge = await scene.Observer();
        var connection = (await edge.OpenPath(Wish(scene))).Connection;
        Assert.Equal($"silent {connection}", await scene.Script.Browsers.Next());
        Assert.Equal($"gone {connection}", await scene.Script.Browsers.Next());
        Assert.Equal(PathRefusal.Gone, await edge.EchoPath(new(scene.Script.Tenant, Extension, connection!), true));
    }

    [Fact]
    public async Task A_browser_rings_when_the_pop_is_shown_and_one_that_is_lost_while_it_rings_is_tried_no_longer()
    {
        await using var scene = await EdgeScene.Start();
        var edge = await scene.Observer();
        await CallerTests.Connected(scene);
        await edge.OpenPath(Wish(scene));
        await scene.Script.Orders(new RingStation(Desk, Extension, Later));
        await scene.Script.Orders(new AlertLeg(Desk));
        Assert.Equal(Desk, (await scene.Script.Hears<Alerting>()).Leg);
        var over = await scene.Script.Hears<NotPickedUp>(); // nobody ever shook hands
        Assert.Equal((Desk, LegFailure.Unreachable), (over.Leg, over.Why));
        await scene.Script.Orders(new RingStation(new("agent-2"), Extension, Later));
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task A_station_that_is_a_browser_rings_no_phone()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        Assert.Equal(200, (await phone.Register("ring")).Status);
        scene.Script.Stations[Extension] = scene.Script.Stations[Extension] with { Kind = StationKind.Browser, Browser = new(new("edge-0"), 1, "old", "tab-1", DateTimeOffset.UnixEpoch) };
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Desk, Extension, Later));
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
        Assert.Equal("gone old", await scene.Script.Browsers.Next());
    }
}
