using System.Globalization;
using CallCenter.Domain;
using CallCenter.Domain.Agents;
using CallCenter.Domain.Calls;
using CallCenter.Domain.Queues;
using CallCenter.Domain.Routing;
using CallCenter.Domain.Tenants;

namespace CallCenter.Bench;

/// <summary>What routing spends on one served contact (it comes, an agent is asked and becomes busy, it leaves, the agent is free again), in CPU time.</summary>
internal static class RoutingCost
{
    private const int Agents = 1_000, Rounds = 300_000;
    private static readonly TenantId Acme = new("acme");
    private static readonly QueueRef Sales = new(Acme, new("sales")), Support = new(Acme, new("support"));

    public static int Run()
    {
        foreach (var (name, busy, profiles) in new (string, int, Items<QueueProfile>)[] { ("as usual", 0, []), ("as usual", 900, []), ("priorities", 0, [new(Support, 2, 0)]), ("delays of 30 s", 0, [new(Support, 2, 30)]) })
        {
            Serve(busy, profiles, Rounds / 10);
            var served = Serve(busy, profiles, Rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {busy} of {Agents} agents busy: {served.TotalMicroseconds / Rounds:0.00} µs a contact"));
        }
        return 0;
    }

    private static TimeSpan Serve(int busy, Items<QueueProfile> profiles, int rounds)
    {
        var routing = new RoutingMachine();
        var (now, sequence) = (new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), 0L);
        foreach (var queue in new[] { Sales, Support }) routing.Next(new QueueIs(now, Acme, new(queue.Queue, TimeSpan.FromSeconds(15), true, 1)));
        Items<QueueRef> queues = [Sales, Support];
        for (var i = 0; i < Agents; i++) Word(new(Acme, new($"a{i}")), free: i >= busy);
        var before = Environment.CpuUsage.UserTime;
        for (var i = 0; i < rounds; i++)
        {
            now = now.AddMilliseconds(1);
            var contact = new Contact(Acme, new("c"));
            foreach (var effect in routing.Next(new ContactWaits(now, contact, new(Sales.Queue, now, 5))))
                if (effect is ReserveAgent reserve)
                {
                    Word(reserve.Agent, free: false);
                    routing.Next(new ContactLeft(now, contact));
                    Word(reserve.Agent, free: true);
                }
        }
        return Environment.CpuUsage.UserTime - before;

        void Word(AgentRef agent, bool free) => routing.Next(new AgentIs(now, agent, new(++sequence, true, free, now, free ? null : now.AddHours(1), now, queues, profiles)));
    }
}
