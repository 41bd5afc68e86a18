using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>What an agent and its phone may do to an offer, told apart in the facts; the caller's place is kept.</summary>
public sealed class AgentSideTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task An_agent_who_hangs_up_ends_the_call()
    {
        await using var agent = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        var rung = await agent.Rings();
        await rung.Answer();
        await call.Answered();
        await Pause.For(1);
        await rung.HangUp();
        Assert.Equal(CallEnd.There, await call.Ended());
        Bars.Within(Clock.Ms(rung.EndedAt, call.EndedAt), 0, 200);
        Assert.Equal("agent hangUp nobody", (await product.Told(caller)).Record.Ended);
    }

    [Theory, Trait("Judges", "Voices")]
    [InlineData("1003", 603, "rejected")]
    [InlineData("1005", 486, "busy")]
    public async Task A_refused_offer_goes_to_the_next_agent_and_the_place_is_kept(string extension, int status, string why)
    {
        await using var first = await product.Agent(extension);
        first.Reflex = status;
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await first.Rings();
        await using var second = await product.Agent("1007");
        var rung = await second.Rings();
        await rung.Answer();
        await call.HangUp();
        await AssertOffers(caller, why);
    }

    [Fact]
    public async Task A_phone_that_nobody_answers_stops_when_the_ring_time_is_over()
    {
        await WithRingTime(3, async () =>
        {
            await using var agent = await product.Agent("1009");
            await product.AgentsFree("sales", 1);
            await using var caller = product.Caller();
            var call = caller.Dial(Numbers.AcmeSales);
            await call.Answered();
            var rung = await agent.Rings();
            Assert.Equal(CallEnd.Cancelled, await rung.Ended());
            Bars.Within(Clock.Ms(rung.InvitedAt, rung.EndedAt), 2700, 3300);
            await using var second = await product.Agent("1011");
            var again = await second.Rings();
            await again.Answer();
            await call.HangUp();
            await AssertOffers(caller, "noAnswer");
        });
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_phone_that_is_gone_is_unreachable_which_is_not_no_answer()
    {
        await WithRingTime(3, async () =>
        {
            var gone = await product.Agent("1013");
            await product.AgentsFree("sales", 1);
            gone.PullCable();
            await gone.DisposeAsync();
            await using var caller = product.Caller();
            var call = caller.Dial(Numbers.AcmeSales);
            await call.Answered();
            await Pause.For(1);
            await using var second = await product.Agent("1015");
            var rung = await second.Rings(TimeSpan.FromSeconds(8));
            await rung.Answer();
            await call.HangUp();
            await product.Acme.SetPresence("agent1013", "notReady", "other"); // its binding lives on for an hour: no later caller shall be offered to it
            await AssertOffers(caller, "unreachable");
        });
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task Two_callers_and_one_agent_are_served_in_their_order()
    {
        await using var one = product.Caller();
        await using var two = product.Caller();
        var first = one.Dial(Numbers.AcmeSales);
        await first.Answered();
        var second = two.Dial(Numbers.AcmeSales);
        await second.Answered();
        await product.Waiting("sales", 2);
        await using var agent = await product.Agent("1017");
        var rung = await agent.Rings();
        Assert.Equal(one.User, rung.CallerNumber);
        await rung.Answer();
        Assert.True(await agent.StaysQuiet(TimeSpan.FromSeconds(1)));
        await first.HangUp();
        var next = await agent.Rings(TimeSpan.FromSeconds(2));
        Assert.Equal(two.User, next.CallerNumber);
        await next.Answer();
        await Pause.For(0.5);
        await second.HangUp();
        Assert.Equal(["agent1017"], (await product.Told(two)).Record.Agents);
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_caller_of_higher_priority_goes_first()
    {
        var before = (await product.Acme.Get($"numbers/{Numbers.AcmeAll}")).GetProperty("flow").GetString();
        await product.Acme.Put("flows/vip", new
        {
            definition = new { schema = 1, start = "pick", nodes = new { pick = new { type = "answer", next = "wait" }, wait = new { type = "queue", queue = "sales", priority = 1 } } },
        });
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}", new { flow = "vip" });
        await using var ordinary = product.Caller();
        await using var important = product.Caller();
        var first = ordinary.Dial(Numbers.AcmeSales);
        await first.Answered();
        await product.Waiting("sales", 1);
        var second = important.Dial(Numbers.AcmeAll);
        await second.Answered();
        await product.Waiting("sales", 2);
        await using var agent = await product.Agent("1019");
        var rung = await agent.Rings();
        Assert.Equal(important.User, rung.CallerNumber);
        await rung.Answer();
        await second.HangUp();
        await (await agent.Rings()).Answer();
        await first.HangUp();
        await product.Acme.Put($"numbers/{Numbers.AcmeAll}", new { flow = before });
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task An_agent_who_is_not_ready_is_left_alone_until_available()
    {
        await using var agent = await product.Agent("1021");
        await product.AgentsFree("sales", 1);
        await product.Acme.SetPresence("agent1021", "notReady", "training");
        await product.AgentsFree("sales", 0);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        Assert.True(await agent.StaysQuiet(TimeSpan.FromSeconds(1)));
        await product.Acme.SetPresence("agent1021", "available");
        await (await agent.Rings()).Answer();
        await call.HangUp();
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task The_caller_hears_the_place_in_the_line()
    {
        await product.Acme.Put("queues/support", new { announceEverySeconds = 10 });
        try
        {
            await using var caller = product.Caller();
            var call = caller.Dial(Numbers.AcmeMenu);
            await call.Answered();
            await call.Press('2');
            await product.Waiting("support", 1);
            var id = await product.Acme.CallOf(caller.User);
            await ProductApi.Until(async () => (await product.Acme.Facts(id)).Kinds, kinds => kinds.Contains("placeTold"), "the place is told", TimeSpan.FromSeconds(20));
            await call.HangUp();
            var facts = (await product.Told(caller)).Facts;
            Assert.Equal("1", facts.Value("placeTold", "position"));
            Assert.InRange(At(facts, "placeTold") - At(facts, "enqueued"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        }
        finally
        {
            await product.Acme.Put("queues/support", new { announceEverySeconds = 0 });
        }
    }

    static DateTimeOffset At(CallFacts facts, string kind) => facts.Of(kind)[0].GetProperty("at").GetDateTimeOffset();

    async Task AssertOffers(Phone caller, string why)
    {
        var (record, facts) = await product.Told(caller);
        Assert.Equal(why, facts.Value("offerEnded", "why"));
        Assert.Equal(2, facts.Of("offerStarted").Length);
        Assert.Single(facts.Of("enqueued")); // the place was kept
        Assert.Equal("caller hangUp nobody", record.Ended);
    }

    async Task WithRingTime(int seconds, Func<Task> test)
    {
        var before = (await product.Acme.Get("queues/sales")).GetProperty("ringSeconds").GetInt32();
        await product.Acme.Put("queues/sales", new { ringSeconds = seconds });
        try
        {
            await test();
        }
        finally
        {
            await product.Acme.Put("queues/sales", new { ringSeconds = before });
        }
    }
}
