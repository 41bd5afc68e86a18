namespace CallCenter.Domain.Tests.Chaos;

/// <summary>The tenant's limit on calls: a set of leased ids, forgotten in a crash and claimed anew.</summary>
internal sealed class TenantNode(World world, int limit) : Node(world, "tenant")
{
    private readonly Dictionary<Node, long> slots = [];

    protected override void Take(Node from, object body)
    {
        if (body is GiveBackCallSlot) slots.Remove(from);
        else if (body is AskToDial ask) Clear(from, ask.Leg);
        else if (body is GiveBackChannel) { } // who may call what is not limited here
        else
        {
            foreach (var (call, until) in slots.ToList()) if (until < World.Ticks) slots.Remove(call);
            var granted = slots.ContainsKey(from) || slots.Count < limit;
            if (granted) slots[from] = World.Ticks + TimeSpan.FromSeconds(30).Ticks;
            if (!World.Chaos || World.Happens(0.5)) Post(from, granted, false, false); // else: the word is lost in a crash
        }
        TurnOver(false);
    }

    private void Clear(Node from, LegId leg)
    {
        if (World.Chaos && World.Happens(0.2)) return;
        Post(from, World.Chaos && World.Happens(0.2) ? new DialRefused(Now, leg, DialRefusal.PrefixBlocked) : new DialCleared(Now, leg, "trunk", "02112345678"), false, false);
    }

    protected override void Wake() { }
    protected override void Stored() { }
    protected override void Lost() => slots.Clear();
}
