using CallCenter.Api.Resources;

namespace CallCenter.Api.Live;

/// <summary>One tenant's events, for all who watch them. It lives while somebody watches, and <see cref="Memory"/> longer.</summary>
internal sealed class LiveFeed(TenantId tenant, LiveBoards boards, LiveJson json, TimeProvider time)
{
    /// <summary>A client that was away for no longer gets what it missed, if it still is among the newest <see cref="Most"/>.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    /// <summary>Some minutes of a busy tenant, in a megabyte or two.</summary>
    public const int Most = 4096;

    /// <summary>Clients are woken once for what comes close together.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private const int MostAtOnce = 256;

    private readonly Lock gate = new();
    private readonly CallParts calls = new();
    private LiveRing ring = new(Most);
    private string epoch = NewEpoch();
    private TaskCompletionSource news = NewSignal();
    private bool waking;
    private long woken;
    private int watchers;
    private long left = time.GetTimestamp();

    public TenantId Tenant => tenant;

    public LiveBoards Boards => boards;

    /// <summary>Completes when there may be something new.</summary>
    public Task News => Volatile.Read(ref news).Task;

    /// <summary>Nobody has watched for so long that it can be forgotten.</summary>
    public bool IsOver
    {
        get { lock (gate) return watchers == 0 && time.GetElapsedTime(left) > Memory; }
    }

    public void Enter() { lock (gate) watchers++; }

    public void Leave()
    {
        lock (gate)
        {
            watchers--;
            left = time.GetTimestamp();
        }
    }

    public void Told(QueueLiveView queue) => Add(number => new(LiveTopic.Queues, null, json.Queue(number, queue)) { Queue = queue.Queue });

    public void Told(PresenceView agent) => Add(number => new(LiveTopic.Agents, agent.Agent, json.Agent(number, agent)));

    public void Told(AgentId agent, string kind, object told) => Add(number => new(LiveTopic.Desk, agent, json.Desk(number, agent, kind, told)));

    public void Told(CommittedFacts facts)
    {
        var (call, sequence) = (facts.Subject.Name, facts.Number);
        var parts = calls.Take(call, facts.Facts);
        Add(number => new(LiveTopic.Calls, null, json.Call(number, call, sequence, facts.Facts)) { Part = parts.Agents, Queue = parts.Queue });
        foreach (var fact in facts.Facts)
            if (CallParts.AgentIn(fact) is { } agent) Add(number => new(LiveTopic.Offers, agent, json.Offer(number, call, sequence, agent, fact)));
    }

    /// <summary>Something was missed: everybody reads anew.</summary>
    public void Forget()
    {
        lock (gate) (ring, epoch) = (new(Most), NewEpoch());
        WakeAll();
    }

    /// <summary>Where reading begins that has everything up to now.</summary>
    public LivePosition Now
    {
        get { lock (gate) return new(epoch, ring.Last); }
    }

    /// <summary>What a view sees behind a position; null if that is not known any more.</summary>
    public LiveBatch? After(LivePosition from, LiveView view)
    {
        lock (gate)
        {
            if (from.Epoch != epoch || !ring.Reaches(from.Number)) return null;
            var events = ring.After(from.Number, view, MostAtOnce, out var upTo);
            return new(new(epoch, upTo), LiveReset.None, default, events);
        }
    }

    /// <summary>Lets those look who wait, whether or not there is news: they see whether they still may.</summary>
    public void WakeAll()
    {
        Volatile.Write(ref woken, time.GetTimestamp());
        Interlocked.Exchange(ref news, NewSignal()).SetResult();
    }

    private void Add(Func<long, LiveEvent> written)
    {
        lock (gate)
        {
            ring.Add(written(ring.Last + 1));
            if (waking) return;
            waking = true;
        }
        _ = WakeSoon();
    }

    private async Task WakeSoon()
    {
        var rest = Pace - time.GetElapsedTime(Volatile.Read(ref woken));
        if (rest > TimeSpan.Zero) await Task.Delay(rest, time);
        lock (gate) waking = false;
        WakeAll();
    }

    private static string NewEpoch() => Guid.CreateVersion7().ToString("n");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
