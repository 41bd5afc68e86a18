using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>The caller hangs up, at every point of the way.</summary>
public sealed class CallerLeavesTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const string ByCaller = "caller hangUp nobody";

    [Fact]
    public async Task In_the_greeting()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
        Assert.Null(record.Queue);
        Assert.Empty(facts.Of("enqueued"));
        Bars.Within(record.TIvr, 1, Clock.Ms(call.InvitedAt, call.EndedAt) + 40);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task In_the_menu()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await call.Press('8'); // cuts greeting and notice short; a wrong key, so the menu is said again
        await Pause.For(1);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
        Assert.Null(record.Queue);
        Assert.Single(facts.Of("menuMissed"));
    }

    [Fact]
    public async Task In_the_queue_where_no_agent_is_signed_in()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await Heard.Sound(call.Ear); // music
        await product.Waiting("sales", 1);
        await call.HangUp();
        await product.Waiting("sales", 0);
        var (record, facts) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
        Assert.Equal("sales", record.Queue);
        Assert.Equal("callerLeft", facts.Value("queueLeft", "why"));
        Bars.Near(call.AnsweredAt, call.EndedAt, record.TAcd);
        Assert.Equal(0, record.TTalk);
    }

    [Fact]
    public async Task While_the_agent_rings_and_the_phone_stops_within_200_ms()
    {
        await using var agent = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await Pause.For(1);
        await call.HangUp();
        Assert.Equal(CallEnd.Cancelled, await rung.Ended());
        Bars.Within(Clock.Ms(call.EndedAt, rung.EndedAt), 0, 200);
        await product.AgentsFree("sales", 1); // free again at once: it was not the agent's fault
        var (record, facts) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
        Assert.Equal("withdrawn", facts.Value("offerEnded", "why"));
    }

    [Fact]
    public async Task In_conversation()
    {
        await using var agent = await product.Agent("1003");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        await Pause.For(1);
        await call.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended());
        Bars.Within(Clock.Ms(call.EndedAt, rung.EndedAt), 0, 200);
        var (record, _) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
        Assert.True(record.TTalk >= 900 - (Bars.BadLink ? 900 : 0), $"{record.TTalk} ms");
        Bars.Near(rung.AnsweredAt, call.EndedAt, record.TTalk);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Before_it_was_answered()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Cancel(); // races our 200, which is the point: either way the call ends cleanly
        var answer = await call.Final;
        if (answer.Status == 200) await call.HangUp();
        else Assert.Equal(487, answer.Status);
    }

    [Fact]
    public async Task Having_said_nothing_at_all()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        call.Ear.Mute();
        await call.Answered();
        var notice = await Heard.Sound(call.Ear);
        Bars.Within(Clock.Ms(call.AnsweredAt, notice), -20, 200); // media from the 200 on
        await Pause.For(3);
        Heard.Gapless(call.Ear.Heard());
        await call.HangUp();
        var (record, _) = await product.Told(caller);
        Assert.Equal(ByCaller, record.Ended);
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_silent_caller_lands_in_sales_when_the_menu_was_said_twice()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await ProductUntilWaiting();
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal("sales", record.Queue);
        Assert.Equal(2, facts.Of("menuMissed").Length);
        Assert.All(facts.Of("menuMissed"), f => Assert.Equal("nothing", f.GetProperty("why").GetString()));
        Assert.True(facts.Of("noticePlayed")[0].GetProperty("whole").GetBoolean());
    }

    /// <summary>Notice, greeting and two menus with their time-outs take about half a minute.</summary>
    async Task ProductUntilWaiting() =>
        await Kit.Product.ProductApi.Until(async () => (await product.Acme.Get("queues/sales/live")).GetProperty("waiting").GetInt32(), n => n == 1, "the silent caller in sales", TimeSpan.FromSeconds(60));
}
