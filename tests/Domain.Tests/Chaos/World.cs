namespace CallCenter.Domain.Tests.Chaos;

/// <summary>A discrete-event simulation of the shells: one clock, one queue of things to come, one generator of chance.</summary>
internal sealed class World
{
    public static readonly TenantId Acme = new("acme");
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (long At, long Serial)> coming = new();
    private long serial;
    private TimeSpan wallOffset;

    public World(WorldPlan plan, Coverage coverage)
    {
        (Plan, Coverage, Chance) = (plan, coverage, new Random(plan.Seed));
        Chaos = true;
        Calls = new(this);
        Edges = [new(this, "edge-0"), new(this, "edge-1")];
        Tenant = new(this, limit: 2);
        Routing = new(this);
        Team = new(this);
        for (var i = 0; i < plan.Agents; i++) Agents.Add(new(this, i));
    }

    public WorldPlan Plan { get; }
    public Coverage Coverage { get; }
    public Random Chance { get; }
    /// <summary>Messages get lost, grains crash, phones ring in vain; false: all of that has stopped.</summary>
    public bool Chaos { get; private set; }
    /// <summary>Monotonic.</summary>
    public long Ticks { get; private set; }
    public int Turns { get; set; }
    public CallNodes Calls { get; }
    public List<EdgeNode> Edges { get; }
    public TenantNode Tenant { get; }
    public RoutingNode Routing { get; }
    public TeamNode Team { get; }
    public List<AgentNode> Agents { get; } = [];

    public DateTimeOffset Wall => Noon + wallOffset + TimeSpan.FromTicks(Ticks);

    public void After(TimeSpan delay, Action act) => coming.Enqueue(act, (Ticks + Math.Max(0, delay.Ticks), ++serial));

    public bool Happens(double probability) => Chance.NextDouble() < probability;

    /// <summary>Evenly between the two, in seconds.</summary>
    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + Chance.NextDouble() * (to - from));

    /// <summary>Runs the plan: chaos, then calm, then nothing may be left.</summary>
    public void Run()
    {
        Routing.Start();
        foreach (var agent in Agents) agent.Begin();
        Trouble.Plan(this);
        while (Turns < Plan.Steps) Advance();
        Calm();
        var end = Ticks + TimeSpan.FromMinutes(20).Ticks;
        while (Ticks < end && !AllDone()) Advance();
        if (!NothingLeft()) throw new RuleBroken("stuck: " + string.Join("; ", Leftovers()));
    }

    private void Advance()
    {
        if (!coming.TryDequeue(out var act, out var when)) throw new RuleBroken("nothing is to come any more");
        Ticks = Math.Max(Ticks, when.At); // what was due while the machine stood still
        act();
        foreach (var agent in Agents) agent.CheckLease();
    }

    private void Calm()
    {
        Chaos = false;
        Calls.WakeAll(); // one that died owing something, with no leg left to wake it
        foreach (var agent in Agents) agent.SettleDown();
        foreach (var edge in Edges) edge.SettleDown();
    }

    private bool AllDone()
    {
        Calls.Sweep();
        return NothingLeft();
    }

    private bool NothingLeft() => Calls.AllOver && Agents.TrueForAll(a => a.IsFree && a.IsRested && Routing.Machine.PhaseOf(a.Ref) == AgentPhase.Free) && Edges.TrueForAll(e => e.IsEmpty) && Routing.IsEmpty;

    private IEnumerable<string> Leftovers() =>
        Calls.Leftovers().Concat(Agents.Where(a => !a.IsFree || !a.IsRested || Routing.Machine.PhaseOf(a.Ref) != AgentPhase.Free).Select(a => $"{a.Name}: {a.Standing}, to routing {Routing.Machine.PhaseOf(a.Ref)}"))
            .Concat(Edges.Where(e => !e.IsEmpty).Select(e => $"{e.Name} has legs")).Concat(Routing.IsEmpty ? [] : ["routing has contacts"]);

    /// <summary>Everything but the journals dies, and the wall clock is another one afterwards.</summary>
    public void Restart(TimeSpan jump)
    {
        foreach (var edge in Edges) edge.Crash(lose: true);
        Routing.Crash(lose: true);
        foreach (var agent in Agents) agent.Crash(lose: true);
        Tenant.Crash(lose: true);
        Team.Crash(lose: true);
        Calls.CrashAll();
        wallOffset += jump;
        Calls.WakeAll(); // the start task reads the open calls
        foreach (var agent in Agents) agent.StationAgain();
    }

    /// <summary>The machine stood still: time has gone on, nothing else has.</summary>
    public void Pause(TimeSpan length)
    {
        Ticks += length.Ticks;
        foreach (var agent in Agents) agent.Forgive(length);
    }
}
