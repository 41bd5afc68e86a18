namespace CallCenter.Grains.Messages;

/// <summary>What an outbox needs of its grain.</summary>
interface IOutboxOwner
{
    /// <summary>Have <see cref="Outbox.Tick"/> called then, or a little later.</summary>
    void WakeBy(DateTimeOffset at);

    /// <summary>A letter did not get through; it will be sent again.</summary>
    void NotReached(string destination, Exception? fault);

    /// <summary>The last debt was paid; not within a turn.</summary>
    void Settled();
}

/// <summary>
/// What one grain has to say, a <see cref="Lane"/> for each destination: in order, one letter at a time, again with growing
/// pauses while it fails, and until acknowledged if it is owed. No destination waits for another one. Lives in the turns of
/// its grain; letters leave at <see cref="Flush"/>, at a turn's end.
/// </summary>
sealed class Outbox(TimeProvider clock, Sender self, IOutboxOwner owner)
{
    readonly Dictionary<(SenderKind, string), Lane> lanes = [];
    readonly List<Lane> dirty = [];
    readonly HashSet<Lane> busy = [];
    readonly List<Lane> ticking = [];
    readonly HashSet<Lane> held = [];
    readonly List<long> open = [];
    long lastDebt, line, spoken;
    Task stored = Task.CompletedTask;

    public Sender Self => self;
    public TimeProvider Clock => clock;
    public IOutboxOwner Owner => owner;

    /// <summary>Every debt up to this number is paid.</summary>
    public long PaidUpTo => open.Count > 0 ? open[0] - 1 : lastDebt;

    /// <summary>Nothing is owed.</summary>
    public bool IsSettled => open.Count == 0;

    /// <summary>Nothing is left to say at all.</summary>
    public bool IsIdle => busy.Count == 0;

    /// <summary>What letters rest on; see <see cref="Letter{T}"/>.</summary>
    public long Rests => stored.IsCompletedSuccessfully ? 0 : line;

    /// <summary>From now on until it is stored, whatever is said may rest on an entry of this line.</summary>
    public void SpeakAhead(long line, Task stored) => (this.line, this.stored) = (line, stored);

    /// <summary>Goes on after an activation: every debt up to <paramref name="paidUpTo"/> was paid.</summary>
    public void Resume(long paidUpTo) => lastDebt = paidUpTo;

    /// <summary>The lane to a destination.</summary>
    /// <param name="make">Makes the lane's way of sending; asked once.</param>
    public Lane<T> To<T, TArg>(SenderKind kind, string key, TArg arg, Func<TArg, Func<Letter<T>, Task>> make)
    {
        if (lanes.TryGetValue((kind, key), out var lane)) return (Lane<T>)lane;
        var made = new Lane<T>(this, kind, key, make(arg), settledByTaking: false, spoken);
        lanes.Add((kind, key), made);
        return made;
    }

    /// <summary>A lane whose messages are paid when the receiver has taken them in.</summary>
    public Lane<T> Direct<T>(SenderKind kind, string key, Func<Letter<T>, Task> send)
    {
        if (lanes.TryGetValue((kind, key), out var lane)) return (Lane<T>)lane;
        var made = new Lane<T>(this, kind, key, send, settledByTaking: true, spoken: 0);
        lanes.Add((kind, key), made);
        return made;
    }

    /// <summary>Sends what was put since the last time.</summary>
    public void Flush()
    {
        for (var i = 0; i < dirty.Count; i++) dirty[i].Pump();
        dirty.Clear();
    }

    /// <summary>A commit has come to a good end: sends what waited for it.</summary>
    public void Committed()
    {
        if (held.Count == 0) return;
        Lane[] waited = [.. held];
        held.Clear();
        foreach (var lane in waited) lane.Pump();
    }

    public void Acknowledge(Ack ack)
    {
        if (ack.Epoch == self.Epoch && lanes.TryGetValue((ack.OfKind, ack.Of), out var lane)) lane.Acknowledge(ack.UpTo);
    }

    /// <summary>Looks at what is late; asks to be woken again while anything is unfinished.</summary>
    public void Tick()
    {
        var now = clock.GetUtcNow();
        ticking.AddRange(busy);
        foreach (var lane in ticking) lane.Tick(now);
        ticking.Clear();
    }

    /// <summary>
    /// Lets go of the lanes that have nothing in line: an agent speaks to some hundred calls a day. A lane made anew numbers its
    /// messages from above all that was ever said, and its letters tell the receiver that nothing before them is missing.
    /// </summary>
    public void ForgetSilent()
    {
        foreach (var (name, lane) in lanes)
        {
            if (!lane.IsForgettable) continue;
            spoken = long.Max(spoken, lane.LastNumber);
            lanes.Remove(name);
        }
    }

    /// <summary>The lane's next message waits for a commit.</summary>
    internal void Hold(Lane lane) => held.Add(lane);

    internal void Owe(long debt)
    {
        open.Add(debt); // debts are put in rising order
        lastDebt = long.Max(lastDebt, debt);
    }

    internal bool Pay(long debt) => open.Remove(debt);

    internal void IsDirty(Lane lane)
    {
        dirty.Add(lane);
        busy.Add(lane);
    }

    internal void IsEmpty(Lane lane, bool forget)
    {
        busy.Remove(lane);
        if (forget) lanes.Remove((lane.Kind, lane.Key));
    }
}
