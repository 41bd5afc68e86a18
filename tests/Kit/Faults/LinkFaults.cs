using CallCenter.Contracts;
using CallCenter.Contracts.Calls;
using CallCenter.Contracts.Edges;
using CallCenter.Domain.Calls;

namespace CallCenter.Kit.Faults;

/// <summary>
/// A bad link between an edge and its calls. A share of what passes, either way, is lost, has its answer lost, comes twice, is
/// delayed, or is given up by its sender and comes later: after what was sent next. The same seed meets the same order of
/// messages with the same faults.
/// </summary>
/// <param name="percent">Of the messages, 0–100.</param>
public sealed class LinkFaults(int seed, int percent, TimeProvider clock)
{
    /// <summary>No message is held up longer.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(400);

    readonly Lock gate = new();
    readonly Random dice = new(seed);
    long passed, faulted;

    enum Fault { None, Lost, AnswerLost, Twice, Delayed, Late }

    public long Passed => Interlocked.Read(ref passed);
    public long Faulted => Interlocked.Read(ref faulted);

    /// <summary>Tells a call something, over this link. (Not a decorator: a class with a grain's interface would count as a grain.)</summary>
    public Task Tell(ICallGrain call, Letter<CallEvent> letter, IEdgeObserver edge) => Pass(() => call.TellFromEdge(letter, edge));

    /// <summary>An edge, as calls reach it over this link; this is the object to make a reference of.</summary>
    public IEdgeObserver Before(IEdgeObserver edge) => new Edge(this, edge);

    async Task Pass(Func<Task> deliver)
    {
        var (fault, delay) = Throw();
        Interlocked.Increment(ref passed);
        if (fault != Fault.None) Interlocked.Increment(ref faulted);
        switch (fault)
        {
            case Fault.Lost: throw new TimeoutException("lost on a bad link");
            case Fault.AnswerLost:
                await deliver();
                throw new TimeoutException("the answer was lost on a bad link");
            case Fault.Twice:
                await deliver();
                _ = DeliverLater(deliver, delay);
                break;
            case Fault.Delayed:
                await Task.Delay(delay, clock);
                await deliver();
                break;
            case Fault.Late:
                _ = DeliverLater(deliver, delay);
                throw new TimeoutException("late on a bad link");
            default: await deliver(); break;
        }
    }

    async Task DeliverLater(Func<Task> deliver, TimeSpan delay)
    {
        await Task.Delay(delay, clock);
        await deliver().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nobody waits for it any more
    }

    (Fault, TimeSpan) Throw()
    {
        lock (gate)
        {
            if (dice.Next(100) >= percent) return (Fault.None, TimeSpan.Zero);
            return ((Fault)dice.Next(1, 6), LongestDelay * dice.NextDouble());
        }
    }

    sealed class Edge(LinkFaults link, IEdgeObserver edge) : IEdgeObserver
    {
        public Task Do(EdgeOrders orders) => link.Pass(() => edge.Do(orders));
        public Task Acknowledge(CallRef call, Ack ack) => link.Pass(() => edge.Acknowledge(call, ack));
        public Task Ping() => edge.Ping();
    }
}
