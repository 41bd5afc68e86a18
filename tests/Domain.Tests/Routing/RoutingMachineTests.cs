namespace CallCenter.Domain.Tests.Routing;

public class RoutingMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private static readonly QueueId Sales = new("sales"), Support = new("support");
    private readonly RoutingMachine routing = new();
    private Items<Effect> last;
    private long sequence;

    private Items<Effect> Do(RoutingEvent happened) => last = routing.Next(happened);
    private static Contact Call(string name) => new(Acme, new(name));
    private static AgentRef Agent(string name) => new(Acme, new(name));
    private static OfferTerms Terms(QueueId queue, int version = 1) => new(queue, TimeSpan.FromSeconds(15), true, version);

    private void Waits(string call, double since = 0, QueueId? queue = null, int priority = 5, double at = 0) =>
        Do(new ContactWaits(Noon.AddSeconds(at), Call(call), new(queue ?? Sales, Noon.AddSeconds(since), priority)));

    private void Free(string agent, double idle = 0, double at = 0, double from = 0, params QueueId[] queues) =>
        Do(new AgentIs(Noon.AddSeconds(at), Agent(agent), new(++sequence, true, true, Noon.AddSeconds(from), null, Noon.AddSeconds(idle), Queues(queues))));

    private void Away(string agent, double until, double at = 0) =>
        Do(new AgentIs(Noon.AddSeconds(at), Agent(agent), new(++sequence, true, false, Noon, Noon.AddSeconds(until), Noon, Queues([]))));

    private static Items<QueueRef> Queues(QueueId[] queues) => (queues.Length == 0 ? [Sales] : queues).Select(q => new QueueRef(Acme, q)).ToItems();

    private void Open(params QueueId[] queues)
    {
        foreach (var queue in queues.Length == 0 ? [Sales] : queues) Do(new QueueIs(Noon, Acme, Terms(queue)));
    }

    private void Assigned(string agent, string call) => Assert.Equal((Agent(agent), Call(call)), Assert.Single(last.OfType<ReserveAgent>().Select(r => (r.Agent, r.Contact))));

    [Fact]
    public void A_contact_gets_the_longest_idle_agent_of_its_queue()
    {
        Open(Sales, Support);
        Free("anna", idle: -10);
        Free("ben", idle: -20);
        Free("cleo", idle: -30, queues: Support);
        Waits("c1");
        Assigned("ben", "c1");
    }

    [Fact]
    public void An_agent_gets_the_oldest_contact_over_all_its_queues()
    {
        Open(Sales, Support);
        Waits("c1", since: -10, Sales);
        Waits("c2", since: -20, Support);
        Free("anna", queues: [Sales, Support]);
        Assigned("anna", "c2");
    }

    [Fact]
    public void Priority_goes_before_age()
    {
        Open();
        Waits("old", since: -60, priority: 5);
        Waits("vip", since: -1, priority: 1);
        Free("anna");
        Assigned("anna", "vip");
    }

    [Fact]
    public void A_contact_waits_until_its_queue_has_spoken()
    {
        Free("anna");
        Waits("c1");
        Assert.Equal([new AskQueue(new(Acme, Sales))], last);
        Waits("c1", at: 2);
        Assert.Empty(last);
        Waits("c1", at: 4);
        Assert.Equal([new AskQueue(new(Acme, Sales))], last);
        Open();
        Assigned("anna", "c1");
    }

    [Fact]
    public void An_older_version_of_a_queue_is_not_taken()
    {
        Do(new QueueIs(Noon, Acme, Terms(Sales, 2)));
        Do(new QueueIs(Noon, Acme, Terms(Sales, 1)));
        Free("anna");
        Waits("c1");
        Assert.Equal(2, Assert.Single(last.OfType<ReserveAgent>()).Terms.QueueVersion);
    }

    [Fact]
    public void A_refused_contact_keeps_its_place_and_goes_to_the_next_agent()
    {
        Open();
        Waits("c1", since: -10);
        Waits("c2", since: -5);
        Free("anna");
        Do(new ReserveRefused(Noon.AddSeconds(0.1), Agent("anna"), Call("c1")));
        Assert.Empty(last);
        Free("ben", at: 0.2);
        Assigned("ben", "c1");
    }

    [Fact]
    public void An_agent_that_rests_by_its_own_clock_alone_is_not_asked_as_fast_as_it_refuses()
    {
        Open();
        Free("anna", from: 10);
        Waits("c1");
        Do(new RoutingTimeUp(Noon.AddSeconds(10)));
        Assigned("anna", "c1");
        Do(new ReserveRefused(Noon.AddSeconds(10.01), Agent("anna"), Call("c1"))); // there it is 9.8 s past
        Free("anna", at: 10.01, from: 10);
        Assert.Empty(last);
        Assert.Equal(Noon.AddSeconds(10.26), routing.Deadline);
        Do(new RoutingTimeUp(Noon.AddSeconds(10.26)));
        Assigned("anna", "c1");
    }

    [Fact]
    public void An_agent_that_says_nothing_is_asked_and_the_contact_goes_on()
    {
        Open();
        Free("anna", idle: -10);
        Waits("c1");
        Free("ben");
        Assert.Equal(Noon.AddSeconds(3), routing.Deadline);
        Do(new RoutingTimeUp(Noon.AddSeconds(3)));
        Assert.Equal([new ReserveAgent(Agent("ben"), Call("c1"), Terms(Sales), Noon), new AskAgent(Agent("anna"))], last.OrderBy(e => e is AskAgent));
    }

    [Fact]
    public void An_agents_word_is_asked_for_a_second_after_its_lease_ended()
    {
        Away("anna", until: 20);
        Assert.Equal(Noon.AddSeconds(21), routing.Deadline);
        Do(new RoutingTimeUp(Noon.AddSeconds(21)));
        Assert.Equal([new AskAgent(Agent("anna"))], last);
    }

    [Fact]
    public void A_delayed_agent_is_free_by_itself()
    {
        Open();
        Waits("c1");
        Free("anna", from: 10);
        Assert.Empty(last);
        Waits("c1", at: 9); // it lives
        Do(new RoutingTimeUp(Noon.AddSeconds(10)));
        Assigned("anna", "c1");
    }

    [Fact]
    public void An_older_word_of_an_agent_is_refused()
    {
        Open();
        Away("anna", until: 60);
        Do(new AgentIs(Noon, Agent("anna"), new(0, true, true, Noon, null, Noon, Queues([]))));
        Waits("c1");
        Assert.Empty(last);
    }

    [Fact]
    public void An_agent_who_is_away_for_long_and_is_numbered_anew_is_asked_and_then_believed()
    {
        Open();
        Waits("c1");
        Do(new AgentIs(Noon, Agent("anna"), new(1_000, true, false, Noon, Noon.AddMinutes(40), Noon, Queues([]))));
        var free = new AgentStatus(5, true, true, Noon, null, Noon, Queues([])); // the clock has gone back since, and the agent was forgotten meanwhile
        Do(new AgentIs(Noon.AddSeconds(1), Agent("anna"), free));
        Assert.Empty(last);
        Do(new RoutingTimeUp(Noon.AddSeconds(2)));
        Assert.Contains(new AskAgent(Agent("anna")), last);
        Do(new AgentIs(Noon.AddSeconds(2.1), Agent("anna"), free with { Sequence = 6 }));
        Assigned("anna", "c1");
    }

    [Fact]
    public void A_held_contact_is_offered_to_nobody_until_then()
    {
        Open();
        Waits("c1");
        Do(new ContactHeld(Noon, Call("c1"), new(Sales, Noon, 5), Noon.AddSeconds(10)));
        Free("anna");
        Assert.Empty(last);
        Do(new RoutingTimeUp(Noon.AddSeconds(10)));
        Assigned("anna", "c1");
    }

    [Fact]
    public void A_contact_whose_offer_failed_is_served_at_once()
    {
        Open();
        Do(new ContactHeld(Noon, Call("c1"), new(Sales, Noon, 5), Noon.AddSeconds(10)));
        Free("anna");
        Waits("c1", at: 1);
        Assigned("anna", "c1");
    }

    [Fact]
    public void The_watchdogs_word_does_not_undo_a_reservation()
    {
        Open();
        Free("anna", idle: -1);
        Waits("c1");
        Free("ben");
        Waits("c1", at: 1);
        Assert.Empty(last);
    }

    [Fact]
    public void A_contact_that_left_is_offered_to_nobody()
    {
        Open();
        Waits("c1");
        Do(new ContactLeft(Noon, Call("c1")));
        Free("anna");
        Assert.Empty(last);
        Assert.Equal(0, routing.Contacts);
    }

    [Fact]
    public void A_silent_contact_is_forgotten()
    {
        Open();
        Waits("c1");
        Do(new RoutingTimeUp(Noon.AddSeconds(15)));
        Assert.Equal(0, routing.Contacts);
    }

    [Fact]
    public void The_place_counts_those_before_in_the_same_queue_also_those_on_offer()
    {
        Open(Sales, Support);
        Waits("c1", since: -30);
        Waits("c2", since: -20);
        Waits("c3", since: -10, priority: 1);
        Waits("c4", since: -60, Support);
        Do(new ContactHeld(Noon, Call("c1"), new(Sales, Noon.AddSeconds(-30), 5), Noon.AddSeconds(10)));
        Do(new PlaceAsked(Noon, Call("c2")));
        Assert.Equal([new TellPlace(Call("c2"), 3)], last);
    }

    [Fact]
    public void Agents_who_sign_out_are_forgotten_and_their_contact_goes_on()
    {
        Open();
        Free("anna", idle: -1);
        Waits("c1");
        Free("ben");
        Do(new AgentIs(Noon, Agent("anna"), new(++sequence, false, false, Noon, null, Noon, [])));
        Assigned("ben", "c1");
    }

    [Fact]
    public void After_a_start_the_listed_agents_are_asked()
    {
        Assert.Equal([new AskAgent(Agent("anna")), new AskAgent(Agent("ben"))], routing.Ask([Agent("anna"), Agent("ben")], Noon));
        Open();
        Waits("c1");
        Do(new AgentIs(Noon, Agent("anna"), new(1, true, true, Noon, null, Noon, Queues([]))));
        Assigned("anna", "c1");
    }

    [Fact]
    public void Figures_count_contacts_and_agents()
    {
        Open();
        Waits("c1", since: -30);
        Waits("c2", since: -20);
        Away("anna", until: 60);
        Assert.Equal(new QueueFigures(2, Noon.AddSeconds(-30), 1, 0), routing.Look(new(Acme, Sales)));
        Assert.Equal(default, routing.Look(new(Acme, Support)));
    }

    [Fact]
    public void Ranks_agree_with_a_sorted_list()
    {
        var chance = new Random(1);
        var set = new RankedSet<string>(StringComparer.Ordinal);
        var model = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20_000; i++)
        {
            var item = chance.Next(500).ToString();
            if (chance.Next(2) == 0)
            {
                if (model.Add(item)) set.Add(item);
            }
            else Assert.Equal(model.Remove(item), set.Remove(item));
            if (i % 50 != 0) continue;
            Assert.Equal(model.Count, set.Count);
            Assert.Equal(model.Min, set.First);
            Assert.Equal(model.TakeWhile(m => string.CompareOrdinal(m, item) < 0).Count(), set.Before(item));
        }
    }

    private void Expect(params string[] calls) => last = routing.Expect(calls.Select(Call).ToItems(), Noon);

    [Fact]
    public void After_a_start_nobody_is_served_before_every_open_call_has_said_its_place()
    {
        routing.Gather(Noon);
        Expect("old", "talking", "new");
        Assert.Equal([new AskContact(Call("old")), new AskContact(Call("talking")), new AskContact(Call("new"))], last);
        Open();
        Free("anna");
        Waits("new", since: -10);
        Assert.Empty(last);
        Waits("old", since: -20);
        Assert.Empty(last);
        Do(new ContactLeft(Noon, Call("talking")));
        Assigned("anna", "old");
    }

    [Fact]
    public void After_a_start_without_open_calls_the_first_is_served_at_once()
    {
        routing.Gather(Noon);
        Expect();
        Open();
        Free("anna");
        Waits("first");
        Assigned("anna", "first");
    }

    [Fact]
    public void A_call_that_spoke_before_it_was_known_to_be_open_is_not_asked()
    {
        routing.Gather(Noon);
        Open();
        Free("anna");
        Waits("first");
        Assert.Empty(last);
        Expect("first");
        Assigned("anna", "first");
    }

    [Fact]
    public void An_open_call_that_never_speaks_holds_up_the_others_for_the_gathering_only()
    {
        routing.Gather(Noon);
        Expect("mute", "waiting");
        Open();
        Free("anna");
        Waits("waiting");
        Assert.Empty(last);
        Assert.Equal(Noon + RoutingMachine.LongestGathering, routing.Deadline);
        Do(new RoutingTimeUp(Noon + RoutingMachine.LongestGathering));
        Assigned("anna", "waiting");
    }

    [Fact]
    public void A_gathering_ends_by_its_time_where_nobody_can_say_which_calls_are_open()
    {
        routing.Gather(Noon);
        Open();
        Free("anna");
        Waits("c1");
        Do(new RoutingTimeUp(Noon + RoutingMachine.LongestGathering));
        Assigned("anna", "c1");
        Expect("too late");
        Assert.Empty(last);
    }

    [Fact]
    public void What_was_gathered_is_served_in_one_order_over_all_queues()
    {
        routing.Gather(Noon);
        Expect("younger", "older");
        Open(Sales, Support);
        Free("anna", queues: [Sales, Support]);
        Waits("younger", since: -10, Sales);
        Waits("older", since: -20, Support);
        Assigned("anna", "older");
    }
}
