namespace CallCenter.Domain.Tests.Routing;

/// <summary>Calls and agents that come and go, with profiles at random. After each event whoever could be served must have been, and only as the rule says.</summary>
internal sealed class RandomFloor(int seed)
{
    private sealed record Caller(Contact Contact, QueueRef Queue, DateTimeOffset Since, int Priority);
    private sealed record Person(AgentRef Ref, Items<QueueProfile> Profiles, DateTimeOffset Idle);

    private static readonly TenantId Acme = new("acme");
    private static readonly QueueRef[] Queues = [new(Acme, new("a")), new(Acme, new("b")), new(Acme, new("c"))];
    private readonly RoutingMachine routing = new();
    private readonly Random chance = new(seed);
    private readonly Dictionary<Contact, Caller> waiting = [];
    private readonly Dictionary<AgentRef, Person> free = [];
    private readonly List<(AgentRef Agent, Contact Contact)> asked = [];
    private DateTimeOffset now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private long sequence;
    private int calls, served;

    /// <summary>How many were served.</summary>
    public int Run(int steps)
    {
        foreach (var queue in Queues) Tell(new QueueIs(now, Acme, new(queue.Queue, TimeSpan.FromSeconds(15), true, 1)));
        for (var step = 0; step < steps; step++)
        {
            while (asked.Count > 0) // before the time for it is over
            {
                var (agent, contact) = asked[0];
                asked.RemoveAt(0);
                Answer(agent, contact);
            }
            Pass(TimeSpan.FromSeconds(chance.Next(4)));
            switch (chance.Next(5))
            {
                case 0 or 1: Arrive(); break;
                case 2 or 3: Come(); break;
                default: Leave(); break;
            }
        }
        return served;
    }

    private void Pass(TimeSpan time)
    {
        for (var end = now + time; asked.Count == 0; Tell(new RoutingTimeUp(now)))
        {
            foreach (var caller in waiting.Values.ToArray()) Tell(new ContactWaits(now, caller.Contact, new(caller.Queue.Queue, caller.Since, caller.Priority)));
            if (routing.Deadline is not { } due || due > end)
            {
                now = end;
                return;
            }
            now = due > now ? due : now;
        }
    }

    private void Arrive()
    {
        var caller = new Caller(new(Acme, new($"c{++calls}")), Queues[chance.Next(Queues.Length)], now.AddSeconds(-chance.Next(8)), chance.Next(6) == 0 ? 1 : 5);
        waiting[caller.Contact] = caller;
        Tell(new ContactWaits(now, caller.Contact, new(caller.Queue.Queue, caller.Since, caller.Priority)));
    }

    private void Come()
    {
        var id = new AgentRef(Acme, new($"p{chance.Next(6)}"));
        if (asked.Exists(one => one.Agent == id) || rests.GetValueOrDefault(id) > now) return;
        var profiles = Queues.Where(_ => chance.Next(3) > 0).Select(queue => new QueueProfile(queue, 1 + chance.Next(3), chance.Next(2) * chance.Next(12))).ToItems();
        free[id] = new(id, profiles, now);
        Tell(new AgentIs(now, id, new(++sequence, true, true, now, null, now, profiles.Select(p => p.Queue).ToItems(), profiles)));
    }

    private void Leave()
    {
        if (waiting.Count == 0) return;
        var gone = waiting.Keys.ElementAt(chance.Next(waiting.Count));
        waiting.Remove(gone);
        Tell(new ContactLeft(now, gone));
    }

    private void Answer(AgentRef agent, Contact contact)
    {
        if (chance.Next(4) == 0)
        {
            waiting[contact] = taken[contact];
            rests[agent] = now + RoutingMachine.RefusalRest;
            Tell(new ReserveRefused(now, agent, contact));
        }
        else
        {
            Tell(new ContactLeft(now, contact));
            served++;
        }
        Tell(new AgentIs(now, agent, new(++sequence, false, false, now, null, now, [])));
    }

    private readonly Dictionary<Contact, Caller> taken = [];
    private readonly Dictionary<AgentRef, DateTimeOffset> rests = [];

    private void Tell(RoutingEvent happened)
    {
        foreach (var reserve in routing.Next(happened).OfType<ReserveAgent>())
        {
            Assert.Equal(Best(free[reserve.Agent])?.Contact, reserve.Contact);
            Assert.DoesNotContain(free.Values, other => Order(other, free[reserve.Agent]) < 0 && Best(other)?.Contact == reserve.Contact && happened is ContactWaits);
            taken[reserve.Contact] = waiting[reserve.Contact];
            free.Remove(reserve.Agent);
            waiting.Remove(reserve.Contact);
            asked.Add((reserve.Agent, reserve.Contact));
        }
        Assert.Empty(free.Values.Where(person => Best(person) is not null).Select(person => $"seed {seed}: {person.Ref.Agent} could take {Best(person)}"));
    }

    /// <summary>Delay gates; then the first priority with anybody in queue; then contact priority, age, id.</summary>
    private Caller? Best(Person person)
    {
        var own = person.Profiles.Where(profile => waiting.Values.Any(caller => caller.Queue == profile.Queue)).ToList();
        if (own.Count == 0) return null;
        var rank = own.Min(profile => profile.Priority);
        return waiting.Values.Where(caller => own.Any(profile => profile.Priority == rank && profile.Queue == caller.Queue && now - caller.Since >= TimeSpan.FromSeconds(profile.DelaySeconds)))
            .OrderBy(caller => caller.Priority).ThenBy(caller => caller.Since).ThenBy(caller => caller.Contact.Call.Value, StringComparer.Ordinal).FirstOrDefault();
    }

    private static int Order(Person a, Person b) => a.Idle != b.Idle ? a.Idle.CompareTo(b.Idle) : string.CompareOrdinal(a.Ref.Agent.Value, b.Ref.Agent.Value);
}
