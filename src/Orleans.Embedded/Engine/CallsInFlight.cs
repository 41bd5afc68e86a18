namespace Orleans.Engine;

/// <summary>Every call that awaits an answer, in rings of buckets by deadline: adding and removing is a few instructions, one timer serves all.</summary>
sealed class CallsInFlight : IDisposable
{
    internal static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    const int Buckets = 128; // 32 s; a later deadline is met again each time round
    const int Stripes = 4;

    readonly Ring[] rings = [.. Enumerable.Range(0, Stripes).Select(_ => new Ring())];
    readonly TimeProvider time;
    readonly ITimer timer;
    readonly long began;
    readonly Lock turning = new();
    int now;

    internal CallsInFlight(TimeProvider time)
    {
        this.time = time;
        began = time.GetTimestamp();
        timer = time.CreateTimer(static self => ((CallsInFlight)self!).Turn(), this, Tick, Tick);
    }

    /// <summary>Ticks since the start; coarse, but free.</summary>
    internal int Now => Volatile.Read(ref now);

    internal static int Ticks(TimeSpan span) => span < TimeSpan.Zero || span.Ticks / Tick.Ticks > int.MaxValue / 2 ? -1 : (int)((span.Ticks + Tick.Ticks - 1) / Tick.Ticks);

    /// <param name="request">A call about to be sent.</param>
    /// <param name="ticks">Its patience; -1 = endless.</param>
    internal void Add(Request request, int ticks)
    {
        request.Deadline = ticks < 0 ? int.MaxValue : Now + ticks + 1;
        request.Stripe = (byte)(Environment.CurrentManagedThreadId & (Stripes - 1));
        var ring = rings[request.Stripe];
        lock (ring.Gate)
        {
            ref var head = ref ring.Heads[request.Deadline & (Buckets - 1)];
            request.Older = head;
            if (head is not null) head.Newer = request;
            head = request;
        }
    }

    internal void Remove(Request request)
    {
        var ring = rings[request.Stripe];
        lock (ring.Gate) ring.Unlink(request);
    }

    /// <summary>Ends all calls in flight.</summary>
    internal void FailAll(Func<Request, Exception> why) => Fail(_ => true, 0, Buckets, why);

    void Turn()
    {
        TurnThread.Instance.Look();
        Runtime.LentThread.Look();
        lock (turning)
        {
            int then = now;
            int reached = (int)Math.Min(time.GetElapsedTime(began).Ticks / Tick.Ticks, int.MaxValue / 2);
            if (reached <= then) return;
            Volatile.Write(ref now, reached);
            int turned = Math.Min(reached - then, Buckets);
            Fail(r => r.Deadline <= reached, reached - turned + 1, turned, TimedOut);
        }
    }

    static TimeoutException TimedOut(Request request) => new($"No answer came in time to {request}. The call may have taken effect.");

    void Fail(Func<Request, bool> due, int first, int count, Func<Request, Exception> why)
    {
        List<Request> failed = [];
        foreach (var ring in rings)
        {
            lock (ring.Gate)
            {
                for (int i = first; i < first + count; i++)
                {
                    for (var r = ring.Heads[i & (Buckets - 1)]; r is not null; r = r.Older)
                    {
                        if (due(r)) failed.Add(r);
                    }
                }
            }
        }
        if (failed.Count > 0) Detached.Run(() => failed.ForEach(r => r.Fail(why(r))));
    }

    public void Dispose() => timer.Dispose();

    sealed class Ring
    {
        internal readonly Lock Gate = new();
        internal readonly Request?[] Heads = new Request?[Buckets];

        internal void Unlink(Request request)
        {
            ref var head = ref Heads[request.Deadline & (Buckets - 1)];
            if (request.Newer is null && !ReferenceEquals(head, request)) return; // unlinked already
            if (request.Newer is null) head = request.Older;
            else request.Newer.Older = request.Older;
            if (request.Older is not null) request.Older.Newer = request.Newer;
            request.Older = request.Newer = null;
        }
    }
}

/// <summary>A context that is nobody's: while it is current, ending a caller's task queues the caller instead of running it here.</summary>
sealed class Detached : SynchronizationContext
{
    static readonly Detached Instance = new();

    internal static void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(Instance);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
