namespace CallCenter.Domain.Tests.Routing;

/// <summary>Priorities, delays and skills: the worked examples of Amazon Connect's guide, and random floors against the plain reading of the rule.</summary>
public class RoutingProfileTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private static readonly QueueRef Sales = Queue("sales"), Support = Queue("support"), Tier1 = Queue("tier-1"), Tier2 = Queue("tier-2"), Tier3 = Queue("tier-3"), Tier4 = Queue("tier-4");
    private readonly RoutingMachine routing = new();
    private Items<Effect> last;
    private long sequence;

    private static QueueRef Queue(string name) => new(Acme, new(name));
    private static Contact Call(string name) => new(Acme, new(name));
    private static OfferTerms Terms(QueueRef queue, int version = 1) => new(queue.Queue, TimeSpan.FromSeconds(15), true, version);
    private static readonly Items<QueueProfile> Tiers = [new(Tier1, 1, 0), new(Tier2, 1, 0), new(Tier3, 2, 20), new(Tier4, 3, 80)];

    private Items<Effect> Do(RoutingEvent happened) => last = routing.Next(happened);

    private void Open(params QueueRef[] queues)
    {
        foreach (var queue in queues) Do(new QueueIs(Noon, Acme, Terms(queue)));
    }

    private void Free(string agent, Items<QueueProfile> profiles, double at = 0, double idle = 0, Items<SkillLevel> skills = default) =>
        Do(new AgentIs(Noon.AddSeconds(at), new(Acme, new(agent)), new(++sequence, true, true, Noon, null, Noon.AddSeconds(idle), profiles.Select(p => p.Queue).ToItems(), profiles, skills)));

    private void Waits(string call, QueueRef queue, double since, double at = 0, int priority = 5) => Do(new ContactWaits(Noon.AddSeconds(at), Call(call), new(queue.Queue, Noon.AddSeconds(since), priority)));

    private void Leaves(string call, double at) => Do(new ContactLeft(Noon.AddSeconds(at), Call(call)));

    /// <summary>Calls speak every 2 s; the machine looks when it wished to.</summary>
    private void Until(double at, params (string Call, QueueRef Queue, double Since)[] waiting)
    {
        last = [];
        for (var now = routing.Deadline; routing.Deadline is { } due && due <= Noon.AddSeconds(at) && last.IsEmpty; now = routing.Deadline)
        {
            foreach (var (call, queue, since) in waiting) routing.Next(new ContactWaits(due.AddMilliseconds(-1), Call(call), new(queue.Queue, Noon.AddSeconds(since), 5)));
            Do(new RoutingTimeUp(routing.Deadline!.Value <= Noon.AddSeconds(at) ? routing.Deadline.Value : due));
        }
    }

    private string Assigned => string.Join(' ', last.OfType<ReserveAgent>().Select(r => $"{r.Agent.Agent}:{r.Contact.Call}"));

    [Fact]
    public void Example_1_support_is_offered_only_while_no_sales_contact_waits()
    {
        Open(Sales, Support);
        Waits("support", Support, since: -60);
        Waits("sales", Sales, since: -1);
        Free("anna", [new(Sales, 1, 0), new(Support, 2, 0)]);
        Assert.Equal("anna:sales", Assigned);
        Free("ben", [new(Sales, 1, 0), new(Support, 2, 0)]);
        Assert.Equal("ben:support", Assigned);
    }

    [Fact]
    public void Example_2_after_its_delay_a_contact_stands_in_one_line_with_the_others()
    {
        Open(Sales, Support);
        Items<QueueProfile> profile = [new(Sales, 1, 0), new(Support, 1, 30)];
        Waits("support", Support, since: 0);
        Free("anna", profile);
        Assert.Equal("", Assigned);
        Until(29.9, ("support", Support, 0));
        Assert.Equal("", Assigned);
        Until(30, ("support", Support, 0));
        Assert.Equal("anna:support", Assigned);
        Waits("old-support", Support, since: -40, at: 31);
        Waits("sales", Sales, since: -20, at: 31);
        Free("ben", profile, at: 31);
        Assert.Equal("ben:old-support", Assigned); // oldest first, now that it is seen
    }

    [Fact]
    public void Example_3_a_later_tier_waits_for_its_delay_and_for_the_tiers_before_it()
    {
        Open(Tier1, Tier2, Tier3, Tier4);
        Waits("t2", Tier2, since: -1);
        Waits("t1", Tier1, since: -2);
        Waits("t3", Tier3, since: -30);
        Waits("t4", Tier4, since: -90);
        Free("a", Tiers);
        Assert.Equal("a:t1", Assigned);
        Free("b", Tiers);
        Assert.Equal("b:t2", Assigned);
        Free("c", Tiers);
        Assert.Equal("c:t3", Assigned);
        Waits("young-t3", Tier3, since: -5);
        Free("d", Tiers);
        Assert.Equal("", Assigned); // tier 4 has waited long enough, and a tier 3 contact is in queue, whether or not it is seen yet
        Leaves("young-t3", at: 1);
        Assert.Equal("d:t4", Assigned);
    }

    [Fact]
    public void Example_4_who_sees_it_gets_it_and_who_does_not_see_it_yet_does_not()
    {
        Open(Sales, Support);
        Free("second", [new(Sales, 1, 0), new(Support, 1, 30)], idle: -100);
        Free("first", [new(Sales, 1, 0), new(Support, 2, 0)]);
        Waits("support", Support, since: -10);
        Assert.Equal("first:support", Assigned);
    }

    [Fact]
    public void A_queue_is_served_by_those_who_have_all_its_skills_at_their_levels()
    {
        Do(new QueueIs(Noon, Acme, Terms(Sales), [new("english", 3.5m), new("billing", 1)]));
        Free("weak", [new(Sales)], idle: -100, skills: [new("english", 3.4m), new("billing", 5)]);
        Free("narrow", [new(Sales)], idle: -90, skills: [new("english", 5)]);
        Free("able", [new(Sales)], idle: -1, skills: [new("billing", 1), new("english", 3.5m)]);
        Waits("c1", Sales, since: 0);
        Assert.Equal("able:c1", Assigned);
        Waits("c2", Sales, since: 0);
        Assert.Equal("", Assigned);
        Assert.Equal(1, routing.Look(Sales).SignedIn);
        Do(new QueueIs(Noon, Acme, Terms(Sales, 2), [new("english", 3)]));
        Assert.Equal("weak:c2", Assigned);
        Free("weak", [new(Sales)], at: 1, skills: []);
        Waits("c3", Sales, since: 1, at: 1);
        Assert.Equal("narrow:c3", Assigned);
    }

    [Fact]
    public void Who_learns_a_skill_or_gets_another_delay_is_looked_at_anew()
    {
        Do(new QueueIs(Noon, Acme, Terms(Sales), [new("english", 2)]));
        Waits("c1", Sales, since: 0);
        Free("anna", [new(Sales, 1, 60)], skills: [new("english", 1)]);
        Assert.Equal("", Assigned);
        Free("anna", [new(Sales, 1, 60)], skills: [new("english", 2)]);
        Assert.Equal("", Assigned);
        Free("anna", [new(Sales, 1, 0)], skills: [new("english", 2)]);
        Assert.Equal("anna:c1", Assigned);
    }

    [Fact]
    public void Random_floors_agree_with_the_plain_reading_of_the_rule()
    {
        var served = 0;
        for (var seed = 1; seed <= 60; seed++) served += new RandomFloor(seed).Run(400);
        Assert.True(served > 3_000, $"only {served} served");
    }
}
