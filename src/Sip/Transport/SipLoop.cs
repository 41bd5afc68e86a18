namespace CallCenter.Sip.Transport;

/// <summary>Something the loop reads when the kernel says so.</summary>
interface ILoopSource
{
    int Descriptor { get; }

    /// <summary>Reads what is there, up to a share that leaves room for others; what is left is offered again.</summary>
    void Read();
}

/// <summary>The one thread on which an edge's SIP lives: datagrams, timers and posted work run here one after the other, so nothing above needs a lock.</summary>
/// <remarks>A thread in poll(2) on the sockets and one eventfd, and plain recvfrom: an awaited receive costs 14–15 µs a datagram where this costs 5–6, and a second thread
/// would add a wake-up to every message. Posting costs one compare-and-swap, and a write to the eventfd only while the loop sleeps.</remarks>
public sealed class SipLoop : IDisposable
{
    /// <summary>Awake for so long without a rest, the loop is busy; a round takes a tenth of it.</summary>
    static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(2);

    /// <summary>A wait that was shorter was none: something was there already.</summary>
    static readonly TimeSpan ShortestRest = TimeSpan.FromMicroseconds(20);

    /// <summary>A datagram that seems to have waited longer did not.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    readonly TimeProvider time;
    readonly Action<Exception> onFault;
    readonly long started;
    readonly LoopQueue queue = new();
    readonly TimerWheel wheel = new();
    readonly List<ILoopSource> sources = [];
    readonly int wakeup = Native.CreateEvent();
    Native.PollEntry[] entries = [];
    Thread? thread;
    LoopGuest? guest;
    int sleeping;
    long awakeSince; // ticks since the start
    volatile bool stopping;

    /// <param name="onFault">Told of every exception that work lets out, which is a bug; the loop goes on with the next work.</param>
    public SipLoop(TimeProvider time, Action<Exception> onFault)
    {
        this.time = time;
        this.onFault = onFault;
        started = time.GetTimestamp();
    }

    /// <summary>Time since the loop was made, as of the current piece of work. Loop only.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How long the datagram at hand had waited until the loop took it up; zero for all else. Loop only.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Timers running. Loop only.</summary>
    public int Timers => wheel.Count;

    /// <summary>Called at the end of each round, before the loop looks for more. Set before <see cref="Start()"/>.</summary>
    public Action? RoundEnds { get; set; }

    public bool IsCurrent => Environment.CurrentManagedThreadId == thread?.ManagedThreadId;

    public void Start()
    {
        thread = new(Run) { Name = "sip", IsBackground = true };
        thread.Start();
    }

    /// <summary>Runs the work on the loop, in order of posting. Any thread.</summary>
    public void Post(LoopWork work)
    {
        queue.Push(work);
        Rouse();
    }

    /// <summary>Work of others, run between the loop's own. Any thread, once, and not where nobody starts the loop.</summary>
    public void Admit(LoopGuest others)
    {
        Volatile.Write(ref guest, others);
        Post(others.Run);
    }

    /// <summary>False while the loop has enough to do of its own: it has not slept for a while. Any thread.</summary>
    public bool IsFree => !stopping && (Volatile.Read(ref sleeping) == 1 || time.GetElapsedTime(started).Ticks - Volatile.Read(ref awakeSince) < Busy.Ticks);

    /// <summary>Has the loop look whether a guest waits. Any thread.</summary>
    public void Rouse()
    {
        if (Volatile.Read(ref sleeping) == 1 && Interlocked.Exchange(ref sleeping, 0) == 1) Native.Signal(wakeup);
    }

    public void Post(Action run) => Post(new LoopAction(run));

    public void Post<T>(Action<T> run, T state) => Post(new LoopAction<T>(run, state));

    /// <summary>Starts a timer, anew where it runs. Loop only.</summary>
    public void Start(LoopTimer timer, TimeSpan after) => wheel.Start(timer, time.GetElapsedTime(started), after);

    /// <summary>Loop only. A timer that does not run is left alone.</summary>
    public void Stop(LoopTimer timer) => wheel.Stop(timer);

    /// <summary>Runs once after the given time. Loop only.</summary>
    public LoopTimer Schedule(TimeSpan after, Action run)
    {
        var timer = new LoopTimer(run);
        Start(timer, after);
        return timer;
    }

    /// <summary>Before <see cref="Start()"/>, or on the loop.</summary>
    internal void Add(ILoopSource source)
    {
        sources.Add(source);
        entries = [.. sources.Select(s => new Native.PollEntry(s.Descriptor)), new Native.PollEntry(wakeup)];
    }

    internal void Remove(ILoopSource source)
    {
        sources.Remove(source);
        entries = [.. sources.Select(s => new Native.PollEntry(s.Descriptor)), new Native.PollEntry(wakeup)];
    }

    /// <param name="arrival">ns since 1970 by the kernel; 0 where it does not say. A stamp out of reason is none: the wall clock was set.</param>
    internal void TookUp(long arrival)
    {
        var age = new TimeSpan((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks - arrival / TimeSpan.NanosecondsPerTick);
        Waited = arrival != 0 && age > TimeSpan.Zero && age < LongestWait ? age : TimeSpan.Zero;
    }

    /// <summary>Posted work and due timers, without waiting and without sockets: what a test drives by hand.</summary>
    internal void Turn()
    {
        Now = time.GetElapsedTime(started);
        for (var work = queue.TakeAll(); work is not null;)
        {
            var next = work.Next;
            work.Next = null;
            Guarded(static w => w.Run(), work);
            work = next;
        }
        while (wheel.TakeDue(Now) is { } timer) Guarded(static t => t.Fire(), timer);
    }

    void Run()
    {
        if (entries.Length == 0) entries = [new(wakeup)];
        while (!stopping)
        {
            Turn();
            if (Volatile.Read(ref guest) is { } others) Guarded(static g => g.Run(), others);
            RoundEnds?.Invoke();
            Sleep();
            ReadSources();
        }
    }

    /// <summary>Waits for a datagram, posted work or the next timer. The flag goes up before the last look at the queue, so a post in between is seen or signals.</summary>
    void Sleep()
    {
        Interlocked.Exchange(ref sleeping, 1);
        var before = time.GetElapsedTime(started);
        var wait = queue.IsEmpty && !stopping && guest is not { Waits: true } ? Milliseconds(wheel.UntilNext(before)) : 0;
        Native.Poll(entries, wait);
        Now = time.GetElapsedTime(started);
        if (wait != 0 && Now - before > ShortestRest) Volatile.Write(ref awakeSince, Now.Ticks);
        Interlocked.Exchange(ref sleeping, 0);
        if (entries[^1].IsReady) Native.Drain(wakeup);
    }

    /// <summary>−1 waits without end; rounded up, so that the loop does not spin through the last millisecond.</summary>
    static int Milliseconds(TimeSpan? wait) => wait is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : -1;

    void ReadSources()
    {
        for (var i = 0; i < sources.Count && i < entries.Length - 1; i++)
            if (entries[i].IsReady) Guarded(static s => s.Read(), sources[i]);
        Waited = TimeSpan.Zero;
    }

    void Guarded<T>(Action<T> act, T state)
    {
        try
        {
            act(state);
        }
        catch (Exception fault)
        {
            onFault(fault);
        }
    }

    /// <summary>Ends the thread after the current work. Not from the loop itself.</summary>
    public void Dispose()
    {
        if (stopping) return;
        stopping = true;
        Native.Signal(wakeup);
        thread?.Join();
        Native.Close(wakeup);
    }
}
