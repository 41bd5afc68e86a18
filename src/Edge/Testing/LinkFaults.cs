using Orleans.Runtime;

namespace CallCenter.Edge.Testing;

/// <summary>
/// A bad link between an edge and the calls, for tests only (<c>Testing:LinkFaults</c>): of all messages, both ways, the given
/// share is dropped, dropped after it arrived, repeated, repeated late, delayed past others, or given up by its sender and comes
/// later, in equal parts. The same seed meets the same order of messages with the same faults.
/// </summary>
/// <param name="percent">Of the messages, 0–100.</param>
sealed class LinkFaults(int seed, int percent, TimeProvider time)
{
    static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(400);

    readonly Random random = new(seed);
    readonly Lock guard = new();

    /// <summary>Sends as the link allows; a message that is lost looks like a time-out to its sender.</summary>
    public async Task Pass(Func<Task> send)
    {
        var (fault, delay) = Draw();
        switch (fault)
        {
            case 0: throw new TimeoutException("lost on the way (a fault made by a test)");
            case 1:
                await send();
                throw new TimeoutException("its answer was lost (a fault made by a test)");
            case 2:
                await send();
                await send();
                break;
            case 3:
                await send();
                _ = Later(send, delay);
                break;
            case 4:
                await Task.Delay(delay, time);
                await send();
                break;
            case 5:
                _ = Later(send, delay);
                throw new TimeoutException("late on the way (a fault made by a test)");
            default:
                await send();
                break;
        }
    }

    (int Fault, TimeSpan Delay) Draw()
    {
        lock (guard)
        {
            var hit = random.Next(100) < percent;
            return (hit ? random.Next(6) : -1, LongestDelay * random.NextDouble());
        }
    }

    async Task Later(Func<Task> send, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        try
        {
            await send();
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // the repetition was lost: one fault more
        }
    }
}
