using System.Collections.Concurrent;

namespace CallCenter.Grains.Tests.World;

/// <summary>Knows whether calls are under way, and lets some of those between grains fail: lost, or with the answer lost.</summary>
sealed class CallTraffic(int seed, int percent) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    readonly Lock gate = new();
    readonly Random dice = new(seed);
    int running;

    /// <summary>What tenants answered to calls that asked to dial, in order.</summary>
    public ConcurrentQueue<(string Call, CallEvent Answer)> DialAnswers { get; } = [];

    public bool IsQuiet => Volatile.Read(ref running) == 0;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Interlocked.Increment(ref running);
        try
        {
            if (context.Grain is ICallGrain && context.MethodName == "Tell" && context.Request.GetArgument(0) is Letter<CallEvent> letter)
                foreach (var message in letter.Messages)
                    if (message.Body is DialCleared or DialRefused) DialAnswers.Enqueue((context.TargetId.Key.ToString()!, message.Body));
            await context.Invoke();
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        Interlocked.Increment(ref running);
        try
        {
            var fault = context.MethodName is "Tell" or "Acknowledge" ? Throw() : 0;
            if (fault == 1) throw new TimeoutException("lost");
            await context.Invoke();
            if (fault == 2) throw new TimeoutException("answer lost");
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    int Throw()
    {
        lock (gate) return dice.Next(100) >= percent ? 0 : dice.Next(1, 3);
    }
}
