namespace CallCenter.Grains.Tests.World;

/// <summary>What a phone does when it is called.</summary>
enum PhoneHabit { Answers, Rejects, IsBusy, DoesNotAnswer, IsUnreachable }

/// <summary>
/// An edge without SIP and media: it keeps the protocol (numbers, letters kept until acknowledged, signs of life every 2 s,
/// commands harmless twice) and does what its script says for callers and phones.
/// </summary>
sealed class ScriptedEdge(IGrainFactory grains, TestClock clock, EdgeId id, LinkFaults? faults) : IEdgeObserver
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2), PickUpTime = TimeSpan.FromMilliseconds(500);

    readonly Lock gate = new();
    readonly Dictionary<CallId, EdgeCall> calls = [];
    IEdgeObserver? reference, link;
    ITimer? beat;
    int sending;

    public EdgeId Id => id;
    public long Epoch { get; private set; }
    public bool IsQuiet => Volatile.Read(ref sending) == 0;

    /// <summary>By station; who is not named answers.</summary>
    public Dictionary<string, PhoneHabit> Phones { get; } = [];

    /// <summary>How long its store takes for the end of a track.</summary>
    public TimeSpan KeepingTime { get; set; }

    /// <summary>Commands of all calls, in the order in which they were carried out.</summary>
    public List<(CallId Call, EdgeCommand Command)> Done { get; } = [];

    public async Task Start()
    {
        Epoch = clock.GetUtcNow().UtcTicks;
        link = faults is null ? this : new FaultyEdge(faults, this);
        reference = grains.CreateObjectReference<IEdgeObserver>(link);
        await grains.Edge(id).Subscribe(reference, Epoch, new("127.0.0.1:5060", "00"), null);
        beat = clock.CreateTimer(_ => OnBeat(), null, Beat, Beat);
    }

    public void Stop() => beat?.Dispose();

    /// <summary>After <see cref="Stop"/>, the same start, with all its legs.</summary>
    public void SpeakAgain() => beat = clock.CreateTimer(_ => OnBeat(), null, Beat, Beat);

    /// <summary>The edge's process dies and starts anew: all legs are gone, and nobody tells.</summary>
    public async Task Restart()
    {
        Stop();
        lock (gate) calls.Clear();
        await Start();
    }

    /// <summary>A caller dials a number.</summary>
    public async Task<CallId> Dial(string number, string caller = "13800138000")
    {
        var route = await grains.Number(number).Route() ?? throw new InvalidOperationException($"{number} is nobody's");
        var call = CallId.New(clock.GetUtcNow());
        var grain = grains.Call(route.Tenant, call);
        lock (gate)
        {
            var made = calls[call] = new(call, clock, new(SenderKind.Edge, id.Value, Epoch), letter => Send(grain, letter));
            made.Legs["caller"] = new("caller");
            made.Tell(new Arrived(clock.GetUtcNow(), new("caller"), id, Epoch, "trunk", route.Number, route.Flow, route.Limited, caller, "Mr Wang"));
        }
        return call;
    }

    /// <summary>A call that begins with an order: an agent dials from the desktop.</summary>
    public CallId Begin()
    {
        var call = CallId.New(clock.GetUtcNow());
        var grain = grains.Call(TestWorld.Acme, call);
        lock (gate) calls[call] = new(call, clock, new(SenderKind.Edge, id.Value, Epoch), letter => Send(grain, letter));
        return call;
    }

    /// <summary>The numbers that were called, each time they were ordered to be: by call.</summary>
    public List<(CallId Call, string Number)> Called { get; } = [];

    public void HangUp(CallId call, string leg = "caller") => With(call, c => c.End(c.Legs[leg], LegEndedBy.FarEnd));

    public void Press(CallId call, char digit, string leg = "caller") => With(call, c => c.Tell(new DigitPressed(clock.GetUtcNow(), new(leg), digit)));

    /// <summary>The agent's leg that talks or rings; null if none lives.</summary>
    public EdgeLeg? AgentLeg(CallId call) => With(call, c => c.Legs.Values.LastOrDefault(l => l.Station is not null && l.Lives));

    public bool IsBridged(CallId call) => With(call, c => c.Bridged.Count == 2 && c.Bridged.TrueForAll(l => l.Lives));

    public bool IsOver(CallId call) => With(call, c => c.Legs.Values.All(l => !l.Lives));

    public string? Playing(CallId call) => With(call, c => c.Playing);

    /// <summary>Stations that talk in more than one call: never any.</summary>
    public IEnumerable<string> InTwoCalls()
    {
        lock (gate) return calls.Values.SelectMany(c => c.Bridged.Where(l => l is { Lives: true, Station: not null })).GroupBy(l => l.Station!).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
    }

    public List<T> Commands<T>(CallId call) where T : EdgeCommand
    {
        lock (gate) return Done.Where(d => d.Call == call).Select(d => d.Command).OfType<T>().ToList();
    }

    async Task Send(ICallGrain call, Letter<CallEvent> letter)
    {
        Interlocked.Increment(ref sending);
        try
        {
            await (faults?.Pass(() => call.TellFromEdge(letter, reference!)) ?? call.TellFromEdge(letter, reference!));
        }
        finally
        {
            Interlocked.Decrement(ref sending);
        }
    }

    Task IEdgeObserver.Do(EdgeOrders orders)
    {
        lock (gate)
        {
            if (!calls.TryGetValue(orders.Call.Call, out var call) || orders.EdgeEpoch != Epoch || !call.Obeys(orders.Epoch)) return Task.CompletedTask;
            foreach (var command in orders.Commands)
            {
                if (!call.IsNew(command)) continue;
                Done.Add((call.Id, command));
                if (command is RingNumber number) Called.Add((call.Id, orders.ValueOf(number.Field) ?? ""));
                call.Do(command, Phones, PickUpTime, KeepingTime);
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>After how long it answers the next questions whether it lives; at once where nothing is said.</summary>
    public Queue<TimeSpan> Pings { get; } = [];

    Task IEdgeObserver.Ping() => Pings.TryDequeue(out var after) ? Task.Delay(after, clock) : Task.CompletedTask;

    Task IEdgeObserver.Drain(bool draining) => Task.CompletedTask;

    Task<VisitorAnswer> IEdgeObserver.TakeVisitor(VisitorCall visitor) => throw new NotSupportedException();

    Task<VisitorAnswer> IEdgeObserver.MoveVisitor(CallRef call, string sdp) => throw new NotSupportedException();

    Task<bool> IEdgeObserver.EndVisitor(CallRef call) => throw new NotSupportedException();

    Task<PathAnswer> IEdgeObserver.OpenPath(PathWish wish) => throw new NotSupportedException();

    Task<PathAnswer> IEdgeObserver.RestartPath(PathName path, string sdp) => throw new NotSupportedException();

    Task<PathRefusal> IEdgeObserver.EchoPath(PathName path, bool on) => throw new NotSupportedException();

    Task<PathRefusal> IEdgeObserver.ClosePath(PathName path) => throw new NotSupportedException();

    Task IEdgeObserver.Acknowledge(CallRef call, Ack ack)
    {
        With(call.Call, c => c.Acknowledged(ack));
        return Task.CompletedTask;
    }

    void OnBeat()
    {
        _ = Subscribe();
        lock (gate)
            foreach (var call in calls.Values) call.Beat();
    }

    async Task Subscribe() => await grains.Edge(id).Subscribe(reference!, Epoch, new("127.0.0.1:5060", "00"), null).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    void With(CallId call, Action<EdgeCall> act)
    {
        lock (gate)
            if (calls.TryGetValue(call, out var known)) act(known);
    }

    T With<T>(CallId call, Func<EdgeCall, T> ask)
    {
        lock (gate) return ask(calls[call]);
    }

    public override string ToString()
    {
        lock (gate) return string.Join("; ", calls.Values);
    }
}
