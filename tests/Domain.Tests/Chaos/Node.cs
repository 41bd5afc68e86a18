namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Something to be sent: kept until it is acknowledged (owed), or until it was delivered once (soft).</summary>
internal sealed class Pending(long number, Node to, object body, bool released)
{
    /// <summary>0: soft.</summary>
    public readonly long Number = number;
    public readonly Node To = to;
    public readonly object Body = body;
    public bool Released = released;
    public bool Stored;
    public int Sends;
    public bool Gone;
}

/// <summary>
/// The shell of one actor: an inbox that takes each numbered message once per epoch of its sender, an outbox that repeats in order until
/// acknowledged, a journal that commits a little later. The letters between shells get lost, doubled, late and out of order.
/// </summary>
internal abstract class Node(World world, string name)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(700);

    /// <summary>Whoever has so much to say at once says it round in circles.</summary>
    private const int MostWords = 1_000;

    private readonly Dictionary<Node, (long Epoch, long UpTo)> heard = [];
    private readonly Dictionary<Node, (long Epoch, long UpTo)> heardForGood = [];
    private List<Pending> outbox = [];
    private readonly HashSet<Node> toAcknowledge = [];
    private bool commitPlanned, retryPlanned;
    private long number, timer, cutUntil;
    private DateTimeOffset? armed;
    private TimeSpan skew = SkewIn(world);

    public World World => world;
    public string Name => name;
    public long Epoch { get; private set; } = 1;
    public bool Active { get; private set; }
    /// <summary>By the clock of its machine.</summary>
    public DateTimeOffset Now => World.Wall + skew;
    public string Debts => string.Join(",", outbox.Where(p => p is { Number: > 0, Gone: false }).Select(p => $"{p.Body} to {p.To.Name}"));
    public bool HasDebts => outbox.Exists(p => p.Number > 0 && !p.Gone);

    /// <summary>Clocks of one platform differ a little.</summary>
    private static TimeSpan SkewIn(World world) => world.Plan.ClockJumps ? world.Between(-0.2, 0.2) : TimeSpan.Zero;

    /// <summary>Takes one message in: a turn.</summary>
    protected abstract void Take(Node from, object body);
    protected abstract void Wake();
    protected abstract void Stored();
    protected abstract void Lost();
    protected virtual void TimeUp() { }

    public void Activate()
    {
        if (Active) return;
        Active = true;
        Wake();
        foreach (var to in outbox.Select(p => p.To).Distinct().ToList()) Send(to);
        PlanRetry();
    }

    /// <summary>The activation dies. Turns that were not committed yet are lost too, or not (the journal's writer may live on).</summary>
    public void Crash(bool lose)
    {
        if (!Active) return;
        if (!lose) Commit();
        Active = false;
        Epoch++;
        timer++;
        armed = null;
        outbox = outbox.FindAll(p => p is { Number: > 0, Stored: true, Gone: false });
        foreach (var pending in outbox) pending.Released = true;
        heard.Clear();
        foreach (var (from, upTo) in heardForGood) heard[from] = upTo;
        toAcknowledge.Clear();
        commitPlanned = false;
        skew = SkewIn(world); // it comes back on another machine
        Lost();
    }

    protected void Post(Node to, object body, bool owed, bool awaits) => outbox.Add(new(owed ? ++number : 0, to, body, !awaits));

    /// <summary>After a turn: send what may leave, commit soon.</summary>
    protected void TurnOver(bool awaits)
    {
        World.Turns++;
        if (outbox.Count > MostWords) throw new RuleBroken($"{Name} has more and more to say: {string.Join(", ", outbox.GroupBy(p => $"{p.Body.GetType().Name} to {p.To.Name}").Select(words => $"{words.Count()} {words.Key}"))}");
        if (!commitPlanned)
        {
            commitPlanned = true;
            var epoch = Epoch;
            World.After(World.Between(0.001, awaits ? 0.005 : 0.05), () => { if (Epoch == epoch && Active) Commit(); });
        }
        foreach (var pending in outbox) if (pending is { Gone: false, Sends: 0 }) Send(pending.To);
        PlanRetry();
    }

    private void Commit()
    {
        commitPlanned = false;
        Stored();
        var released = new HashSet<Node>();
        foreach (var pending in outbox)
        {
            pending.Stored = true;
            if (pending.Released) continue;
            pending.Released = true;
            released.Add(pending.To);
        }
        foreach (var (from, upTo) in heard) heardForGood[from] = upTo;
        foreach (var to in released) Send(to);
        foreach (var from in toAcknowledge) Acknowledge(from);
        toAcknowledge.Clear();
    }

    private void Acknowledge(Node from)
    {
        if (Dropped() || !heardForGood.TryGetValue(from, out var upTo)) return;
        World.After(Travel(from), () => from.Paid(this, upTo.Epoch, upTo.UpTo));
    }

    private void Paid(Node by, long epoch, long upTo)
    {
        if (epoch != Epoch) return;
        foreach (var pending in outbox) if (pending.To == by && pending.Number > 0 && pending.Number <= upTo) pending.Gone = true;
        outbox.RemoveAll(p => p.Gone);
    }

    private void Send(Node to)
    {
        var letter = new List<Pending>();
        foreach (var pending in outbox)
        {
            if (pending.To != to || pending.Gone) continue;
            if (!pending.Released) break; // order: what follows waits too
            if (World.Plan.Sabotage == Sabotage.NoRetry && pending is { Number: > 0, Sends: > 0 }) continue;
            pending.Sends++;
            letter.Add(pending);
        }
        if (letter.Count == 0) return;
        var epoch = Epoch;
        if (!Dropped()) World.After(Travel(to), () => to.Receive(this, epoch, letter));
        if (World.Chaos && World.Plan.Losses && World.Happens(0.05)) World.After(Travel(to), () => to.Receive(this, epoch, letter));
    }

    private void Receive(Node from, long epoch, List<Pending> letter)
    {
        Activate();
        var known = heard.TryGetValue(from, out var upTo) ? upTo : (Epoch: 0L, UpTo: 0L);
        if (epoch < known.Epoch) return;
        if (epoch > known.Epoch) known = (epoch, 0);
        foreach (var pending in letter)
        {
            if (pending.Number == 0)
            {
                if (pending.Gone) continue; // one letter at a time: what was taken in is not sent again
                Take(from, pending.Body);
                if (!Dropped()) pending.Gone = true; // the sender's call returned
                continue;
            }
            if (pending.Number <= known.UpTo) continue;
            known.UpTo = pending.Number;
            heard[from] = known;
            Take(from, pending.Body);
        }
        heard[from] = known;
        if (commitPlanned) toAcknowledge.Add(from);
        else Acknowledge(from);
    }

    private void PlanRetry()
    {
        if (retryPlanned || outbox.Count == 0) return;
        retryPlanned = true;
        World.After(RetryAfter, () =>
        {
            retryPlanned = false;
            if (!Active) return;
            outbox.RemoveAll(p => p.Gone);
            foreach (var to in outbox.Select(p => p.To).Distinct().ToList()) Send(to);
            PlanRetry();
        });
    }

    protected void Arm(DateTimeOffset? deadline)
    {
        if (deadline == armed) return;
        armed = deadline;
        var version = ++timer;
        if (deadline is not { } due) return;
        var late = World.Chaos ? World.Between(0, 0.2) : TimeSpan.Zero;
        World.After(due - Now + late, () =>
        {
            if (version != timer || !Active) return;
            armed = null;
            TimeUp();
        });
    }

    private bool Dropped() => World.Chaos && World.Plan.Losses && World.Happens(0.05);

    /// <summary>Mostly a few ms, now and then seconds; nothing gets through to or from a shell that is cut off.</summary>
    private TimeSpan Travel(Node to)
    {
        var travel = World.Chaos && World.Happens(0.03) ? World.Between(0.05, 3) : World.Between(0.0005, 0.01);
        var joined = Math.Max(cutUntil, to.cutUntil) - World.Ticks;
        return joined > 0 ? travel + TimeSpan.FromTicks(joined) : travel;
    }

    /// <summary>Letters to and from this shell are held up.</summary>
    public void CutOff(TimeSpan length) => cutUntil = World.Ticks + length.Ticks;
}
