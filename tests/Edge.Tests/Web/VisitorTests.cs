using CallCenter.Contracts.WebCalls;
using CallCenter.Domain.WebCalls;

namespace CallCenter.Edge.Tests.Web;

/// <summary>A visitor of a web page at an edge: opened, answered and ended like a caller who came by an INVITE. That media flow is shown by a browser.</summary>
public sealed class VisitorTests
{
    static readonly TenantId Acme = new("acme");
    static readonly CallRef Call = new(Acme, new("visited"));
    static readonly LegId Caller = new("caller");
    static readonly WebVisit Visit = new("https://shop.example.com", 3, [new("order", "A-17")]);
    static readonly string hash = string.Join(':', Enumerable.Repeat("AB", 32));

    static string Offer(string ufrag = "GUnR") => Dialling.Sdp().Replace("RTP/AVP", "UDP/TLS/RTP/SAVPF", StringComparison.Ordinal)
        + $"a=mid:0\r\na=ice-ufrag:{ufrag}\r\na=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk\r\na=fingerprint:sha-256 {hash}\r\na=setup:actpass\r\na=rtcp-mux\r\n";

    static VisitorCall Visitor(EdgeScene scene, string? offer = null) => new(Call, scene.Script.Number, offer ?? Offer(), Visit, "192.0.2.7");

    static string? LineOf(string? sdp, string name) => sdp?.Split("\r\n").FirstOrDefault(l => l.StartsWith($"a={name}", StringComparison.Ordinal));

    /// <summary>A visitor whose call was answered.</summary>
    static async Task<(IEdgeObserver Edge, VisitorAnswer Answer)> Answered(EdgeScene scene)
    {
        var edge = await scene.Observer();
        var taking = edge.TakeVisitor(Visitor(scene));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(Caller));
        await scene.Script.Hears<Answered>();
        return (edge, await taking);
    }

    [Fact]
    public async Task A_visitor_becomes_a_call_without_a_number_and_gets_an_answer_when_the_call_is_answered()
    {
        await using var scene = await EdgeScene.Start();
        var edge = await scene.Observer();
        var taking = edge.TakeVisitor(Visitor(scene));
        var arrived = await scene.Script.Hears<Arrived>();
        Assert.Equal(("", null, null, scene.Script.Number, Caller), (arrived.CallerNumber, arrived.CallerName, arrived.Trunk, arrived.Number, arrived.Leg));
        Assert.Equal(Visit, arrived.Web);
        Assert.Equal(Call, scene.Script.Call);
        await scene.Script.Orders(new AnswerLeg(Caller));
        Assert.Equal(Caller, (await scene.Script.Hears<Answered>()).Leg);
        var answer = await taking;
        Assert.Null(answer.Why);
        Assert.Equal("a=setup:passive", LineOf(answer.Sdp, "setup"));
        Assert.NotNull(LineOf(answer.Sdp, "candidate"));
    }

    [Fact]
    public async Task A_call_that_takes_its_time_is_not_refused()
    {
        await using var scene = await EdgeScene.Start();
        Assert.NotNull((await (await scene.Observer()).TakeVisitor(Visitor(scene))).Sdp);
    }

    [Fact]
    public async Task A_tenant_at_its_limit_is_busy()
    {
        await using var scene = await EdgeScene.Start();
        var taking = (await scene.Observer()).TakeVisitor(Visitor(scene));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new RejectLeg(Caller, 486, 17));
        Assert.Equal(VisitorRefusal.Busy, (await taking).Why);
        var over = await scene.Script.Hears<HungUp>();
        Assert.Equal((LegEndedBy.Us, 486, 17), (over.By, over.SipStatus, over.Q850));
    }

    public static TheoryData<string> BadOffers =>
    [
        "", "nonsense", new string('v', 20_000),
        Dialling.Sdp(), // plain media would go wherever a stranger says
        Offer().Replace("a=ice-ufrag:GUnR\r\n", "", StringComparison.Ordinal).Replace("a=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk\r\n", "", StringComparison.Ordinal),
        Offer().Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal),
        Offer().Replace("m=audio", "m=video", StringComparison.Ordinal),
    ];

    [Theory, MemberData(nameof(BadOffers))]
    public async Task What_no_browser_offers_is_no_call(string offer)
    {
        await using var scene = await EdgeScene.Start();
        Assert.Equal(VisitorRefusal.BadOffer, (await (await scene.Observer()).TakeVisitor(Visitor(scene, offer))).Why);
        Assert.Empty(scene.Script.All);
        Assert.Equal(0, scene.Edges.LiveCalls);
    }

    [Fact]
    public async Task Nothing_but_a_number_of_that_tenant_is_reached()
    {
        await using var scene = await EdgeScene.Start();
        var edge = await scene.Observer();
        foreach (var wrong in new[] { Visitor(scene) with { Call = Call with { Tenant = new("globex") } }, Visitor(scene) with { Number = "1001" }, Visitor(scene) with { Number = "" } })
            Assert.Equal(VisitorRefusal.NoNumber, (await edge.TakeVisitor(wrong)).Why);
        Assert.Empty(scene.Script.All);
    }

    [Fact]
    public async Task An_edge_that_drains_or_has_no_DTLS_takes_nobody()
    {
        await using (var scene = await EdgeScene.Start())
        {
            scene.Edges.Drain();
            Assert.Equal(VisitorRefusal.Draining, (await (await scene.Observer()).TakeVisitor(Visitor(scene))).Why);
        }
        await using var plain = await EdgeScene.Start(("Media:Dtls", "off"));
        Assert.Equal(VisitorRefusal.NoMedia, (await (await plain.Observer()).TakeVisitor(Visitor(plain))).Why);
    }

    [Fact]
    public async Task Who_hangs_up_has_ended_the_call_and_leaves_the_place()
    {
        await using var scene = await EdgeScene.Start();
        var (edge, _) = await Answered(scene);
        Assert.False(await edge.EndVisitor(Call with { Call = new("another") }));
        Assert.False(await edge.EndVisitor(Call with { Tenant = new("globex") }));
        Assert.True(await edge.EndVisitor(Call));
        Assert.Equal(LegEndedBy.FarEnd, (await scene.Script.Hears<HungUp>()).By);
        Assert.False(await edge.EndVisitor(Call));
        Assert.Contains($"leave {Call.Call}", scene.Script.Door);
    }

    [Fact]
    public async Task Who_is_hung_up_is_gone()
    {
        await using var scene = await EdgeScene.Start();
        var (edge, _) = await Answered(scene);
        await scene.Script.Orders(new HangUpLeg(Caller));
        Assert.Equal(LegEndedBy.Us, (await scene.Script.Hears<HungUp>()).By);
        Assert.Equal(VisitorRefusal.Gone, (await edge.MoveVisitor(Call, Offer("Othr"))).Why);
    }

    [Fact]
    public async Task A_change_of_network_is_answered_with_new_credentials_and_nonsense_changes_nothing()
    {
        await using var scene = await EdgeScene.Start();
        var (edge, first) = await Answered(scene);
        Assert.Equal(VisitorRefusal.BadOffer, (await edge.MoveVisitor(Call, "nonsense")).Why);
        Assert.Equal(VisitorRefusal.BadOffer, (await edge.MoveVisitor(Call, Dialling.Sdp())).Why);
        var moved = await edge.MoveVisitor(Call, Offer("Othr"));
        Assert.NotEqual(LineOf(first.Sdp, "ice-ufrag"), LineOf(moved.Sdp, "ice-ufrag"));
        Assert.Equal(LineOf(first.Sdp, "fingerprint"), LineOf(moved.Sdp, "fingerprint"));
        Assert.DoesNotContain(scene.Script.All, m => m.Body is HungUp);
    }

    [Fact]
    public async Task A_stop_of_the_edge_ends_visitors_in_good_order()
    {
        await using var scene = await EdgeScene.Start();
        await Answered(scene);
        await scene.Stop();
        Assert.Equal(LegEndedBy.Us, (await scene.Script.Hears<HungUp>()).By);
    }
}
