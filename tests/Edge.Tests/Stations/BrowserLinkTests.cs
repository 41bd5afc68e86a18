namespace CallCenter.Edge.Tests.Stations;

/// <summary>A browser whose path is at another edge than the one that holds the call, as far as it goes without a browser.</summary>
public sealed class BrowserLinkTests
{
    static readonly (string, string) Two = ("Edge:Count", "2"), Named = ("Edge:Id", "edge");
    static readonly LegId Desk = new("agent-1");
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);

    /// <summary>A call at the first edge, and a browser that has offered to the second, and never comes.</summary>
    static async Task<(EdgeScene Scene, IEdgeObserver There, PathName Path)> Start()
    {
        var scene = await EdgeScene.Start(Named, Two);
        var there = await scene.Observer("edge-1");
        var answer = await there.OpenPath(new(scene.Script.Tenant, "1001", "tab-1", BrowserPathTests.Sdp(), Take: false));
        scene.Script.Stations["1001"] = new(0, [], Kind: StationKind.Browser, Browser: scene.Script.Browsers.Connected);
        await CallerTests.Connected(scene);
        return (scene, there, new(scene.Script.Tenant, "1001", answer.Connection!));
    }

    static Task<NotPickedUp> Over(EdgeScene scene) => scene.Script.Hears<NotPickedUp>();

    [Fact]
    public async Task It_rings_when_its_pop_is_shown_and_picks_up_by_order_once_it_is_there()
    {
        var (scene, _, _) = await Start();
        await using var scope = scene;
        await scene.Script.Orders(new RingStation(Desk, "1001", Later));
        await scene.Script.Orders(new AlertLeg(Desk));
        Assert.Equal(Desk, (await scene.Script.Hears<Alerting>()).Leg);
        await scene.Script.Orders(new AnswerLeg(Desk));
        var over = await Over(scene); // nobody ever shook hands
        Assert.Equal((Desk, LegFailure.Unreachable), (over.Leg, over.Why));
        Assert.Equal(1, scene.Edges.LiveCalls);
    }

    [Fact]
    public async Task It_rings_after_a_while_though_no_page_shows_it_and_no_longer_than_it_may()
    {
        var (scene, _, _) = await Start();
        await using var scope = scene;
        await scene.Script.Orders(new RingStation(Desk, "1001", TimeProvider.System.GetUtcNow().AddSeconds(6)));
        Assert.Equal(Desk, (await scene.Script.Hears<Alerting>()).Leg);
        Assert.Equal(LegFailure.NoAnswer, (await Over(scene)).Why);
    }

    [Fact]
    public async Task An_offer_that_is_taken_back_stops_it()
    {
        var (scene, _, _) = await Start();
        await using var scope = scene;
        await scene.Script.Orders(new RingStation(Desk, "1001", Later));
        await scene.Script.Orders(new AlertLeg(Desk));
        await scene.Script.Hears<Alerting>();
        await scene.Script.Orders(new HangUpLeg(Desk));
        Assert.Equal(LegFailure.Withdrawn, (await Over(scene)).Why);
    }

    [Fact]
    public async Task One_that_left_meanwhile_is_unreachable()
    {
        var (scene, there, path) = await Start();
        await using var scope = scene;
        await scene.Script.Orders(new RingStation(Desk, "1001", Later));
        await scene.Script.Orders(new AlertLeg(Desk));
        await scene.Script.Hears<Alerting>();
        Assert.Equal(PathRefusal.None, await there.ClosePath(path));
        await scene.Script.Orders(new AnswerLeg(Desk));
        Assert.Equal(LegFailure.Unreachable, (await Over(scene)).Why);
    }

    [Fact]
    public async Task One_that_hangs_up_while_it_is_waited_for_has_refused()
    {
        var (scene, there, path) = await Start();
        await using var scope = scene;
        await scene.Script.Orders(new RingStation(Desk, "1001", Later, Expected: true));
        await scene.Script.Hears<Alerting>(); // the other edge has it
        Assert.Equal(PathRefusal.None, await there.ClosePath(path));
        Assert.Equal(LegFailure.Rejected, (await Over(scene)).Why);
    }

    [Fact]
    public async Task One_whose_edge_was_started_anew_is_unreachable_at_once()
    {
        var (scene, _, _) = await Start();
        await using var scope = scene;
        var known = scene.Script.Stations["1001"];
        scene.Script.Stations["1001"] = known with { Browser = known.Browser! with { EdgeEpoch = 1 } };
        await scene.Script.Orders(new RingStation(Desk, "1001", Later));
        Assert.Equal(LegFailure.Unreachable, (await Over(scene)).Why);
    }
}
