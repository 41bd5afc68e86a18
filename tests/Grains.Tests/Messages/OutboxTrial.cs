using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Tests.Messages;

/// <summary>
/// One sender, three receivers, a bad link; sender and receivers crash. A receiver's intake is stored some time after it was
/// taken in and lost by a crash before; a crashed sender goes on from its debts. Each receiver must store every owed message
/// of its own, the first time in order.
/// </summary>
sealed class OutboxTrial(int seed) : IOutboxOwner
{
    const int Messages = 60;

    readonly Random dice = new(seed);
    readonly TestClock clock = new();
    readonly Receiver[] receivers = [new("a"), new("b"), new("c")];
    readonly SortedDictionary<long, (int Receiver, int Body)> debts = [];
    readonly List<Func<Task>> late = [];
    Outbox outbox = null!;
    DateTimeOffset? alarm;
    long epoch, lastDebt;
    int trouble = 40;

    public void WakeBy(DateTimeOffset at)
    {
        if (alarm is null || at < alarm) alarm = at;
    }

    public void NotReached(string destination, Exception? fault) { }

    public void Settled() { }

    public void Run()
    {
        Start();
        for (var body = 1; body <= Messages; body++)
        {
            var receiver = dice.Next(3);
            Forget();
            if (dice.Next(5) == 0) outbox.ForgetSilent();
            debts.Add(++lastDebt, (receiver, body));
            Lane(receiver).Owe(body, lastDebt);
            receivers[receiver].Expected.Add(body);
            outbox.Flush();
            Trouble();
        }
        trouble = 0;
        for (var i = 0; i < 200 && !outbox.IsSettled; i++) Step();
        foreach (var receiver in receivers) Assert.Equal(receiver.Expected, receiver.FirstStored);
        Assert.True(outbox.IsSettled, $"seed {seed}: debts are left");
    }

    /// <summary>Debts that the journal knows as paid.</summary>
    void Forget()
    {
        foreach (var debt in debts.Keys.Where(d => d <= outbox.PaidUpTo).ToList()) debts.Remove(debt);
    }

    void Start()
    {
        Outbox fresh = new(clock, new(SenderKind.Call, "acme/c", ++epoch), this);
        fresh.Resume(debts.Count > 0 ? debts.Keys.First() - 1 : lastDebt);
        outbox = fresh;
        foreach (var (debt, (receiver, body)) in debts) Lane(receiver).Owe(body, debt);
        outbox.Flush();
    }

    Lane<int> Lane(int receiver) => outbox.To<int, int>(SenderKind.Agent, receivers[receiver].Name, receiver, at => letter => Send(receivers[at], letter));

    Task Send(Receiver to, Letter<int> letter)
    {
        if (dice.Next(100) >= trouble) return Deliver(to, letter);
        switch (dice.Next(4))
        {
            case 0: break;
            case 1: _ = Deliver(to, letter); break;
            case 2:
                _ = Deliver(to, letter);
                return Deliver(to, letter);
            default: late.Add(() => Deliver(to, letter)); break;
        }
        return Task.FromException(new TimeoutException());
    }

    static Task Deliver(Receiver to, Letter<int> letter)
    {
        to.Inbox.Settle(letter.From, letter.Settled);
        foreach (var (number, body) in letter.Messages)
            if (to.Inbox.Take(letter.From, number) == Intake.New) to.Taken.Add(body);
        return Task.CompletedTask;
    }

    void Trouble()
    {
        if (dice.Next(10) == 0)
        {
            Forget();
            Start();
        }
        if (dice.Next(10) == 0) receivers[dice.Next(3)].Crash();
        for (var steps = dice.Next(4); steps > 0; steps--) Step();
    }

    void Step()
    {
        while (late.Count > 0 && dice.Next(2) == 0)
        {
            var at = dice.Next(late.Count);
            _ = late[at]();
            late.RemoveAt(at);
        }
        foreach (var receiver in receivers)
            if (dice.Next(3) > 0) receiver.Store(Acknowledge);
        clock.Advance(TimeSpan.FromMilliseconds(dice.Next(2000)));
        if (alarm > clock.GetUtcNow()) return;
        alarm = null;
        outbox.Tick();
    }

    void Acknowledge(string receiver, Sender to, long upTo)
    {
        if (dice.Next(100) >= trouble) outbox.Acknowledge(new(SenderKind.Agent, receiver, to.Epoch, upTo));
    }

    sealed class Receiver(string name)
    {
        Items<Heard> journal = [];
        public Inbox Inbox = new();
        public readonly List<int> Taken = [], Expected = [], FirstStored = [];
        public string Name => name;

        public void Store(Action<string, Sender, long> acknowledge)
        {
            var heard = Inbox.Heard();
            foreach (var body in Taken)
                if (!FirstStored.Contains(body)) FirstStored.Add(body); // a crashed sender repeats under a new epoch: harmless twice
            Taken.Clear();
            foreach (var h in heard) journal = journal.Without(j => j.From.Key == h.From.Key).Add(h);
            Inbox.Stored(heard);
            Inbox.Acknowledge((from, upTo) => acknowledge(name, from, upTo));
        }

        public void Crash()
        {
            Taken.Clear();
            Inbox = new();
            Inbox.Resume(journal);
        }
    }
}
